//! Uploads: `multipart/form-data` whose signed body is the `meta` part alone.

use crate::moment::Moment;
use std::fmt;
use std::sync::Arc;

/// A file that goes with a call.
#[derive(Clone)]
pub struct Attachment {
    filename: String,
    content_type: String,
    bytes: Arc<[u8]>,
}

impl Attachment {
    /// A file by name, media type and bytes.
    pub fn new(filename: impl Into<String>, content_type: impl Into<String>, bytes: impl Into<Arc<[u8]>>) -> Self {
        Self { filename: filename.into(), content_type: content_type.into(), bytes: bytes.into() }
    }

    /// A PDF.
    pub fn pdf(filename: impl Into<String>, bytes: impl Into<Arc<[u8]>>) -> Self {
        Self::new(filename, "application/pdf", bytes)
    }

    /// The file's bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(crate) fn content_type(&self) -> &str {
        &self.content_type
    }
}

impl fmt::Debug for Attachment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attachment").field("bytes", &self.bytes.len()).finish_non_exhaustive()
    }
}

/// A multipart body and its Content-Type.
pub(crate) struct Multipart {
    pub(crate) content_type: String,
    pub(crate) body: Vec<u8>,
}

/// Builds the body: the `meta` part first where there is one, as the official SDKs send it, then the file as `part`.
pub(crate) fn build(meta: Option<&str>, part: &str, file: &Attachment, moment: &Moment) -> Multipart {
    let boundary = boundary(meta.unwrap_or_default(), &file.bytes, moment);
    let mut body = Vec::with_capacity(file.bytes.len().saturating_add(512));
    if let Some(meta) = meta {
        let head = "Content-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json";
        push_part(&mut body, &boundary, head, meta.as_bytes());
    }
    let filename = escape(&file.filename);
    let head = format!(
        "Content-Disposition: form-data; name=\"{part}\"; filename=\"{filename}\"\r\nContent-Type: {}",
        file.content_type
    );
    push_part(&mut body, &boundary, &head, &file.bytes);
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    Multipart { content_type: format!("multipart/form-data; boundary={boundary}"), body }
}

fn push_part(body: &mut Vec<u8>, boundary: &str, head: &str, content: &[u8]) {
    body.extend_from_slice(format!("--{boundary}\r\n{head}\r\n\r\n").as_bytes());
    body.extend_from_slice(content);
    body.extend_from_slice(b"\r\n");
}

/// The first boundary of the moment that does not occur in the content.
fn boundary(meta: &str, file: &[u8], moment: &Moment) -> String {
    let in_file = |boundary: &[u8]| file.windows(boundary.len()).any(|window| window == boundary);
    let occurs = |boundary: &str| meta.contains(boundary) || in_file(boundary.as_bytes());
    // A second attempt is a matter of chance; nobody can aim at a third.
    (0..u32::MAX).map(|attempt| moment.boundary(attempt)).find(|boundary| !occurs(boundary)).unwrap_or_default()
}

/// A quoted parameter value, as browsers escape it.
fn escape(filename: &str) -> String {
    let mut escaped = String::with_capacity(filename.len());
    for character in filename.chars() {
        match character {
            '"' => escaped.push_str("%22"),
            '\r' => escaped.push_str("%0D"),
            '\n' => escaped.push_str("%0A"),
            other => escaped.push(other),
        }
    }
    escaped
}
