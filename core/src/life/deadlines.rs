//! Times that matter.

use super::calls::{SETTLES_AFTER, Standing};
use super::own_platform::UPLOAD_LIVES;
use super::reverse::REVERSE_GAP;
use super::step::Deadline;
use super::title::LINK_LIVES;
use super::tracks::Tax;
use super::view::View;

/// How long files are served after an invoice was issued, seconds: one year.
/// [Official page](https://pay.weixin.qq.com/doc/v3/partner/4015792576)
pub(super) const FILE_WINDOW: i64 = 365 * 86_400;
/// How long a link to a file lives, seconds. [Official page](https://pay.weixin.qq.com/doc/v3/merchant/4012286040)
const DOWNLOAD_LIVES: i64 = 30;
/// How long the `pdf_url` of `get_pdf` lives, seconds.
/// [Official page](https://developers.weixin.qq.com/doc/service/guide/product/invoice/)
const PDF_URL_LIVES: i64 = 7_200;
/// How long an event is sent again while it is not answered, seconds: 24 h 4 min.
/// [Official page](https://pay.weixin.qq.com/doc/v3/merchant/4012286057)
const EVENTS_END: i64 = 86_640;

/// The times that matter, the nearest first.
pub(super) fn deadlines(view: &View<'_>) -> Vec<Deadline> {
    let mut found = Vec::new();
    let mut add = |what, fapiao_id: Option<&str>, since: Option<i64>, lives: i64| {
        let Some(at) = since.map(|since: i64| since.saturating_add(lives)) else { return };
        found.push(Deadline { what, fapiao_id: fapiao_id.map(str::to_owned), at, is_over: at <= view.now });
    };
    if !view.is_filled() {
        add("title_link", None, view.facts.last("linked"), LINK_LIVES);
    }
    add("upload", None, view.facts.last("uploaded"), UPLOAD_LIVES);
    add("pdf_url", None, view.facts.last("pdf_url"), PDF_URL_LIVES);
    add("download_link", None, view.facts.last(&super::heard::asked(super::files::CALL)), DOWNLOAD_LIVES);
    for invoice in &view.invoices {
        let id = Some(invoice.id);
        if invoice.tax == Tax::Reversed || invoice.tax.is_live() {
            add("file_window", id, invoice.issued_at.or(invoice.reversed_at), FILE_WINDOW);
        }
        if invoice.tax == Tax::ReverseFailed {
            add("reverse_again", id, invoice.reverse_sent, REVERSE_GAP);
        }
        for standing in [&invoice.issue, &invoice.reverse] {
            add("not_found_is_final", id, standing.last_send(), SETTLES_AFTER);
        }
        if matches!(invoice.tax, Tax::IssueAccepted | Tax::ReverseAccepted) {
            add("events_end", id, Some(invoice.since()), EVENTS_END);
        }
    }
    for standing in [&view.insert, &view.consume] {
        if let Standing::Accepted { at } = standing {
            add("events_end", None, Some(*at), EVENTS_END);
        }
        add("not_found_is_final", None, standing.last_send(), SETTLES_AFTER);
    }
    found.sort_by(|one, other| (one.at, one.what, &one.fapiao_id).cmp(&(other.at, other.what, &other.fapiao_id)));
    found
}
