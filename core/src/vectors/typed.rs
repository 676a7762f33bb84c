//! Which type answers which call.

use crate::account::{GetPdfAnswer, SetPdfAnswer, StableTokenAnswer};
use crate::error::Result;
use crate::ffi::Response;
use crate::operation::{Accepted, File, Reply};
use crate::pay::{FapiaoFilesAnswer, QueryAnswer, TitleUrlAnswer, UploadFileAnswer};
use crate::protocol::Verified;

/// Reads an answer as a Rust caller does.
pub(super) fn parse(call: &str, verified: Verified<Response>) -> Result<()> {
    match call {
        "title_url" => as_type::<TitleUrlAnswer>(verified),
        "issue" | "issue_general" => as_type::<Accepted>(verified),
        "query" => as_type::<QueryAnswer>(verified),
        "fapiao_files" => as_type::<FapiaoFilesAnswer>(verified),
        "download_file" | "download_pdf" => as_type::<File>(verified),
        "upload_file" => as_type::<UploadFileAnswer>(verified),
        "stable_token" => as_type::<StableTokenAnswer>(verified),
        "set_pdf" => as_type::<SetPdfAnswer>(verified),
        "get_pdf" => as_type::<GetPdfAnswer>(verified),
        _ => panic!("{call}: no type answers it here"),
    }
}

fn as_type<A: Reply>(verified: Verified<Response>) -> Result<()> {
    verified.retype::<A>().parse().map(drop)
}
