//! The two ways in which certificates write a time.

use super::element::{Element, GENERALIZED_TIME, UTC_TIME};

/// Days before each month of a year that is no leap year.
const DAYS_BEFORE: [i64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
const FIRST_YEAR: i64 = 1970;

/// Unix seconds of `YYMMDDHHMMSSZ` (`UTCTime`, 1950 to 2049) or `YYYYMMDDHHMMSSZ` (`GeneralizedTime`), not before 1970.
/// [RFC 5280](https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5)
pub(super) fn seconds(time: Element<'_>) -> Option<i64> {
    let digits = time.content.strip_suffix(b"Z")?;
    let pairs: Vec<i64> = digits.chunks(2).map(pair).collect::<Option<_>>()?;
    match (time.tag, pairs.as_slice()) {
        (UTC_TIME, [year, rest @ ..]) => since(if *year < 50 { 20 } else { 19 }, *year, rest),
        (GENERALIZED_TIME, [century, year, rest @ ..]) => since(*century, *year, rest),
        _ => None,
    }
}

fn pair(digits: &[u8]) -> Option<i64> {
    let [tens, ones] = digits else { return None };
    let digit = |byte: &u8| byte.is_ascii_digit().then_some(byte & 0x0f);
    Some(i64::from(digit(tens)?.wrapping_mul(10).wrapping_add(digit(ones)?)))
}

#[expect(clippy::arithmetic_side_effects, reason = "of years with four digits nothing overflows")]
fn since(century: i64, year: i64, rest: &[i64]) -> Option<i64> {
    let year = century * 100 + year;
    let [month, day, hour, minute, second] = *rest else { return None };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let before = *DAYS_BEFORE.get(usize::try_from(month - 1).ok()?)?;
    let days = match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    if year < FIRST_YEAR || !(1..=days).contains(&day) || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let leap_days = |year: i64| year / 4 - year / 100 + year / 400;
    let years = (year - FIRST_YEAR) * 365 + leap_days(year - 1) - leap_days(FIRST_YEAR - 1);
    let days = years + before + i64::from(leap && month > 2) + day - 1;
    Some(((days * 24 + hour) * 60 + minute) * 60 + second)
}

#[cfg(test)]
mod tests {
    use super::*;
    use der::Decode;
    use der::asn1::{GeneralizedTime, UtcTime};
    use proptest::prelude::*;

    fn element(tag: u8, text: &str) -> Vec<u8> {
        let mut der = vec![tag, u8::try_from(text.len()).expect("it is short")];
        der.extend(text.bytes());
        der
    }

    fn ours(der: &[u8]) -> Option<i64> {
        seconds(Element::first(der)?.0)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn both_forms_are_read_as_der_reads_them(
            (year, month, day) in (1900_u32..2200, 0_u32..14, 0_u32..33),
            (hour, minute, second) in (0_u32..25, 0_u32..61, 0_u32..61),
            end in prop_oneof![9 => Just("Z"), 1 => Just(""), 1 => Just("+0800")],
        ) {
            let rest = format!("{month:02}{day:02}{hour:02}{minute:02}{second:02}{end}");
            let long = element(GENERALIZED_TIME, &format!("{year:04}{rest}"));
            let theirs = GeneralizedTime::from_der(&long).ok().map(|time| time.to_unix_duration().as_secs());
            prop_assert_eq!(ours(&long), theirs.map(u64::cast_signed));
            let short = element(UTC_TIME, &format!("{:02}{rest}", year % 100));
            let theirs = UtcTime::from_der(&short).ok().map(|time| time.to_unix_duration().as_secs());
            prop_assert_eq!(ours(&short), theirs.map(u64::cast_signed));
        }
    }
}
