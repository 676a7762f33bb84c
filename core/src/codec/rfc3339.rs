//! Times as the documents write them: RFC 3339 with an offset.

use der::DateTime;

/// `yyyy-MM-ddTHH:mm:ss[.fff](Z|±HH:mm)`, by form.
pub(super) fn has_form(text: &str) -> bool {
    let bytes = text.as_bytes();
    let Some((date, rest)) = bytes.split_at_checked(19) else { return false };
    let digits = |pattern: &[u8], bytes: &[u8]| {
        pattern.len() == bytes.len()
            && pattern
                .iter()
                .zip(bytes)
                .all(|(want, have)| if *want == b'0' { have.is_ascii_digit() } else { want == have })
    };
    if !digits(b"0000-00-00T00:00:00", date) {
        return false;
    }
    let zone = match rest.strip_prefix(b".") {
        Some(fraction) => {
            let end = fraction.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(fraction.len());
            if end == 0 {
                return false;
            }
            fraction.split_at(end).1
        }
        None => rest,
    };
    zone == b"Z" || digits(b"+00:00", zone) || digits(b"-00:00", zone)
}

/// Unix seconds of a time in that form; `None` for a day that no calendar has.
pub(super) fn seconds(text: &str) -> Option<i64> {
    let (date, rest) = text.split_at_checked(19)?;
    let part = |from: usize, to: usize| date.get(from..to)?.parse::<u8>().ok();
    let year = date.get(..4)?.parse().ok()?;
    let time = DateTime::new(year, part(5, 7)?, part(8, 10)?, part(11, 13)?, part(14, 16)?, part(17, 19)?).ok()?;
    let there = i64::try_from(time.unix_duration().as_secs()).ok()?;
    let Some(at) = rest.rfind(['+', '-']) else { return Some(there) };
    let (sign, zone) = rest.split_at_checked(at)?.1.split_at_checked(1)?;
    let (hours, minutes) = zone.split_once(':')?;
    let ahead = hours.parse::<i64>().ok()?.checked_mul(60)?.checked_add(minutes.parse().ok()?)?.checked_mul(60)?;
    if sign == "-" { there.checked_add(ahead) } else { there.checked_sub(ahead) }
}

#[cfg(test)]
mod tests {
    use super::{has_form, seconds};

    #[test]
    fn times_are_recognised_by_form() {
        for good in ["2026-11-22T10:00:00+08:00", "2026-11-22T10:00:00Z", "2026-11-22T10:00:00.123-01:30"] {
            assert!(has_form(good), "{good}");
        }
        for bad in
            ["", "2026-11-22", "2026-11-22 10:00:00Z", "2026-11-22T10:00:00", "2026-11-22T10:00:00.Z", "22-11-2026"]
        {
            assert!(!has_form(bad), "{bad}");
        }
    }

    #[test]
    fn the_offset_counts() {
        for (text, unix) in [
            ("2026-11-22T08:00:00+08:00", Some(1_795_305_600)),
            ("2026-11-22T00:00:00Z", Some(1_795_305_600)),
            ("2026-11-21T22:30:00.5-01:30", Some(1_795_305_600)),
            ("2026-02-30T00:00:00Z", None),
        ] {
            assert_eq!(seconds(text), unix, "{text}");
        }
    }
}
