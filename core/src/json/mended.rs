//! JSON from a gateway that does not sign it and does not always write it well: byte order marks, control characters in
//! strings, GBK, half a character, garbage behind.

use super::raw::Object;
use serde::de::IgnoredAny;
use std::borrow::Cow;

/// The JSON object that a body was meant to be. Names and numbers are ASCII, so only the wording of messages can suffer.
pub(crate) fn mended(body: &[u8]) -> Option<Cow<'_, str>> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    if let Ok(text) = std::str::from_utf8(body)
        && Object::parse(text).is_some()
    {
        return Some(Cow::Borrowed(text));
    }
    let mut text = decoded(body);
    // Between values a control character is white space or an error, and in a string it is an error.
    text = text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect();
    let mut values = serde_json::Deserializer::from_str(&text).into_iter::<IgnoredAny>();
    values.next()?.ok()?;
    let end = values.byte_offset();
    text.truncate(end);
    Object::parse(&text)?;
    Some(Cow::Owned(text))
}

fn decoded(body: &[u8]) -> String {
    let mut text = String::with_capacity(body.len());
    let mut after_invalid = false;
    for chunk in body.utf8_chunks() {
        // The second byte of a character of GBK can look like a backslash.
        let valid = chunk.valid();
        text.push_str(if after_invalid { valid.strip_prefix('\\').unwrap_or(valid) } else { valid });
        after_invalid = !chunk.invalid().is_empty();
        if after_invalid {
            text.push(char::REPLACEMENT_CHARACTER);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_number_survives_a_damaged_message() {
        let messages: [&[u8]; 6] = [
            b"invalid \x14 rid",
            b"line\nfeed\ttab",
            // 令牌无效 in GBK, half a character of UTF-8, and a character of GBK that ends in a backslash.
            b"\xc1\xee\xc5\xc6\xce\xde\xd0\xa7",
            b"\xe4\xbb",
            b"\x81\\",
            b"half a pair \\ud83d",
        ];
        for message in messages {
            for behind in [&b""[..], b"\n", b"<!-- 12 ms -->", b"}{"] {
                let body = [&b"\xef\xbb\xbf{\"errcode\":40001,\"errmsg\":\""[..], message, b"\"}", behind].concat();
                let text = mended(&body).unwrap();
                assert_eq!(Object::parse(&text).unwrap().value("errcode").unwrap().get(), "40001", "{body:?}");
            }
        }
    }

    #[test]
    fn what_is_no_object_is_not_made_one() {
        for body in [&b""[..], b"<html>", b"[1]", b"1", b"{", b"ok {\"errcode\":0}"] {
            assert_eq!(mended(body), None, "{body:?}");
        }
    }

    proptest! {
        #[test]
        fn a_good_object_stays_as_it_is(value in "[^\\\\\"\\x00-\\x1f]*") {
            let body = format!("{{\"a\":\"{value}\"}}");
            let text = mended(body.as_bytes());
            prop_assert_eq!(text.as_deref(), Some(body.as_str()));
        }

        #[test]
        fn whatever_comes_out_is_an_object(body in any::<Vec<u8>>()) {
            let body = [b"{\"errcode\":1,\"errmsg\":\"", body.as_slice()].concat();
            if let Some(text) = mended(&body) {
                prop_assert!(Object::parse(&text).is_some());
            }
        }
    }
}
