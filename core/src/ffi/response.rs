//! An answer of any call.

use crate::codec::for_floats;
use crate::error::{Code, Error, Result};
use crate::json::Members;
use crate::protocol::{Reply, Verified};
use crate::schema::AnswerKind;

/// An accepted request as JSON.
const ACCEPTED: &str = r#"{"accepted":true}"#;

/// An answer as JSON, and the bytes of a file beside it.
///
/// An accepted request (202) is `{"accepted":true}`.
#[derive(Clone)]
#[non_exhaustive]
pub struct Response {
    /// The answer; of a file, its `media_type` and `filename`. Numbers that a 64-bit float would round are strings of their
    /// digits.
    pub json: String,
    /// The same with every number as a number, where there are such numbers: for languages whose integers have any size.
    pub exact: Option<String>,
    /// The file.
    pub bytes: Option<Vec<u8>>,
}

impl Response {
    fn new(json: String) -> Self {
        Self { json, exact: None, bytes: None }
    }
}

impl Reply for Response {
    fn read(verified: &Verified<Self>) -> Result<Self> {
        match verified.call().answer {
            AnswerKind::Json(table) => {
                let json = verified.to_json(table)?;
                Ok(match for_floats(&json) {
                    Some(quoted) => Self { exact: Some(json), ..Self::new(quoted) },
                    None => Self::new(json),
                })
            }
            AnswerKind::Accepted => Self::on_confirmed(),
            AnswerKind::NoContent => Ok(Self::new("{}".to_owned())),
            AnswerKind::File { .. } => {
                let file = verified.file().ok_or_else(|| Error::new(Code::InputState, "this answer holds no file"))?;
                let mut json = Members::new();
                json.text("media_type", Some(file.media_type));
                if let Some(filename) = &file.filename {
                    json.text("filename", Some(filename));
                }
                Ok(Self { bytes: Some(file.bytes.clone()), ..Self::new(json.end()) })
            }
        }
    }

    fn on_confirmed() -> Result<Self> {
        Ok(Self::new(ACCEPTED.to_owned()))
    }
}

impl std::fmt::Debug for Response {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Response")
            .field("json_bytes", &self.json.len())
            .field("file_bytes", &self.bytes.as_ref().map(Vec::len))
            .finish_non_exhaustive()
    }
}
