//! The worlds that are walked through.

use crate::judge::Fault;
use crate::run::{Fate, Happens, World};
use crate::sabotage::Sabotage;

const PLAIN: World = World {
    name: "",
    way: "direct",
    split: 1,
    happens: &[],
    sends: &[Fate::Heard],
    queries: &[Fate::Heard],
    empty_lists: false,
    old_inside: false,
    depth: 7,
};

const ALL_SENDS: &[Fate] = &[Fate::Heard, Fate::AnswerLost, Fate::Lost, Fate::Late, Fate::Refused];
const ALL_QUERIES: &[Fate] = &[Fate::Heard, Fate::Stale, Fate::Lost];
const BACK: Happens = Happens::Refund(10_000);

static LOSSES: World =
    World { name: "answers lost and late", happens: &[BACK], sends: ALL_SENDS, queries: ALL_QUERIES, ..PLAIN };
static DIGITAL: World = World { name: "digital, failures, losses", way: "partner_digital", ..LOSSES };
static PART: World = World {
    name: "digital, a part refunded",
    way: "partner_digital",
    happens: &[Happens::Refund(3_000)],
    sends: &[Fate::Heard, Fate::AnswerLost],
    queries: &[Fate::Heard, Fate::Stale],
    ..PLAIN
};
static CARDS: World = World {
    name: "cards and titles",
    happens: &[BACK, Happens::CardIn, Happens::CardGone, Happens::TitleAgain],
    queries: &[Fate::Heard, Fate::Stale],
    ..PLAIN
};
static ELSEWHERE: World = World {
    name: "reversed elsewhere",
    happens: &[Happens::Elsewhere, BACK],
    sends: &[Fate::Heard, Fate::AnswerLost],
    queries: ALL_QUERIES,
    ..PLAIN
};
static SPLIT: World = World {
    name: "two invoices",
    split: 2,
    happens: &[Happens::Refund(5_000)],
    sends: &[Fate::Heard, Fate::AnswerLost, Fate::Late],
    queries: &[Fate::Heard, Fate::Stale],
    ..PLAIN
};
static EMPTY: World =
    World { name: "two invoices, empty lists", empty_lists: true, happens: &[Happens::Elsewhere], ..SPLIT };
static OLD: World =
    World { name: "two invoices, old statuses inside", old_inside: true, happens: &[Happens::Elsewhere], ..SPLIT };

static REPLACED: World = World {
    name: "replaced",
    happens: &[Happens::Replace, BACK],
    sends: ALL_SENDS,
    queries: &[Fate::Heard, Fate::Stale],
    ..PLAIN
};
static REPLACED_DIGITAL: World = World { name: "replaced, digital", way: "partner_digital", ..REPLACED };

pub(crate) static WORLDS: [&World; 10] =
    [&LOSSES, &DIGITAL, &PART, &CARDS, &ELSEWHERE, &SPLIT, &EMPTY, &OLD, &REPLACED, &REPLACED_DIGITAL];

/// Broken programs, a world in which each shows, and as what.
pub(crate) static BROKEN: &[(Sabotage, &World, Fault)] = &[
    (Sabotage::ForgetsWhatItSends, &LOSSES_SHORT, Fault::RefundOnLive),
    (Sabotage::TakesLostForFailed, &LOSSES_SHORT, Fault::RefundOnLive),
    (Sabotage::BelievesTheFirst404, &LOSSES_SHORT, Fault::RefundOnLive),
    (Sabotage::TakesLostForIssueFailed, &DIGITAL_SHORT, Fault::SecondLive),
    (Sabotage::TakesTheCardForTheInvoice, &CARDS_SHORT, Fault::RefundOnLive),
    (Sabotage::EventMarksAll, &EMPTY_SHORT, Fault::RefundOnLive),
    (Sabotage::TellsOldAnswersAsNew, &LOSSES_SHORT, Fault::Lowered),
    (Sabotage::TakesAcceptedForDone, &CARDS_SHORT, Fault::RefundOnLive),
];

static LOSSES_SHORT: World = World { depth: 5, ..LOSSES };
static DIGITAL_SHORT: World = World { depth: 4, ..DIGITAL };
static CARDS_SHORT: World = World { depth: 5, ..CARDS };
static EMPTY_SHORT: World = World { depth: 6, ..EMPTY };
