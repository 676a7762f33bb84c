//! What the shops of a run ask for.

use crate::faults::Kind;
use crate::shops::Shop;
use crate::trail::{Called, Class, Ids, Shown};
use fapiao::pay::types::{BuyerInformation, BuyerType, FileType, Scene, TitleSource};
use fapiao::pay::{Fapiao, FapiaoToIssue, FapiaoToReverse, Issue, IssueGeneral, Reverse, TitleUrl, UploadFile};
use fapiao::{Attachment, Fen};
use fapiao_test_support::sample;

pub(crate) const TITLE_URL: Called = safe("title_url", Kind::Pay);
pub(crate) const ISSUE: Called = effect("issue", Shown::ByEntry);
pub(crate) const ISSUE_GENERAL: Called = effect("issue_general", Shown::ByEntry);
/// An invoice that still says ISSUED is there, but not reversed.
pub(crate) const REVERSE: Called =
    effect("reverse", Shown::ByStatus(&["REVERSE_ACCEPTED", "REVERSED", "REVERSE_FAILED"]));
/// A reversal of everything names no ids: of which nobody can tell.
pub(crate) const REVERSE_ALL: Called = effect("reverse all", Shown::Never);
pub(crate) const QUERY: Called = safe("query", Kind::Pay);
pub(crate) const FAPIAO_FILES: Called = safe("fapiao_files", Kind::Pay);
pub(crate) const DOWNLOAD_FILE: Called = safe("download_file", Kind::File);
pub(crate) const UPLOAD_FILE: Called = safe("upload_file", Kind::Pay);
pub(crate) const STABLE_TOKEN: Called = safe("stable_token", Kind::Account);
pub(crate) const FORCE_REFRESH: Called =
    Called { name: "stable_token forced", kind: Kind::Account, class: Class::Never, shown: Shown::Never };
pub(crate) const SET_PDF: Called = safe("set_pdf", Kind::Token);
pub(crate) const GET_PDF: Called = safe("get_pdf", Kind::Token);
pub(crate) const DOWNLOAD_PDF: Called = safe("download_pdf", Kind::PlainFile);

const fn safe(name: &'static str, kind: Kind) -> Called {
    Called { name, kind, class: Class::Safe, shown: Shown::Never }
}

const fn effect(name: &'static str, shown: Shown) -> Called {
    Called { name, kind: Kind::Effect, class: Class::SameIds, shown }
}

const AMOUNT: Fen = Fen::new(12_900);

pub(crate) fn title(ids: &Ids) -> TitleUrl {
    TitleUrl {
        fapiao_apply_id: ids.apply.clone(),
        source: TitleSource::Web,
        appid: "wx5157f09efdc09600".into(),
        openid: "plN5twRbHym_j-QcqCzstl0HmwEs".into(),
        total_amount: ids.fapiao.iter().map(|_| AMOUNT.get()).sum::<i64>().into(),
        ..TitleUrl::default()
    }
}

pub(crate) fn issue(ids: &Ids) -> Issue {
    let line = sample::line(AMOUNT);
    let fapiao: Vec<_> = ids.fapiao.iter().map(|id| FapiaoToIssue::new(id, AMOUNT, vec![line.clone()])).collect();
    Issue::new(Scene::WithWechatpay, &ids.apply, buyer(), fapiao)
}

pub(crate) fn issue_general(ids: &Ids) -> IssueGeneral {
    let fapiao_id = ids.fapiao.first().map(String::as_str).unwrap_or_default();
    sample::issue_general(&ids.apply, fapiao_id, AMOUNT, buyer())
}

/// A reversal of these invoices, or, where none is named, of all of the application.
pub(crate) fn reverse(shop: &Shop, ids: &Ids, invoices: &[Fapiao]) -> Reverse {
    let reason = match shop {
        Shop::Direct(_) => "客人退房",
        Shop::Sub(_) => "SALES_RETURN",
    };
    let named: Vec<_> = invoices.iter().filter(|invoice| ids.fapiao.contains(&invoice.fapiao_id)).map(named).collect();
    let mut reverse = Reverse::new(&ids.apply, reason);
    reverse.fapiao_information = (!named.is_empty()).then_some(named);
    reverse
}

fn named(invoice: &Fapiao) -> FapiaoToReverse {
    let paper = invoice.blue_fapiao.clone().unwrap_or_default();
    FapiaoToReverse {
        fapiao_id: invoice.fapiao_id.clone(),
        fapiao_code: paper.fapiao_code,
        fapiao_number: paper.fapiao_number.unwrap_or_default(),
    }
}

pub(crate) fn upload(name: &str) -> UploadFile {
    UploadFile::new(FileType::Pdf, pdf(name))
}

/// A file unlike any other of the run.
pub(crate) fn pdf(name: &str) -> Attachment {
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
