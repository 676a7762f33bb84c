//! What the shops of a run ask for.

use super::faults::Kind;
use super::trail::{Called, Class, Ids};
use crate::sample;
use fapiao::Attachment;
use fapiao::pay::types::{BuyerInformation, BuyerType, FileType, Scene, TitleSource};
use fapiao::pay::{FapiaoToIssue, Issue, IssueGeneral, LineToIssue, TitleUrl, UploadFile};

pub(super) const TITLE_URL: Called = safe("title_url", Kind::Pay);
pub(super) const ISSUE: Called = Called { name: "issue", kind: Kind::Pay, class: Class::SameIds };
pub(super) const ISSUE_GENERAL: Called = Called { name: "issue_general", kind: Kind::Pay, class: Class::SameIds };
pub(super) const QUERY: Called = safe("query", Kind::Pay);
pub(super) const FAPIAO_FILES: Called = safe("fapiao_files", Kind::Pay);
pub(super) const DOWNLOAD_FILE: Called = safe("download_file", Kind::File);
pub(super) const UPLOAD_FILE: Called = safe("upload_file", Kind::Pay);
pub(super) const STABLE_TOKEN: Called = safe("stable_token", Kind::Account);
pub(super) const FORCE_REFRESH: Called =
    Called { name: "stable_token forced", kind: Kind::Account, class: Class::Never };
pub(super) const SET_PDF: Called = safe("set_pdf", Kind::Token);
pub(super) const GET_PDF: Called = safe("get_pdf", Kind::Token);
pub(super) const DOWNLOAD_PDF: Called = safe("download_pdf", Kind::PlainFile);

const fn safe(name: &'static str, kind: Kind) -> Called {
    Called { name, kind, class: Class::Safe }
}

/// Fen.
const AMOUNT: i64 = 12_900;

pub(super) fn title(apply: &str) -> TitleUrl {
    TitleUrl {
        fapiao_apply_id: apply.into(),
        source: TitleSource::Web,
        appid: "wx5157f09efdc09600".into(),
        openid: "plN5twRbHym_j-QcqCzstl0HmwEs".into(),
        total_amount: AMOUNT,
        ..TitleUrl::default()
    }
}

pub(super) fn issue(ids: &Ids) -> Issue {
    let line = LineToIssue {
        tax_code: "3010101020203000000".into(),
        goods_name: Some("住宿服务".into()),
        quantity: 100_000_000,
        total_amount: AMOUNT,
        tax_rate: Some(600),
        ..LineToIssue::default()
    };
    let fapiao = FapiaoToIssue::new(&ids.fapiao, AMOUNT, vec![line]);
    Issue::new(Scene::WithWechatpay, &ids.apply, buyer(), vec![fapiao])
}

pub(super) fn issue_general(ids: &Ids) -> IssueGeneral {
    sample::issue_general(&ids.apply, &ids.fapiao, AMOUNT, buyer())
}

pub(super) fn upload(name: &str) -> UploadFile {
    UploadFile::new(FileType::Pdf, pdf(name))
}

/// A file unlike any other of the run.
pub(super) fn pdf(name: &str) -> Attachment {
    Attachment::pdf(format!("{name}.pdf"), format!("%PDF-1.4\n% {name}\n%%EOF\n").into_bytes())
}

fn buyer() -> BuyerInformation {
    BuyerInformation {
        r#type: BuyerType::Individual,
        name: "张三".into(),
        phone: Some("13800000000".into()),
        email: Some("zhangsan@example.com".into()),
        ..BuyerInformation::default()
    }
}
