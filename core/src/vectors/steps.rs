//! The single steps that need no keys: Authorization header, moment, target, form.

use super::fixtures::{base64, bytes, moment, pairs, text};
use super::{Case, Document, Outcome, same};
use crate::crypto::digest;
use crate::protocol::authorization::Authorization;
use crate::protocol::{Attachment, multipart as form, target as encoded};

pub(super) fn authorization(_: &Document, case: &Case) -> Outcome {
    let given = case.given();
    let made = Authorization {
        mchid: text(&given, "mchid"),
        nonce: text(&given, "nonce"),
        timestamp: given["timestamp"].as_i64().unwrap(),
        serial_no: text(&given, "serial_no"),
    };
    same("authorization", made.header(text(&given, "signature")).as_str(), text(&case.stages, "authorization"))
}

pub(super) fn moment_text(_: &Document, case: &Case) -> Outcome {
    let given = case.given();
    let moment = moment(&given);
    let made = match text(&given, "label").strip_prefix("boundary ") {
        Some(attempt) => moment.boundary(attempt.parse().unwrap()),
        None => moment.nonce(),
    };
    same("text", made.as_str(), text(&case.stages, "text"))
}

pub(super) fn target(_: &Document, case: &Case) -> Outcome {
    let given = case.given();
    let path = given["path"].as_object().unwrap().iter();
    let path: Vec<_> = path.map(|(name, value)| (name.as_str(), value.as_str().unwrap().to_owned())).collect();
    let made = encoded::target(text(&given, "template"), &path, &pairs(&given["query"]));
    same("target", made.as_str(), text(&case.stages, "target"))
}

pub(super) fn multipart(_: &Document, case: &Case) -> Outcome {
    let given = case.given();
    let file = bytes(&given, "file").unwrap();
    let file = Attachment::new(text(&given, "filename"), text(&given, "content_type"), file);
    let made = form::build(given["meta"].as_str(), text(&given, "part"), &file, &moment(&given));
    let boundary = made.content_type.rsplit_once('=').unwrap().1;
    same("boundary", boundary, text(&case.stages, "boundary"))?;
    same("content_type", made.content_type.as_str(), text(&case.stages, "content_type"))?;
    same("body", base64(&made.body).as_str(), text(&case.stages, "body_base64"))?;
    let digest = digest::hex(&digest::sha256(&made.body));
    same("body_sha256", digest.as_str(), text(&case.stages, "body_sha256"))?;
    // What is signed is the meta as it was handed in; `calls/upload_file` sees it in the message.
    same("signed_body", given.get("meta"), case.stages.get("signed_body"))
}
