//! Files: a plain request to the link the gateway answered with, and the check that the right file came.
//!
//! [Official page](https://pay.weixin.qq.com/doc/v3/merchant/4012286040)

use super::headers;
use super::http_message::Answer;
use super::remote;
use super::target;
use crate::callers::identity::Identity;
use crate::callers::is_secure;
use crate::catalogue::{CallerKind, FileDigest};
use crate::crypto::digest;
use crate::error::{Code, Error, RemoteError, Result};
use crate::operation::File;
use crate::text;
use crate::url::Url;

/// Largest file, bytes.
const MAX_FILE: usize = 32 * 1024 * 1024;

/// A link ready to be requested.
pub(crate) struct Link {
    /// Scheme, host and port.
    pub(crate) origin: String,
    /// Path and query: what the gateway gave, then what the call adds.
    pub(crate) target: String,
}

/// Checks a link and adds the call's query pairs. What the link has already stays as it is and is not added again.
pub(crate) fn link(identity: &Identity, url: &str, query: Vec<(String, String)>) -> Result<Link> {
    let wrong = |why: &str| Error::new(Code::DownloadUrl, format!("the download link {why}")).at("/download_url");
    let url = Url::parse(url).ok_or_else(|| wrong("is not a URL"))?;
    if text::has(url.authority, b'@') {
        return Err(wrong("carries a user name"));
    }
    if !is_secure(url) {
        return Err(wrong("is not https"));
    }
    if !identity.hosts.allows_download(url.host) {
        let message = format!("`{}` is not a host files may come from", url.host);
        return Err(Error::new(Code::DownloadHost, message).at("/download_url"));
    }
    let slash = if url.target.starts_with('/') { "" } else { "/" };
    let mut target = format!("{slash}{}", url.target);
    let query_there = text::split_once(url.target, "?").map_or("", |(_, query)| query);
    let present: Vec<_> = names(query_there).map(str::to_owned).collect();
    let added: Vec<_> = added(identity, query).into_iter().filter(|(name, _)| !present.contains(name)).collect();
    target::append_query(&mut target, &added);
    Ok(Link { origin: format!("{}://{}", url.scheme.as_str(), url.authority), target })
}

/// Checks that the answer is the file: its kind by its first bytes, and its digest where one is documented.
pub(crate) fn file(wanted: FileDigest, answer: &Answer<'_>) -> Result<File> {
    let body = answer.body;
    if body.len() > MAX_FILE {
        let message = format!("the file has {} bytes, {MAX_FILE} are allowed", body.len());
        return Err(Error::new(Code::LimitBody, message).at("body"));
    }
    if !answer.is_success() {
        return Err(remote::error(answer));
    }
    let media_type = media_type(body).ok_or_else(|| not_a_file(answer))?;
    if wanted == FileDigest::Sm3 {
        check_digest(answer)?;
    }
    Ok(File { bytes: body.to_vec(), media_type, filename: filename(answer) })
}

/// The pairs a caller adds. A service provider's link needs its numbers only in the older form, the one with an openid;
/// what the newer pages want is not published, so nothing is added there beyond what the program passes.
fn added(identity: &Identity, query: Vec<(String, String)>) -> Vec<(String, String)> {
    let older_form = identity.kind == CallerKind::Direct || query.iter().any(|(name, _)| name == "openid");
    let is_number = |name: &str| matches!(name, "mchid" | "sub_mchid");
    query.into_iter().filter(|(name, _)| older_form || !is_number(name)).collect()
}

fn names(query: &str) -> impl Iterator<Item = &str> {
    query.split('&').map(|pair| text::split_once(pair, "=").map_or(pair, |(name, _)| name))
}

fn media_type(body: &[u8]) -> Option<&'static str> {
    if body.starts_with(b"%PDF-") {
        return Some("application/pdf");
    }
    // An OFD document is a ZIP archive.
    body.starts_with(b"PK\x03\x04").then_some("application/ofd")
}

fn not_a_file(answer: &Answer<'_>) -> Error {
    let content_type = answer.text(&headers::CONTENT_TYPE).unwrap_or("no type");
    let kind = content_type.split(';').next().unwrap_or_default().chars();
    let kind: String = kind.filter(|character| !character.is_control()).take(64).collect();
    let remote =
        RemoteError { status: answer.status, request_id: remote::request_id(answer), ..RemoteError::default() };
    let remote = remote::with_json(remote, answer.body);
    Error::from_remote(Code::DownloadNotAFile, format!("the answer is no PDF or OFD file but {kind}"), remote)
}

fn check_digest(answer: &Answer<'_>) -> Result<()> {
    let name = headers::SM3_DIGEST.shown();
    let Some(announced) = answer.values(&headers::SM3_DIGEST).next() else {
        return Err(
            Error::new(Code::DownloadDigestMissing, format!("the file came without its {name} header")).at(name)
        );
    };
    let actual = digest::hex(&digest::sm3(answer.body));
    if announced.eq_ignore_ascii_case(actual.as_bytes()) {
        return Ok(());
    }
    Err(Error::new(Code::DownloadDigest, "the file is not the one announced: its SM3 digest differs")
        .at(name)
        .with("sm3", actual))
}

fn filename(answer: &Answer<'_>) -> Option<String> {
    let value = answer.text(&headers::CONTENT_DISPOSITION)?;
    let (_, name) = text::split_once(value, "filename=")?;
    let name = name.split(';').next()?.trim().trim_matches('"');
    // A name from outside must not lead out of the folder it is saved in.
    let safe: String =
        name.chars().filter(|character| !matches!(character, '/' | '\\' | ':') && !character.is_control()).collect();
    let safe = safe.trim_start_matches('.').to_owned();
    (!safe.is_empty()).then_some(safe)
}
