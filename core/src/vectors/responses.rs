//! Who signed an answer, and whether.

use super::fixtures::{self, key_id, response, ring, text};
use super::{Case, Document, Outcome, Stop, same};
use crate::ffi::{Request, Response};
use crate::keys::{KeyRing, Serial};
use crate::moment::Moment;
use crate::protocol::{Claim, Verified};
use serde_json::json;

pub(super) fn run(_: &Document, case: &Case) -> Outcome {
    let given = case.given();
    let merchant = text(&given, "merchant");
    let caller = json!({
        "kind": "sub_merchant", "mchid": merchant, "serial_no": "1", "sub_mchid": "1900000109",
        "key": "partner", "ring": given["ring"],
    });
    let call = given["call"].as_str().unwrap_or("fapiao_files");
    let now = given["now"].as_i64().unwrap();
    let call = Request::new(call, r#"{"fapiao_apply_id":"1"}"#);
    let pending = fixtures::caller(&caller).prepare(call, Moment::new(now, [7; 32])?)?;
    let response =
        response(&given).map_err(|error| Stop::Differs(format!("no such response can be built: {error}")))?;
    let claim = pending.claim(&response, now)?;
    if let Some(message) = case.stages["message"].as_str() {
        same("message", String::from_utf8_lossy(claim.message()).as_ref(), message)?;
        let signer = Serial::new(key_id(text(&case.stages, "key")));
        same("key", Serial::new(claim.serial()), signer)?;
    }
    let verified = check(claim, &ring(merchant, &given["ring"]), merchant)?;
    if given.get("call").is_some() {
        verified.parse()?;
    }
    Ok(())
}

#[cfg(feature = "_local-keys")]
fn check(claim: Claim<Response>, ring: &KeyRing, _: &str) -> Result<Verified<Response>, Stop> {
    Ok(claim.check_with(ring)?)
}

/// Everything but the signature itself can be checked here.
#[cfg(not(feature = "_local-keys"))]
#[expect(clippy::needless_pass_by_value, reason = "the same shape as with a back end")]
fn check(claim: Claim<Response>, ring: &KeyRing, merchant: &str) -> Result<Verified<Response>, Stop> {
    ring.find(merchant, claim.serial())?;
    claim.signature()?;
    Err(Stop::NeedsBackEnd)
}
