//! The parts of a multipart form.

use bytes::Bytes;
use futures_util::stream;

use crate::exchange::Arrival;

/// One part of a form.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    pub(crate) name: String,
    pub(crate) file_name: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) body: Bytes,
}

/// Reads the parts of an arrival; `None` when it is no form.
pub(crate) async fn read(arrival: &Arrival) -> Option<Result<Vec<Part>, String>> {
    let content_type = arrival.header("content-type").filter(|kind| kind.starts_with("multipart/"))?;
    Some(parts(content_type, arrival.body.clone()).await.map_err(|error| error.to_string()))
}

async fn parts(content_type: &str, body: Bytes) -> Result<Vec<Part>, multer::Error> {
    let boundary = multer::parse_boundary(content_type)?;
    let mut form = multer::Multipart::new(stream::iter([Ok::<_, std::io::Error>(body)]), boundary);
    let mut parts = Vec::new();
    while let Some(field) = form.next_field().await? {
        parts.push(Part {
            name: field.name().unwrap_or_default().to_owned(),
            file_name: field.file_name().map(str::to_owned),
            content_type: field.content_type().map(ToString::to_string),
            body: field.bytes().await?,
        });
    }
    Ok(parts)
}
