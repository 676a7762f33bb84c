//! Answers that are not signed by design: account calls and downloads.

use super::claim::MAX_JSON;
use super::download;
use super::draft::Draft;
use super::http_message::ResponseView;
use super::remote;
use super::verified::{Content, Verified};
use crate::error::{Code, Error, Result};
use crate::json;
use crate::schema::AnswerKind;
use std::sync::Arc;

/// Reads the answer of a call that is not signed.
pub(crate) fn read<A>(draft: &Arc<Draft>, answer: &ResponseView<'_>) -> Result<Verified<A>> {
    if let AnswerKind::File { digest } = draft.call.answer {
        let file = download::file(digest, answer)?;
        return Ok(Verified::new(Arc::clone(draft), Content::File(file), 0));
    }
    let body = answer.body;
    if body.len() > MAX_JSON {
        let message = format!("the answer has {} bytes, {MAX_JSON} are allowed", body.len());
        return Err(Error::new(Code::LimitBody, message).at("body"));
    }
    let text = json::mended(body);
    if let Some(error) = text.as_deref().and_then(|text| remote::errcode(answer, text)) {
        return Err(error);
    }
    match text {
        Some(text) if answer.is_success() => {
            Ok(Verified::new(Arc::clone(draft), Content::Plain(text.into_owned().into_bytes()), 0))
        }
        _ => Err(remote::error(answer)),
    }
}
