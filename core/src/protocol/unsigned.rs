//! Answers that are not signed by design: account calls and downloads.

use super::claim::MAX_JSON;
use super::download;
use super::draft::Draft;
use super::remote;
use super::verified::{Content, Verified};
use crate::catalogue::Answer;
use crate::error::{Code, Error, Result};
use http::Response;
use std::sync::Arc;

/// Reads the answer of a call that is not signed.
pub(crate) fn read<A, B: AsRef<[u8]>>(draft: &Arc<Draft>, response: &Response<B>) -> Result<Verified<A>> {
    if let Answer::File { digest } = draft.call.answer {
        let file = download::file(digest, response)?;
        return Ok(Verified::new(Arc::clone(draft), Content::File(file), 0));
    }
    let body = response.body().as_ref();
    if body.len() > MAX_JSON {
        let message = format!("the answer has {} bytes, {MAX_JSON} are allowed", body.len());
        return Err(Error::new(Code::LimitBody, message).at("body"));
    }
    let status = response.status();
    if let Some(error) = remote::errcode(status.as_u16(), response.headers(), body) {
        return Err(error);
    }
    if !status.is_success() || !looks_like_json(body) {
        return Err(remote::error(status.as_u16(), response.headers(), body));
    }
    Ok(Verified::new(Arc::clone(draft), Content::Plain(body.to_vec()), 0))
}

fn looks_like_json(body: &[u8]) -> bool {
    body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{')
}
