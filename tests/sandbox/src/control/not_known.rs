//! `/_sandbox/not-known`: what the official documents leave open, as the project's page has it.

use axum::{
    extract::Query,
    http::header::CONTENT_TYPE,
    response::{IntoResponse, Response},
};
use serde::Deserialize;

const ENGLISH: &str = include_str!("../../../../docs/not-known.md");
const CHINESE: &str = include_str!("../../../../docs/not-known.zh-CN.md");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    #[serde(default)]
    lang: Language,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Language {
    #[default]
    En,
    Zh,
}

/// The page, as Markdown.
pub(super) async fn show(Query(asked): Query<Asked>) -> Response {
    let page = match asked.lang {
        Language::En => ENGLISH,
        Language::Zh => CHINESE,
    };
    ([(CONTENT_TYPE, "text/markdown; charset=utf-8")], page).into_response()
}
