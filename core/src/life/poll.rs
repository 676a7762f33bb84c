//! When to ask again: soon at first, then with growing gaps. No rate is documented; these are our own judgement.

/// Gaps between questions, seconds; the last one goes on.
const GAPS: [i64; 4] = [10, 30, 120, 600];
/// The gap that goes on, seconds.
const LAST_GAP: i64 = 1_800;
/// After this long without an end a person should look, seconds.
pub(super) const PERSON_AFTER: i64 = 86_400;

/// When the next question is due about something that goes on since a time, if the last one was asked then. Unix seconds.
pub(super) fn due(since: i64, last_asked: Option<i64>) -> i64 {
    let is_next = |time: i64| last_asked.is_none_or(|asked| asked < time);
    let mut time = since;
    for gap in GAPS {
        time = time.saturating_add(gap);
        if is_next(time) {
            return time;
        }
    }
    let behind = last_asked.unwrap_or(time).saturating_sub(time);
    let rounds = behind.checked_div(LAST_GAP).unwrap_or(0).saturating_add(1);
    time.saturating_add(rounds.saturating_mul(LAST_GAP))
}

/// When a call that was refused may be made again: later each time. Unix seconds.
pub(super) fn after_refusal(at: i64, attempts: i64, throttled: bool) -> i64 {
    if !throttled {
        return at.saturating_add(600);
    }
    let doublings = u32::try_from(attempts.clamp(1, 8)).unwrap_or(8);
    at.saturating_add(5_i64.saturating_mul(2_i64.saturating_pow(doublings)).min(LAST_GAP))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_grow_and_then_stay() {
        let mut asked = None;
        let mut times = Vec::new();
        for _ in 0..7 {
            let time = due(1_000, asked);
            times.push(time - 1_000);
            asked = Some(time);
        }
        assert_eq!(times, [10, 40, 160, 760, 2_560, 4_360, 6_160]);
        assert_eq!(due(1_000, Some(500)), 1_010, "a question from before does not count");
        assert_eq!(due(1_000, Some(1_015)), 1_040);
    }
}
