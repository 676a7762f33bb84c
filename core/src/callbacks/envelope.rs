//! What is around an event. [Official page](https://pay.weixin.qq.com/doc/v3/merchant/4012286057)

use crate::error::{Code, Error, Result};
use crate::json::Object;
use crate::protocol::resource::{Resource, optional, required};

/// Where the content stands.
const PLACE: &str = "/resource";

/// A verified callback before its content is decrypted.
pub(super) struct Envelope {
    pub(super) id: String,
    pub(super) event_type: String,
    pub(super) create_time: String,
    /// Left out in the samples of these events, though the table has it.
    pub(super) summary: Option<String>,
    pub(super) resource: Resource,
}

impl Envelope {
    /// Reads it. `resource_type` and `original_type` are not needed: the samples leave the latter out.
    pub(super) fn read(body: &[u8]) -> Result<Self> {
        let not_json = || Error::new(Code::ParseJson, "the callback is not a JSON object").at("body");
        let object = std::str::from_utf8(body).ok().and_then(Object::parse).ok_or_else(not_json)?;
        let missing = || Error::new(Code::ParseMissing, format!("`{PLACE}` is missing")).at(PLACE);
        let resource = object.value("resource").ok_or_else(missing)?;
        Ok(Self {
            id: required(&object, "id", "/id")?,
            event_type: required(&object, "event_type", "/event_type")?,
            create_time: required(&object, "create_time", "/create_time")?,
            summary: optional(&object, "summary", "/summary")?,
            resource: Resource::read(resource, PLACE)?,
        })
    }
}
