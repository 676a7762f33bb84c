//! What is measured of running programs.

use super::contestants::{Contestant, Side};
use super::results::{Measure, Results};
use super::rounds::{Field, Group, Turn};
use anyhow::Result;

/// How long everything takes.
#[derive(Clone, Copy)]
pub(super) struct Extent {
    pub(super) rounds: u32,
    pub(super) long_rounds: u32,
    pub(super) processes: u32,
    pub(super) callers: u32,
}

/// Evidence, and a look.
pub(super) const FULL: Extent = Extent { rounds: 120, long_rounds: 100, processes: 20, callers: 1_000 };
pub(super) const QUICK: Extent = Extent { rounds: 30, long_rounds: 8, processes: 5, callers: 100 };

/// Calls in a turn: a few milliseconds at most, shorter than a turn of the scheduler, so that the least is undisturbed; and
/// so few that what was prepared for them stays in the caches.
const SIGNATURES: u32 = 8;
const VERIFICATIONS: u32 = 32;
/// Calls in a turn with two in flight: long beside what starting a thread takes, and beside the end, where one works alone.
const MANY_SIGNATURES: u32 = 80;
const MANY_VERIFICATIONS: u32 = 400;
/// Calls before the first round: by then the compilers of Java and Node have done their work.
const WARM_SIGNATURES: u32 = 500;
const WARM_VERIFICATIONS: u32 = 6_000;

/// Measures all of it.
pub(super) fn measure(field: &mut Field, extent: Extent, results: &mut Results) -> Result<()> {
    let signing = Turn { measure: Measure::Sign, op: "sign", calls: SIGNATURES, in_flight: 1, clock: "wall" };
    let verifying = Turn { measure: Measure::Verify, op: "verify", calls: VERIFICATIONS, ..signing };
    let one = |turn, what, takes_part: fn(&Contestant) -> bool| (what, vec![turn], takes_part);
    let pair = |turn: Turn, alone, together, what| {
        let turns = vec![Turn { measure: alone, ..turn }, Turn { measure: together, in_flight: 2, ..turn }];
        (what, turns, not_helped as fn(&Contestant) -> bool)
    };
    let (many_signing, many_verifying) =
        (Turn { calls: MANY_SIGNATURES, ..signing }, Turn { calls: MANY_VERIFICATIONS, ..verifying });
    let hold = |turn: Turn, measure| Turn { measure, clock: "loop", ..turn };
    let plan = [
        (extent.rounds, WARM_SIGNATURES, one(signing, "build + sign a request", not_a_yardstick)),
        (extent.rounds, WARM_VERIFICATIONS, one(verifying, "verify + parse a 700-byte answer", itself)),
        (extent.long_rounds, 0, pair(many_signing, Measure::SignAlone, Measure::SignTogether, "sign, two in flight")),
        (
            extent.long_rounds,
            0,
            pair(many_verifying, Measure::VerifyAlone, Measure::VerifyTogether, "verify, two in flight"),
        ),
        (extent.rounds, 0, one(hold(signing, Measure::SignHold), "event loop held by signing", with_event_loop)),
        (extent.rounds, 0, one(hold(verifying, Measure::VerifyHold), "event loop held by verifying", with_event_loop)),
    ];
    for (rounds, warm_up, (what, turns, takes_part)) in plan {
        field.measure(&Group { what, turns: &turns, takes_part }, rounds, warm_up, results)?;
    }
    Ok(())
}

fn not_a_yardstick(contestant: &Contestant) -> bool {
    contestant.side != Side::Yardstick
}

fn itself(contestant: &Contestant) -> bool {
    not_helped(contestant) && not_a_yardstick(contestant)
}

fn not_helped(contestant: &Contestant) -> bool {
    contestant.side != Side::Helped
}

fn with_event_loop(contestant: &Contestant) -> bool {
    contestant.event_loop
}
