//! Links that are followed or not, and what comes back.

use super::fixtures::{pairs, response, text, texts};
use super::{Case, Document, Outcome, same};
use crate::callers::Hosts;
use crate::codec;
use crate::crypto::digest;
use crate::protocol::download;
use crate::protocol::http_message::ResponseView;
use crate::schema::{FileDigest, System};

pub(super) fn run(_: &Document, case: &Case) -> Outcome {
    let given = case.given();
    let hosts = Hosts::of(System::Pay).only_downloads(texts(&given["allowed_suffixes"])).unwrap();
    let url = codec::Url { field: "download_url", text: text(&given, "download_url").to_owned() };
    let link = download::link(&hosts, &url, &pairs(&given["extra"]))?;
    let answer = given.get("response").map(|given| response(given).unwrap());
    let file = answer.map(|answer| download::file(FileDigest::Sm3, &ResponseView::of(&answer))).transpose()?;
    same("url", format!("{}{}", link.origin, link.target).as_str(), text(&case.stages, "url"))?;
    let sm3 = file.map(|file| digest::hex(&digest::sm3(&file.bytes)));
    same("sm3", sm3.as_deref(), case.stages["sm3"].as_str())
}
