//! Answers that are not signed by design: account calls and downloads.

use super::claim::MAX_JSON;
use super::download;
use super::draft::Draft;
use super::http_message::ResponseView;
use super::remote;
use super::verified::{Content, Verified};
use crate::error::{Code, Error, Result};
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
    if let Some(error) = remote::errcode(answer) {
        return Err(error);
    }
    if !answer.is_success() || !looks_like_json(body) {
        return Err(remote::error(answer));
    }
    Ok(Verified::new(Arc::clone(draft), Content::Plain(body.to_vec()), 0))
}

fn looks_like_json(body: &[u8]) -> bool {
    body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{')
}
