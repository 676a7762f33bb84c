//! Text as a JSON string, and back. A reader of all JSON would bring the tables of floating-point numbers into
//! the engine for JavaScript (10 KB), where no number is ever read as one.

/// Writes text as a JSON string.
pub(crate) fn quote(text: &str, into: &mut String) {
    let plain = |byte: u8| byte >= b' ' && byte != b'"' && byte != b'\\';
    if text.bytes().all(plain) {
        into.push('"');
        into.push_str(text);
        into.push('"');
        return;
    }
    // Writing to a string cannot fail, and a string always has a JSON form.
    if let Ok(json) = serde_json::to_string(text) {
        into.push_str(&json);
    }
}

/// What the inside of a well-formed JSON string says; `None` for half a surrogate pair, which is no text.
pub(crate) fn unescape(inside: &str) -> Option<String> {
    unescape_with(inside, None)
}

/// The same, with U+FFFD in place of half a surrogate pair.
pub(crate) fn unescape_lossy(inside: &str) -> String {
    unescape_with(inside, Some(char::REPLACEMENT_CHARACTER)).unwrap_or_default()
}

fn unescape_with(inside: &str, half_pair: Option<char>) -> Option<String> {
    let mut text = String::with_capacity(inside.len());
    let mut rest = inside;
    while let Some((plain, escape)) = rest.split_once('\\') {
        text.push_str(plain);
        let mut characters = escape.chars();
        let character = match characters.next()? {
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => {
                let half = || Some((half_pair?, unit(characters.as_str())?.1));
                let (character, after) = unicode(characters.as_str()).or_else(half)?;
                text.push(character);
                rest = after;
                continue;
            }
            other => other,
        };
        text.push(character);
        rest = characters.as_str();
    }
    text.push_str(rest);
    Some(text)
}

/// The character of four hexadecimal digits, or of a surrogate pair of them, and what follows.
fn unicode(text: &str) -> Option<(char, &str)> {
    let (first, rest) = unit(text)?;
    if let Some(character) = char::from_u32(first) {
        return Some((character, rest));
    }
    let (second, rest) = unit(rest.strip_prefix("\\u")?)?;
    let high = first.checked_sub(0xD800).filter(|high| *high < 0x400)?;
    let low = second.checked_sub(0xDC00).filter(|low| *low < 0x400)?;
    char::from_u32(0x1_0000_u32.checked_add(high << 10)?.checked_add(low)?).map(|character| (character, rest))
}

fn unit(text: &str) -> Option<(u32, &str)> {
    let (digits, rest) = text.split_at_checked(4)?;
    u32::from_str_radix(digits, 16).ok().map(|unit| (unit, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn undoes_what_another_writer_escapes(text in ".*") {
            let json = text.encode_utf16().fold(String::new(), |json, unit| json + &format!("\\u{unit:04x}"));
            prop_assert_eq!(unescape(&json), Some(text.clone()));
            let json = serde_json::to_string(&text).unwrap();
            prop_assert_eq!(unescape(json.trim_start_matches('"').strip_suffix('"').unwrap_or_default()).is_some(), true);
            let mut quoted = String::new();
            quote(&text, &mut quoted);
            prop_assert_eq!(quoted, json);
        }

        #[test]
        fn agrees_with_another_reader_about_every_pair_of_units(first in any::<u16>(), second in any::<u16>()) {
            let inside = format!("\\u{first:04x}\\u{second:04X}\\n\\/");
            let strict = unescape(&inside);
            prop_assert_eq!(&strict, &serde_json::from_str(&format!("\"{inside}\"")).ok());
            let lossy = String::from_utf16_lossy(&[first, second]) + "\n/";
            prop_assert_eq!(unescape_lossy(&inside), lossy);
        }
    }
}
