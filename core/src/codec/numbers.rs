//! Numbers of any length, as their digits.

use crate::json::{Raw, safe_integer};

/// Well-formed JSON with every number that a 64-bit float would round as a string of its digits; `None` where there is none.
pub(crate) fn for_floats(json: &str) -> Option<String> {
    let is_number = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E');
    let (mut quoted, mut rest, mut changed) = (String::with_capacity(json.len()), json, false);
    while let Some(first) = rest.bytes().next() {
        let length = match first {
            b'"' => string_length(rest),
            b'-' | b'0'..=b'9' => rest.bytes().take_while(|byte| is_number(*byte)).count(),
            _ => rest.bytes().take_while(|byte| !matches!(byte, b'"' | b'-' | b'0'..=b'9')).count(),
        };
        let (token, following) = rest.split_at_checked(length)?;
        let rounded = matches!(first, b'-' | b'0'..=b'9') && !exact(token);
        changed |= rounded;
        let mark = if rounded { "\"" } else { "" };
        quoted.extend([mark, token, mark]);
        rest = following;
    }
    changed.then_some(quoted)
}

/// Bytes of the string that a text starts with, both quotes included.
fn string_length(text: &str) -> usize {
    let mut escaped = false;
    let inside = text.bytes().skip(1).take_while(|byte| {
        let ends = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        !ends
    });
    inside.count().saturating_add(2)
}

/// The digits of a raw whole number of any length.
pub(crate) fn whole_digits(raw: Raw<'_>) -> Option<String> {
    Some(raw.get()).filter(|text| is_whole(text)).map(str::to_owned)
}

pub(super) fn is_whole(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// A raw whole number, also where a sample shows it as a string.
pub(crate) fn whole_number(raw: Raw<'_>) -> Option<i64> {
    raw.text().as_deref().unwrap_or(raw.get()).parse().ok()
}

/// Whether a 64-bit float keeps the number: a whole one up to 2^53 - 1, or at most 15 significant digits in a float's range.
pub(super) fn exact(digits: &str) -> bool {
    let significant = digits.bytes().filter(u8::is_ascii_digit).count() <= 15;
    safe_integer(digits).is_some() || (significant && in_range(digits))
}

/// Whether a number lies well inside a float's range, told by the power of ten of its first digit that counts.
fn in_range(number: &str) -> bool {
    let exponent = number.bytes().position(|byte| matches!(byte, b'e' | b'E'));
    let (mantissa, exponent) = exponent.and_then(|at| number.split_at_checked(at)).unwrap_or((number, "e0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let significant = |digits: &str| digits.bytes().position(|byte| (b'1'..=b'9').contains(&byte));
    let power = match (significant(whole), significant(fraction)) {
        (Some(at), _) => i64::try_from(whole.len().saturating_sub(at)).ok(),
        (None, Some(at)) => i64::try_from(at).ok().and_then(i64::checked_neg),
        (None, None) => return true,
    };
    let exponent = exponent.get(1..).and_then(|text| text.parse().ok());
    let power = power.and_then(|power: i64| power.checked_add(exponent?));
    power.is_some_and(|power| (-306..=308).contains(&power))
}
