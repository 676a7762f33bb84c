//! Callbacks, from the headers to the event.

use super::{API_V3_KEY, Shown};
use crate::fixtures::{ID, MAIL, NOW, PHONE, config, ring};
use aes_gcm::aead::{Aead, KeyInit};
use aes_gcm::{Aes256Gcm, Nonce};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fapiao::callbacks::{Event, Receiver, Reception, Resource};
use fapiao::ffi::{self, Incoming};
use fapiao::keys::ApiV3Key;
use fapiao::{Direct, Error, SignatureCheck};
use serde_json::{Value, json};

const NONCE: &str = "fdasflkja484";

/// A callback of this type, whose content holds what must not be shown; its signature is nobody's.
fn callback(event_type: &str, more: &Value, key: &str) -> http::Request<Vec<u8>> {
    let mut content = json!({"mchid": "1900000001", "fapiao_apply_id": "1", "phone": PHONE, "mail": {"of": MAIL}});
    content.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let cipher = Aes256Gcm::new_from_slice(key.as_bytes()).unwrap();
    let sealed = cipher.encrypt(Nonce::from_slice(NONCE.as_bytes()), content.to_string().as_bytes()).unwrap();
    let resource = json!({"algorithm": "AEAD_AES_256_GCM", "nonce": NONCE, "ciphertext": STANDARD.encode(sealed)});
    let body = json!({"id": "1", "event_type": event_type, "create_time": "t", "resource": resource}).to_string();
    let request = http::Request::post("/").header("Wechatpay-Serial", ID).header("Wechatpay-Nonce", "n");
    let request = request.header("Wechatpay-Signature", "c2ln").header("Wechatpay-Timestamp", NOW.to_string());
    request.body(body.into_bytes()).unwrap()
}

pub(super) fn callbacks(shown: &mut Shown) {
    let key = ApiV3Key::new(API_V3_KEY.as_bytes()).unwrap();
    let direct = Direct::new(config("1900000001").keys(ring()).api_v3_key(key)).unwrap();
    shown.show(&direct);
    let receiver = Receiver::new(&direct).unwrap();
    shown.show(&receiver);
    let receive = |shown: &mut Shown, event_type: &str, more: Value, key: &str| -> Result<Event, Error> {
        let claim = receiver.claim(&callback(event_type, &more, key), NOW).unwrap();
        shown.show(&claim);
        claim.settle(SignatureCheck::Valid)
    };
    let invoices = json!({"fapiao_information": [{"fapiao_id": "1", "phone": PHONE}]});
    for (event_type, more) in
        [("FAPIAO.ISSUED", invoices), ("FAPIAO.USER_APPLIED", json!({})), ("FAPIAO.NEW", json!({}))]
    {
        let event = receive(shown, event_type, more, API_V3_KEY).unwrap();
        shown.show(&event);
        shown.show(&event.event_type);
        let resource = event.resource().unwrap();
        shown.show(&resource);
        match resource {
            Resource::UserApplied(applied) => shown.show(&applied),
            Resource::Fapiao(content) => {
                shown.show(&content);
                content.fapiao_information.iter().flatten().for_each(|one| shown.show(one));
            }
            _ => {}
        }
    }
    let other_key = API_V3_KEY.replace('k', "K");
    let refused = [
        receive(shown, "FAPIAO.ISSUED", json!({}), &other_key),
        receive(shown, "FAPIAO.ISSUED", json!({"mchid": PHONE}), API_V3_KEY),
        receive(shown, "FAPIAO.ISSUED", json!({"fapiao_information": PHONE}), API_V3_KEY),
    ];
    for result in &refused {
        let reception = Reception::of(result);
        shown.show(&reception);
        shown.show(&reception.answer());
        shown.error(result.as_ref().unwrap_err());
    }
    in_other_languages(shown);
}

fn in_other_languages(shown: &mut Shown) {
    let config = json!({
        "kind": "direct", "mchid": "1900000001", "serial_no": "1", "keys_elsewhere": true, "api_v3_key": API_V3_KEY,
        "wechatpay_keys": {ID: include_str!("../../../../tests/keys/wechatpay.pub.pem")},
    });
    let caller = ffi::Caller::open(
        &config.to_string(),
        #[cfg(feature = "_local-keys")]
        None,
    );
    let receiver = ffi::Receiver::new([&caller.unwrap()]).unwrap();
    shown.show(&receiver);
    let (parts, body) = callback("FAPIAO.ISSUED", &json!({}), API_V3_KEY).into_parts();
    let headers = parts.headers.iter().map(|(name, value)| (name.as_str().as_bytes(), value.as_bytes()));
    let claimed = receiver.receive(&Incoming::new(200, headers, body).unwrap(), NOW);
    shown.show(&claimed);
    shown.show(&claimed.to_check().unwrap());
    shown.texts.push(claimed.report());
    shown.show(&claimed.settled(Some(true)));
}
