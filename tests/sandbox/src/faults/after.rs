//! Changes to an answer whose call took effect.

use std::{io::Write, time::Duration};

use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};

use super::{
    before::error_json,
    between::{error_html, proxy},
    rules::Planned,
};
use crate::{
    exchange::{Answer, Delivery},
    keys::Signer,
    pay::signature::{Dressing, Mark},
};

/// An answer and how late it is.
#[derive(Debug)]
pub(crate) struct Shape {
    pub(crate) answer: Answer,
    pub(crate) delay: Duration,
}

/// What faults do to the signature of an answer or a callback.
pub(crate) fn dress(planned: &[Planned]) -> Dressing {
    let mut dressing = Dressing::default();
    for Planned { order, .. } in planned {
        match order.fault.trim_start_matches("callback_") {
            "probe" => dressing.mark = Mark::Probe,
            "wrong_signature" => dressing.mark = Mark::OtherMessage,
            "wrong_key" => dressing.mark = Mark::Stranger,
            "unknown_serial" => dressing.mark = Mark::UnknownSerial,
            "unsigned" => dressing.mark = Mark::Missing,
            "header_twice" => dressing.mark = Mark::Twice,
            "rotate_certificate" | "key" => dressing.signer = Some(order.key.unwrap_or(Signer::Platform1).id()),
            "skew" => dressing.shift = order.seconds.unwrap_or(600),
            "stale" => dressing.shift = -order.seconds.unwrap_or(600),
            _ => {}
        }
    }
    dressing
}

/// What faults do to a finished answer: errors that hide it first, then changes of bytes, then of delivery.
pub(crate) fn distort(planned: &[Planned], answer: Answer) -> Shape {
    let mut shape = Shape { answer, delay: Duration::ZERO };
    for Planned { order, .. } in planned {
        shape.answer = match order.fault.as_str() {
            "error_json" => hide(shape.answer, error_json(order)),
            "error_html" => hide(shape.answer, error_html(order)),
            "proxy" => hide(shape.answer, proxy(order)),
            "tamper" => Answer { body: tampered(&shape.answer.body), ..shape.answer },
            "wrong_digest" => wrong_digest(shape.answer),
            "cut_after" => Answer { delivery: Delivery::Cut, ..shape.answer },
            "truncate" => Answer { delivery: Delivery::Truncated, ..shape.answer },
            _ => shape.answer,
        };
    }
    for Planned { order, .. } in planned {
        match order.fault.as_str() {
            "gzip" => shape.answer = compressed(shape.answer),
            "chunked" if shape.answer.delivery == Delivery::Whole => shape.answer.delivery = Delivery::Chunked,
            "slow" => shape.delay = Duration::from_millis(order.millis.unwrap_or(1000)),
            _ => {}
        }
    }
    shape
}

fn hide(answer: Answer, error: Answer) -> Answer {
    Answer { effects: answer.effects, ..error }
}

/// Changes the last letter or digit, so that JSON stays JSON and only its content lies.
fn tampered(body: &Bytes) -> Bytes {
    let mut bytes = body.to_vec();
    match bytes.iter_mut().rev().find(|byte| byte.is_ascii_alphanumeric()) {
        Some(byte) => *byte = if byte.is_ascii_digit() { b'0' + (*byte - b'0' + 1) % 10 } else { *byte ^ 0x20 },
        None => bytes.push(b' '),
    }
    bytes.into()
}

fn wrong_digest(mut answer: Answer) -> Answer {
    for (name, value) in &mut answer.headers {
        if name == "SM3-Digest" {
            *value = value.chars().rev().collect();
        }
    }
    answer
}

fn compressed(answer: Answer) -> Answer {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    match encoder.write_all(&answer.body).and_then(|()| encoder.finish()) {
        Ok(body) if !answer.body.is_empty() => {
            Answer { body: body.into(), ..answer }.header("Content-Encoding", "gzip")
        }
        _ => answer,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tampering_changes_one_byte_and_keeps_json_readable() {
        let before = Bytes::from_static(br#"{"total":19,"name":"Z"}"#);
        let after = tampered(&before);
        assert_eq!(before.iter().zip(&after).filter(|(left, right)| left != right).count(), 1);
        assert!(serde_json::from_slice::<serde_json::Value>(&after).is_ok());
        assert_eq!(tampered(&Bytes::new()).len(), 1);
    }
}
