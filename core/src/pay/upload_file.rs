//! `POST /v3/new-tax-control-fapiao/fapiao-applications/upload-fapiao-file`
//!
//! Uploads the file of an invoice issued elsewhere. [Official page](https://pay.weixin.qq.com/doc/v3/partner/4015792580)

use super::types::FileType;
use crate::protocol::Attachment;
use crate::codec::Extra;
use fapiao_derive::{Fields, Operation};

/// Uploads a file of at most 2 MB; what is signed is the `meta` part. The media id is valid for three days.
#[derive(Clone, Operation)]
#[call(
    post("upload_file", "/v3/new-tax-control-fapiao/fapiao-applications/upload-fapiao-file"),
    number("pay 21"),
    title("上传电子发票文件"),
    page("https://pay.weixin.qq.com/doc/v3/partner/4015792580"),
    callers(Direct, SubMerchant),
    layout(Layout::Upload { part: "file", max_bytes: 2 * 1024 * 1024 }),
    supplied(sub_mchid(filled_by(FilledBy::SubMchid), only_in(Generations::G2_G3))),
    // The misspelling is the wire name.
    supplied_after(digest_alogrithm(filled_by(FilledBy::Constant("SM3"))), digest(filled_by(FilledBy::FileSm3))),
    answer(UploadFileAnswer)
)]
pub struct UploadFile {
    /// Format of the file.
    pub file_type: FileType,
    /// The file.
    pub file: Attachment,
}

/// The file as the gateway keeps it.
#[derive(Clone, Default, Fields)]
#[non_exhaustive]
pub struct UploadFileAnswer {
    /// Its id, valid for three days.
    pub fapiao_media_id: String,
    /// Fields newer than this release.
    pub extra: Extra,
}
