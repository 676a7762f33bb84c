//! The sandbox's own clock: real time plus whatever the control API has added.

use std::{
    sync::atomic::{AtomicI64, Ordering},
    time::{SystemTime, UNIX_EPOCH},
};

use jiff::{Timestamp, tz};

/// A clock that can be moved forwards, so that nobody waits for a link to expire.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    /// Milliseconds.
    advanced: AtomicI64,
}

impl Clock {
    /// Seconds since 1970 on the virtual clock.
    pub(crate) fn now(&self) -> i64 {
        self.now_millis().div_euclid(1000)
    }

    /// Milliseconds since 1970 on the virtual clock.
    pub(crate) fn now_millis(&self) -> i64 {
        wall_millis() + self.advanced_millis()
    }

    /// Milliseconds the virtual clock is ahead of the machine's.
    pub(crate) fn advanced_millis(&self) -> i64 {
        self.advanced.load(Ordering::SeqCst)
    }

    /// Puts the virtual clock so far ahead of the machine's.
    pub(crate) fn put_ahead(&self, millis: i64) {
        self.advanced.store(millis, Ordering::SeqCst);
    }

    /// Moves the virtual clock forwards to a time, if that is still to come.
    pub(crate) fn reach(&self, millis: i64) {
        self.advanced.fetch_max(millis - wall_millis(), Ordering::SeqCst);
    }
}

/// Seconds since 1970 on the machine's clock.
pub(crate) fn wall() -> i64 {
    wall_millis().div_euclid(1000)
}

/// Writes a time as WeChat does, `yyyy-MM-DDTHH:mm:ss+08:00`.
pub(crate) fn rfc3339(seconds: i64) -> String {
    let moment = Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH);
    moment.to_zoned(tz::TimeZone::fixed(tz::offset(8))).strftime("%Y-%m-%dT%H:%M:%S+08:00").to_string()
}

/// Reads a time of RFC 3339 as milliseconds since 1970.
pub(crate) fn millis(text: &str) -> Option<i64> {
    let has_form = text.as_bytes().get(10) == Some(&b'T');
    text.parse::<Timestamp>().ok().filter(|_| has_form).map(Timestamp::as_millisecond)
}

fn wall_millis() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_in_china_standard_time() {
        assert_eq!(rfc3339(1_700_000_000), "2023-11-15T06:13:20+08:00");
    }

    #[test]
    fn times_are_read_with_or_without_fractions_and_in_any_zone() {
        for text in ["2023-11-15T06:13:20+08:00", "2023-11-14T22:13:20Z", "2023-11-14T22:13:20.000Z"] {
            assert_eq!(millis(text), Some(1_700_000_000_000), "{text}");
        }
        for text in ["2023-11-15 06:13:20+08:00", "2023-11-15T06:13:20", "2023-11-15", "1700000000"] {
            assert_eq!(millis(text), None, "{text}");
        }
    }
}
