//! `POST /v3/new-tax-control-fapiao/fapiao-applications/upload-fapiao-file`: a file issued elsewhere.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde::Deserialize;
use serde_json::json;
use sm3::{Digest, Sm3};

use crate::{
    exchange::Answer,
    multipart::Part,
    pay::{Callers, Content, PayCall, PayRoute, Serial, error::PayError},
    random,
    route::{Door, Route},
    schema::{Rule, field, one_of, sub_mchid},
};

/// 2 MB.
const LARGEST: usize = 2 * 1024 * 1024;

pub(super) const ROUTE: Route = Route {
    method: "POST",
    path: "/v3/new-tax-control-fapiao/fapiao-applications/upload-fapiao-file",
    door: Door::Pay(PayRoute {
        callers: Callers::Everyone,
        serial: Serial::Optional,
        parameters: &[],
        content: Content::Upload(&[
            sub_mchid(),
            one_of("file_type", &["PDF", "OFD"]).required(),
            one_of("digest_alogrithm", &["SM3"]).required(),
            field("digest", Rule::Hex { length: 64 }).required(),
        ]),
        handle,
    }),
};

#[derive(Deserialize)]
struct Meta {
    file_type: String,
    digest: String,
}

fn handle(call: &PayCall<'_>) -> Result<Answer, PayError> {
    let meta: Meta = call.body()?;
    let file = call.file.ok_or_else(|| PayError::invalid_request("multipart: 缺少file"))?;
    check(&meta, file)?;
    let effect = call.scope().effect("uploaded", &[("digest", &meta.digest)]);
    let media_id = STANDARD.encode(random::bytes16());
    call.sandbox.book().media.keep(&media_id, call.scope(), call.sandbox.clock.now_millis());
    let body = json!({"fapiao_media_id": media_id});
    Ok(Answer::json(200, &body).effect(effect))
}

/// The provider pages list PDF alone, the others OFD too; both generations of providers use this call, so both pass.
fn check(meta: &Meta, file: &Part) -> Result<(), PayError> {
    if file.file_name.as_deref().unwrap_or_default().is_empty() {
        return Err(PayError::invalid_request("multipart: file缺少filename"));
    }
    if meta.file_type == "PDF" && file.content_type.as_deref() != Some("application/pdf") {
        return Err(PayError::invalid_request("multipart: file的Content-Type必须为application/pdf"));
    }
    if file.body.len() > LARGEST {
        return Err(PayError::invalid_request("文件大小超过2MB"));
    }
    // An OFD file is a ZIP archive.
    let start: &[u8] = if meta.file_type == "PDF" { b"%PDF-" } else { b"PK" };
    if !file.body.starts_with(start) {
        return Err(PayError::invalid_request("文件格式与file_type不符"));
    }
    if format!("{:x}", Sm3::digest(&file.body)) != meta.digest {
        return Err(PayError::body_field("/digest", "is not the SM3 of the file"));
    }
    Ok(())
}
