//! The worlds in which no decision may be wrong.

mod alike;
mod beyond;
mod programs;

use crate::calls::Job;
use crate::told::Told;
use crate::world::{Asked, Client, Fails, NOW, Nothing, Program, World, known, late, taken, untouched};
use alike::{proxied, repeated, strange};

pub(crate) use beyond::BEYOND;
pub(crate) use programs::PROGRAMS;

const ALL: &[Job] =
    &[Job::IssueOne, Job::IssueTwo, Job::Reverse, Job::ReverseUnnamed, Job::ForcedToken, Job::TitleUrl, Job::Query];
const WITH_IDS: &[Job] = &[Job::IssueOne, Job::IssueTwo, Job::Reverse];
const WITH_EFFECT: &[Job] = &[Job::IssueOne, Job::IssueTwo, Job::Reverse, Job::ForcedToken];

const EXISTS: Told = Told::Refusal(400, "RESOURCE_ALREADY_EXISTS");
const FAILED: Told = Told::Refusal(500, "SYSTEM_ERROR");
const LIMITED: Told = Told::Refusal(429, "FREQUENCY_LIMITED");
const INVALID: Told = Told::Refusal(400, "INVALID_REQUEST");
const PARAM: Told = Told::Refusal(400, "PARAM_ERROR");

/// Everything is as it should be, and nothing is answered but what is true.
pub(crate) const PLAIN: World = World {
    name: "",
    jobs: WITH_IDS,
    sends: |_| vec![taken(Told::Success)],
    questions: |_| vec![NOW],
    lag: 0,
    clock_ahead: 0,
    client: Client::SendsOnce,
    program: Program::Lives,
    fails: Fails::Nothing,
    depth: 6,
};

/// Programs that live long enough.
pub(crate) const WORLDS: &[World] = &[
    World {
        name: "honest",
        jobs: ALL,
        sends: |job| {
            let (failed, limited, refused) = match job {
                Job::ForcedToken => (Told::Errcode(-1), Told::Errcode(45011), Told::Errcode(40125)),
                _ => (FAILED, LIMITED, INVALID),
            };
            let lost = Told::Lost;
            let mut sends = vec![taken(Told::Success), taken(lost).after(2), untouched(lost).after(2)];
            sends.extend([untouched(Told::NotSent), taken(failed), untouched(failed)]);
            sends.extend([untouched(limited), untouched(refused)]);
            sends.extend([untouched(PARAM), known(EXISTS)].into_iter().filter(|_| job.is_signed()));
            sends
        },
        questions: |_| vec![NOW, Asked::Fails(Told::Lost), Asked::Fails(FAILED)],
        ..PLAIN
    },
    World { name: "strange answers", jobs: ALL, sends: strange, depth: 3, ..PLAIN },
    World {
        name: "strange answers to questions",
        sends: |_| vec![taken(Told::Success), taken(Told::Lost).after(2), untouched(Told::Lost).after(2)],
        questions: |_| {
            let empty = [Nothing::EmptyList, Nothing::NoList].map(|nothing| Asked::Shows([0, 0], nothing));
            let told = [Told::OtherBody, Told::EmptyObject, Told::Forged, Told::Probe, Told::NotSent, LIMITED];
            let refused = [Told::Refusal(404, "NOT_FOUND"), Told::Alike(404, "RESOURCE_NOT_EXISTS"), Told::Page(404)];
            let fails = told.into_iter().chain(refused).map(Asked::Fails);
            [NOW].into_iter().chain(empty).chain(fails).collect()
        },
        ..PLAIN
    },
    World {
        name: "the query lags",
        sends: |_| {
            let lost = [taken(Told::Lost), taken(Told::Lost).after(10), untouched(Told::Lost), taken(FAILED)];
            [taken(Told::Success)].into_iter().chain(lost).chain([known(EXISTS), known(INVALID)]).collect()
        },
        questions: |job| {
            let mut questions = [0, 3, 60].map(|lag| Asked::Shows([lag; 2], Nothing::Refused)).to_vec();
            // One of two invoices is shown first.
            questions.extend((job == Job::IssueTwo).then_some(Asked::Shows([0, 60], Nothing::EmptyList)));
            questions
        },
        lag: 60,
        ..PLAIN
    },
    World {
        name: "requests arrive late",
        jobs: WITH_EFFECT,
        sends: |job| {
            let mut sends = vec![taken(Told::Success), late(2, Told::Lost), late(20, Told::Lost).after(10)];
            // The last that is taken, and the first that is not.
            sends.extend([300, 301].map(|seconds| late(seconds, Told::Lost)));
            let pay = [late(30, Told::Refusal(503, "SERVICE_UNAVAILABLE")), untouched(INVALID), untouched(LIMITED)];
            sends.extend(pay.into_iter().filter(|_| job.is_signed()));
            sends
        },
        questions: |_| vec![NOW, Asked::Shows([60, 60], Nothing::Refused), Asked::Fails(Told::Lost)],
        lag: 60,
        ..PLAIN
    },
    World {
        name: "the client repeats by itself",
        jobs: WITH_EFFECT,
        sends: repeated,
        questions: |_| vec![NOW, Asked::Shows([5, 5], Nothing::Refused)],
        lag: 5,
        client: Client::Repeats,
        ..PLAIN
    },
    World {
        name: "a proxy answers",
        jobs: ALL,
        sends: proxied,
        questions: |_| vec![NOW, Asked::Fails(Told::Page(404))],
        ..PLAIN
    },
    World {
        name: "a reversal's query is old",
        jobs: &[Job::Reverse],
        sends: |_| {
            let lost = [taken(Told::Lost).after(2), untouched(Told::Lost).after(2), taken(FAILED), untouched(FAILED)];
            [taken(Told::Success)].into_iter().chain(lost).chain([known(INVALID), known(EXISTS)]).collect()
        },
        questions: |_| [0, 1, 5, 60].map(|lag| Asked::Shows([lag; 2], Nothing::Refused)).to_vec(),
        lag: 60,
        ..PLAIN
    },
    World {
        name: "keys fail",
        sends: |_| vec![taken(Told::Success), taken(Told::Lost), untouched(Told::Lost), untouched(LIMITED)],
        fails: Fails::Keys,
        ..PLAIN
    },
];
