//! Searching, joining and reading short texts in little code: what the standard library has for texts of any length makes
//! the downloaded engine two kilobytes larger.

/// Most digits of a number that is read here.
const DIGITS: usize = 18;

/// Where `mark`, which is not empty, stands first.
pub(crate) fn find(text: &[u8], mark: &[u8]) -> Option<usize> {
    let first = mark.first()?;
    let mut from = 0_usize;
    while let Some(rest) = text.get(from..) {
        let at = rest.iter().position(|byte| byte == first)?;
        let here = from.checked_add(at)?;
        if rest.get(at..)?.starts_with(mark) {
            return Some(here);
        }
        from = here.checked_add(1)?;
    }
    None
}

/// What stands before and after the first `mark`.
pub(crate) fn split_once<'a>(text: &'a str, mark: &str) -> Option<(&'a str, &'a str)> {
    let (before, after) = text.split_at_checked(find(text.as_bytes(), mark.as_bytes())?)?;
    after.strip_prefix(mark).map(|after| (before, after))
}

/// Whether `mark`, which is not empty, stands in it.
pub(crate) fn contains(text: &str, mark: &str) -> bool {
    find(text.as_bytes(), mark.as_bytes()).is_some()
}

/// Whether it has that character.
pub(crate) fn has(text: &str, character: u8) -> bool {
    text.as_bytes().contains(&character)
}

/// All parts with `between` between them.
pub(crate) fn join<'a>(parts: impl Iterator<Item = &'a str>, between: &str) -> String {
    parts.fold(String::new(), |mut all, part| {
        if !all.is_empty() {
            all.push_str(between);
        }
        all.push_str(part);
        all
    })
}

/// A whole number of at most 18 digits that count, with or without a sign.
pub(crate) fn integer(text: &str) -> Option<i64> {
    let (negative, digits) = match text.as_bytes() {
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] | digits => (false, digits),
    };
    let zeros = digits.iter().take_while(|digit| **digit == b'0').count();
    if digits.is_empty() || digits.len().saturating_sub(zeros) > DIGITS || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let value = digits.iter().fold(0_i64, |value, digit| value.wrapping_mul(10).wrapping_add(i64::from(digit & 0x0f)));
    Some(if negative { value.wrapping_neg() } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn marks_are_found_as_the_standard_library_finds_them(text in "[ab中]{0,20}", mark in "[ab中]{1,4}") {
            prop_assert_eq!(find(text.as_bytes(), mark.as_bytes()), text.find(&mark));
            prop_assert_eq!(split_once(&text, &mark), text.split_once(&mark));
            prop_assert_eq!(contains(&text, &mark), text.contains(&mark));
        }

        #[test]
        fn numbers_are_read_as_the_standard_library_reads_them(text in "[+-]?[0-9]{0,19}|[+-]?0{0,9}[0-9]{0,17}|\\PC{0,4}") {
            let digits = text.trim_start_matches(['+', '-', '0']).len();
            prop_assert_eq!(integer(&text), text.parse().ok().filter(|_| digits <= DIGITS));
        }

        #[test]
        fn parts_are_joined_as_the_standard_library_joins_them(parts in prop::collection::vec("[a-z]{1,3}", 0..5)) {
            prop_assert_eq!(join(parts.iter().map(String::as_str), ", "), parts.join(", "));
        }
    }
}
