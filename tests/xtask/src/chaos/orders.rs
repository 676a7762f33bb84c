//! What the shops of a run ask for.

use super::faults::Kind;
use super::trail::{Called, Class, Ids};
use fapiao::Attachment;
use fapiao::pay::types::{BuyerInformation, BuyerType, FapiaoBillType, FileType, PayChannel, Scene, TitleSource};
use fapiao::pay::{
    FapiaoToIssue, GeneralFapiao, GeneralLine, Issue, IssueGeneral, LineToIssue, TitleUrl, Transaction, UploadFile,
};

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
const TAX_CODE: &str = "3010101020203000000";

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
        tax_code: TAX_CODE.into(),
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
    let line = GeneralLine {
        tax_code: TAX_CODE.into(),
        goods_name: "出租汽车旅客运输服务".into(),
        quantity: Some(100_000_000),
        total_amount: AMOUNT,
        tax_rate: 1_300,
        ..GeneralLine::default()
    };
    let fapiao = GeneralFapiao {
        fapiao_id: ids.fapiao.clone(),
        total_amount: AMOUNT,
        items: vec![line],
        billing_person_id: "10001".into(),
        fapiao_bill_type: FapiaoBillType::Common,
        transaction_information: vec![Transaction::new(PayChannel::WechatPay, &ids.apply, AMOUNT)],
        ..GeneralFapiao::default()
    };
    IssueGeneral::new(&ids.apply, buyer(), fapiao)
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
