//! `GET /intp/invoice/getpdf`: an uploaded file by its link.

use crate::{
    exchange::{Answer, Arrival},
    route::{Door, Route},
    sandbox::Sandbox,
};

/// Path of these links.
const PATH: &str = "/intp/invoice/getpdf";

pub(super) const ROUTE: Route = Route { method: "GET", path: PATH, door: Door::File(answer) };

/// A link to an uploaded file, if it is there.
pub(super) fn link(sandbox: &Sandbox, media_id: &str) -> Option<String> {
    let key = sandbox.shelf().link(media_id, sandbox.clock.now())?;
    Some(format!("{}{PATH}?action=media_pdf&media_key={key}", sandbox.main_url()))
}

/// What a dead link answers is not documented; a page that is not a PDF is what a browser's user would see.
fn answer(sandbox: &Sandbox, arrival: &Arrival) -> Answer {
    let pairs = arrival.query_pairs();
    let value = |name: &str| pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let key = value("media_key").filter(|_| value("action") == Some("media_pdf"));
    match key.and_then(|key| sandbox.shelf().follow(key, sandbox.clock.now())) {
        Some(file) => Answer::of(200, "application/pdf", file),
        None => Answer::of(404, "text/html; charset=utf-8", "<html><body>链接已失效</body></html>"),
    }
}
