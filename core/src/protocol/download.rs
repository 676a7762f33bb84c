//! Files: a plain request to the link the gateway answered with, and the check that the right file came.
//!
//! [Official page](https://pay.weixin.qq.com/doc/v3/merchant/4012286040)

use super::disposition;
use super::file::File;
use super::headers;
use super::http_message::ResponseView;
use super::remote;
use super::target;
use crate::codec;
use crate::crypto::digest;
use crate::error::{Code, Error, RemoteError, Result};
use crate::identity::{Hosts, is_secure};
use crate::schema::FileDigest;
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
pub(crate) fn link(hosts: &Hosts, url: &codec::Url, query: &[(String, String)]) -> Result<Link> {
    let field = || format!("/{}", url.field);
    let wrong = |why: &str| Error::new(Code::DownloadUrl, format!("the download link {why}")).at(field());
    let url = Url::parse(&url.text).ok_or_else(|| wrong("is not a URL"))?;
    if url.authority.contains('@') {
        return Err(wrong("carries a user name"));
    }
    if url.target.contains("&amp;") {
        return Err(wrong("was copied out of HTML: write & in place of &amp;"));
    }
    if !is_secure(url) {
        return Err(wrong("is not https"));
    }
    if !hosts.allows_download(url.host) {
        let message = format!("`{}` is not a host files may come from", url.host);
        return Err(Error::new(Code::DownloadHost, message).at(field()));
    }
    let slash = if url.target.starts_with('/') { "" } else { "/" };
    let mut target = format!("{slash}{}", url.target);
    let present = url.target.split_once('?').map_or("", |(_, query)| query);
    let added = query.iter().filter(|(name, _)| !names(present).any(|there| there == name));
    target::append_query(&mut target, added.map(|(name, value)| (name, value)));
    Ok(Link { origin: format!("{}://{}", url.scheme.as_str(), url.authority), target })
}

/// Checks that the answer is the file: its kind by its first bytes, and its digest where one is documented.
pub(crate) fn file(wanted: FileDigest, answer: &ResponseView<'_>) -> Result<File> {
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
    let filename = answer.values(&headers::CONTENT_DISPOSITION).find_map(disposition::filename);
    Ok(File { bytes: body.to_vec(), media_type, filename })
}

fn names(query: &str) -> impl Iterator<Item = &str> {
    query.split('&').map(|pair| pair.split_once('=').map_or(pair, |(name, _)| name))
}

fn media_type(body: &[u8]) -> Option<&'static str> {
    if body.starts_with(b"%PDF-") {
        return Some("application/pdf");
    }
    // An OFD document is a ZIP archive.
    body.starts_with(b"PK\x03\x04").then_some("application/ofd")
}

fn not_a_file(answer: &ResponseView<'_>) -> Error {
    let content_type = answer.text(&headers::CONTENT_TYPE).unwrap_or("no type");
    let kind = content_type.split(';').next().unwrap_or_default().chars();
    let kind: String = kind.filter(|character| !character.is_control()).take(64).collect();
    let remote =
        RemoteError { status: answer.status, request_id: remote::request_id(answer), ..RemoteError::default() };
    let remote = remote::with_json(remote, answer.body);
    Error::from_remote(Code::DownloadNotAFile, format!("the answer is no PDF or OFD file but {kind}"), remote)
}

fn check_digest(answer: &ResponseView<'_>) -> Result<()> {
    let name = headers::SM3_DIGEST.shown();
    let mut values = answer.values(&headers::SM3_DIGEST);
    let Some(announced) = values.next() else {
        return Err(
            Error::new(Code::DownloadDigestMissing, format!("the file came without its {name} header")).at(name)
        );
    };
    if values.next().is_some() {
        return Err(Error::new(Code::DownloadDigest, format!("the file came with two {name} headers")).at(name));
    }
    let actual = digest::hex(&digest::sm3(answer.body));
    if announced.eq_ignore_ascii_case(actual.as_bytes()) {
        return Ok(());
    }
    Err(Error::new(Code::DownloadDigest, "the file is not the one announced: its SM3 digest differs")
        .at(name)
        .with("sm3", actual))
}
