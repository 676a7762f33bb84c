//! Worlds in which nobody can decide right, or in which a program does not say what it knows: here the judge has to find faults,
//! each named, or it would find none anywhere.

use super::alike::repeated;
use super::{INVALID, PLAIN};
use crate::calls::Job;
use crate::tally::Fault;
use crate::told::Told;
use crate::world::{Asked, Keeps, NOW, Nothing, Program, World, late, taken, untouched};

/// The worlds, and what goes wrong there.
pub(crate) const BEYOND: &[(World, Fault)] = &[
    (World { name: "a client repeats, undeclared", sends: repeated, ..PLAIN }, Fault::WrongNo),
    (
        World {
            name: "a stranger gives a Request-ID",
            sends: |_| vec![taken(Told::Success), taken(Told::Refusal(403, "NO_AUTH"))],
            ..PLAIN
        },
        Fault::WrongNo,
    ),
    (
        World {
            name: "the query lags for minutes",
            sends: |_| vec![taken(Told::Success), taken(Told::Lost)],
            questions: |_| vec![NOW, Asked::Shows([400; 2], Nothing::Refused), Asked::Fails(Told::Lost)],
            lag: 400,
            ..PLAIN
        },
        Fault::WrongNo,
    ),
    (
        World {
            name: "a clock is minutes ahead",
            sends: |_| vec![taken(Told::Success), late(500, Told::Lost)],
            clock_ahead: 200,
            ..PLAIN
        },
        Fault::WrongNo,
    ),
    (
        World {
            name: "a failed reversal is repeated",
            jobs: &[Job::ReverseAgain],
            sends: |_| vec![taken(Told::Success), untouched(Told::Lost)],
            ..PLAIN
        },
        Fault::WrongYes,
    ),
    (
        World { name: "forgets, and is refused", sends: |_| vec![taken(Told::Lost), untouched(INVALID)], ..FORGETS },
        Fault::WrongNo,
    ),
    (World { name: "forgets, and does not ask", ..FORGETS }, Fault::Misdeed("sent again without an answer")),
    (World { name: "forgets what never repeats", jobs: &[Job::ForcedToken], ..FORGETS }, Fault::Twice),
    (
        World { name: "sends again what never repeats", jobs: &[Job::ForcedToken], ..FORGETS },
        Fault::Misdeed("sent again in doubt"),
    ),
];

const FORGETS: World = World {
    program: Program::Dies(Keeps::NothingAndTellsNobody),
    sends: |_| vec![taken(Told::Success), taken(Told::Lost)],
    depth: 3,
    ..PLAIN
};
