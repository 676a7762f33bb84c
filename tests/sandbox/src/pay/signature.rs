//! The signature on answers.

use base64::{Engine, engine::general_purpose::STANDARD};
use rsa::{Pkcs1v15Sign, RsaPrivateKey};
use sha2::{Digest, Sha256};

use crate::{
    exchange::{Answer, Arrival},
    keys::{Keys, PUBLIC_KEY_ID},
    random,
    sandbox::Sandbox,
};

/// What an answer's signature headers are made from. The default is a genuine signature.
#[derive(Debug, Clone, Default)]
pub(crate) struct Dressing {
    /// Key to use in place of the one the request asks for.
    pub(crate) signer: Option<&'static str>,
    /// Seconds the timestamp is off.
    pub(crate) shift: i64,
    pub(crate) mark: Mark,
}

/// The ways a signature can be other than genuine.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Mark {
    #[default]
    Genuine,
    /// The official probe prefix.
    Probe,
    /// A signature over another message.
    OtherMessage,
    /// A signature by a key nobody knows.
    Stranger,
    /// Genuine, under a serial nobody knows.
    UnknownSerial,
    /// No signature headers.
    Missing,
    /// Genuine, sent twice.
    Twice,
}

const PROBE: &str = "WECHATPAY/SIGNTEST/";

/// Which key signs the answer to a request.
///
/// An id or serial the gateway does not hold is answered like an absent one, as before the switch to public keys: by the
/// platform certificate with the latest start, or by the public key where there are no certificates.
pub(crate) fn asked_signer(sandbox: &Sandbox, arrival: &Arrival) -> &'static str {
    let latest = sandbox.settings().certificates.offered().last().copied().unwrap_or(PUBLIC_KEY_ID);
    if arrival.header("wechatpay-serial") == Some(PUBLIC_KEY_ID) { PUBLIC_KEY_ID } else { latest }
}

/// Adds the signature headers to an answer.
pub(crate) fn sign(answer: Answer, keys: &Keys, signer: &'static str, now: i64, dressing: &Dressing) -> Answer {
    let signer = dressing.signer.unwrap_or(signer);
    if dressing.mark == Mark::Missing {
        return answer;
    }
    let key = match dressing.mark {
        Mark::Stranger => Some(keys.stranger()),
        _ => keys.platform(signer),
    };
    let serial = if dressing.mark == Mark::UnknownSerial { crate::keys::UNKNOWN_SERIAL } else { signer };
    let (timestamp, nonce) = ((now + dressing.shift).to_string(), random::alphanumeric(32));
    let signature = value(key, dressing.mark, &message(&timestamp, &nonce, &answer.body));
    let answer = answer
        .header("Wechatpay-Nonce", nonce)
        .header("Wechatpay-Serial", serial)
        .header("Wechatpay-Signature", signature.clone())
        .header("Wechatpay-Signature-Type", "WECHATPAY2-SHA256-RSA2048")
        .header("Wechatpay-Timestamp", timestamp);
    if dressing.mark == Mark::Twice { answer.header("Wechatpay-Signature", signature) } else { answer }
}

fn message(timestamp: &str, nonce: &str, body: &[u8]) -> Vec<u8> {
    [timestamp.as_bytes(), b"\n", nonce.as_bytes(), b"\n", body, b"\n"].concat()
}

fn value(key: Option<&RsaPrivateKey>, mark: Mark, message: &[u8]) -> String {
    if mark == Mark::Probe {
        return format!("{PROBE}{}", random::alphanumeric(325));
    }
    let mut digest = Sha256::new_with_prefix(message);
    if mark == Mark::OtherMessage {
        digest.update(b"\n");
    }
    let signature = key.and_then(|key| key.sign(Pkcs1v15Sign::new::<Sha256>(), &digest.finalize()).ok());
    signature.map(|bytes| STANDARD.encode(bytes)).unwrap_or_default()
}
