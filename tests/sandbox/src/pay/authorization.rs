//! The Authorization header and the check of a request's signature.

use std::collections::{BTreeMap, HashSet, VecDeque};

use base64::{Engine, engine::general_purpose::STANDARD};
use rsa::Pkcs1v15Sign;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::error::PayError;
use crate::{
    exchange::Arrival,
    keys::{Keys, Merchant, same_serial},
};

const SCHEME: &str = "WECHATPAY2-SHA256-RSA2048 ";
const FIELDS: [&str; 5] = ["mchid", "nonce_str", "signature", "timestamp", "serial_no"];
/// Requests further off than this are refused.
const WINDOW: i64 = 300;
/// A timestamp can be used from 300 s before to 300 s after it, so a nonce has to be known that long.
const NONCE_LIFE: i64 = 2 * WINDOW;
/// How much of the built message a refusal shows (the official length is not documented).
const SHOWN: usize = 1024;

/// The fields of an Authorization header.
#[derive(Debug, Clone)]
pub(crate) struct Authorization {
    pub(crate) mchid: String,
    pub(crate) nonce: String,
    timestamp: String,
    serial: String,
    signature: String,
}

/// Nonces of requests that were genuine.
#[derive(Debug, Default)]
pub(crate) struct Nonces {
    seen: HashSet<(String, String)>,
    order: VecDeque<(i64, (String, String))>,
}

impl Authorization {
    /// Reads the header; the issue says what is wrong with it.
    pub(crate) fn parse(header: &str) -> Result<Self, String> {
        let pairs = header.strip_prefix(SCHEME).ok_or_else(|| format!("scheme must be {}", SCHEME.trim_end()))?;
        let mut fields = BTreeMap::new();
        for pair in pairs.split(',') {
            let (name, quoted) = pair.split_once('=').ok_or_else(|| format!("no = in {pair:?}"))?;
            let value = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
            let value = value.ok_or_else(|| format!("the value of {name} must stand in quotation marks"))?;
            if !FIELDS.contains(&name) || fields.insert(name, value).is_some() {
                return Err(format!("{name:?} is unknown, spaced or repeated"));
            }
        }
        let take = |name: &str| fields.get(name).map(|value| (*value).to_owned()).ok_or(format!("{name} is missing"));
        Ok(Self {
            mchid: take("mchid")?,
            nonce: take("nonce_str")?,
            timestamp: take("timestamp")?,
            serial: take("serial_no")?,
            signature: take("signature")?,
        })
    }

    /// Checks everything the header claims against the request; gives the caller.
    pub(crate) fn check<'k>(
        &self,
        keys: &'k Keys,
        arrival: &Arrival,
        signed_body: &[u8],
        now: i64,
    ) -> Result<&'k Merchant, PayError> {
        let message = self.message(arrival, signed_body);
        let refuse = |field: &str, issue: &str| PayError::sign(field, issue, Some(information(arrival, &message)));
        let merchant = keys.merchant(&self.mchid).ok_or_else(|| refuse("mchid", "mchid unknown"))?;
        if !same_serial(merchant.serial, &self.serial) {
            return Err(refuse("serial_no", "serial_no does not belong to mchid"));
        }
        if self.nonce.is_empty() || self.nonce.chars().count() > 64 {
            return Err(refuse("nonce_str", "nonce_str must have 1 to 64 characters"));
        }
        let timestamp = seconds(&self.timestamp).ok_or_else(|| refuse("timestamp", "timestamp is not a number"))?;
        if (now - timestamp).abs() > WINDOW {
            return Err(refuse("timestamp", "timestamp is more than 5 minutes off"));
        }
        let signature = STANDARD.decode(&self.signature).map_err(|_| refuse("signature", "signature is not base64"))?;
        let genuine = merchant.public.verify(Pkcs1v15Sign::new::<Sha256>(), &Sha256::digest(&message), &signature);
        genuine.map_err(|_| refuse("signature", "sign not match"))?;
        Ok(merchant)
    }

    /// The refusal of a nonce that has been used.
    pub(crate) fn replayed(&self, arrival: &Arrival, signed_body: &[u8]) -> PayError {
        let message = self.message(arrival, signed_body);
        PayError::sign("nonce_str", "nonce_str was used before", Some(information(arrival, &message)))
    }

    /// The five lines the caller must have signed, from what was received.
    fn message(&self, arrival: &Arrival, signed_body: &[u8]) -> Vec<u8> {
        let target = if arrival.target.is_empty() { "/" } else { &arrival.target };
        let mut message = Vec::with_capacity(target.len() + signed_body.len() + 96);
        for line in [arrival.method.as_bytes(), target.as_bytes(), self.timestamp.as_bytes(), self.nonce.as_bytes()] {
            message.extend_from_slice(line);
            message.push(b'\n');
        }
        message.extend_from_slice(signed_body);
        message.push(b'\n');
        message
    }
}

impl Nonces {
    /// Remembers a nonce; tells whether it was new.
    pub(crate) fn take(&mut self, now: i64, mchid: &str, nonce: &str) -> bool {
        while self.order.front().is_some_and(|(at, _)| now - at > NONCE_LIFE) {
            if let Some((_, old)) = self.order.pop_front() {
                self.seen.remove(&old);
            }
        }
        let key = (mchid.to_owned(), nonce.to_owned());
        if !self.seen.insert(key.clone()) {
            return false;
        }
        self.order.push_back((now, key));
        true
    }
}

fn seconds(text: &str) -> Option<i64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

fn information(arrival: &Arrival, message: &[u8]) -> Value {
    let shown: String = String::from_utf8_lossy(message).chars().take(SHOWN).collect();
    json!({
        "method": arrival.method,
        "url": arrival.target,
        "truncated_sign_message": shown,
        "sign_message_length": message.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_quoted_fields_in_any_order_are_read() {
        let header = format!("{SCHEME}serial_no=\"S\",mchid=\"1\",signature=\"a==\",timestamp=\"2\",nonce_str=\"n\"");
        assert_eq!(Authorization::parse(&header).unwrap().signature, "a==");
    }

    #[test]
    fn spaces_missing_and_unquoted_fields_are_refused() {
        let good = format!("{SCHEME}mchid=\"1\",nonce_str=\"n\",signature=\"a\",timestamp=\"2\",serial_no=\"S\"");
        for bad in [good.replace(',', ", "), good.replace(",timestamp=\"2\"", ""), good.replace("\"1\"", "1")] {
            assert!(Authorization::parse(&bad).is_err(), "{bad}");
        }
        assert!(Authorization::parse(&good.replace("RSA2048", "RSA4096")).is_err());
    }

    #[test]
    fn a_nonce_is_new_once_per_merchant_and_window() {
        let mut nonces = Nonces::default();
        assert!(nonces.take(0, "1", "n") && nonces.take(0, "2", "n"));
        assert!(!nonces.take(NONCE_LIFE, "1", "n"));
        assert!(nonces.take(NONCE_LIFE + 1, "1", "n"));
    }
}
