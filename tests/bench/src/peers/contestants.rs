//! Who takes part. One line each: another door of this project, or another SDK, is one more.

use super::programs::{
    AXIOS, BARE_NODE, BARE_PYTHON, EDGE, GO, JAVA, NODE, NODE_V3, PYTHON, Program, RUST, WECHATPAYV3,
};

/// What somebody is measured as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// The operations of a crypto library, with parsed keys.
    Bare,
    /// This project.
    Ours,
    /// Another SDK.
    Peer,
    /// Another SDK, helped over something to show what that costs.
    Helped,
    /// Other work of the same length, to show what a runtime makes of two at once.
    Yardstick,
}

/// One of those who are measured.
pub(super) struct Contestant {
    pub(super) name: &'static str,
    pub(super) side: Side,
    pub(super) program: &'static Program,
    /// Whether its event loop is looked at.
    pub(super) event_loop: bool,
}

pub(super) const BARE_AWS_LC: &str = "aws-lc, bare";
pub(super) const BARE_WEBCRYPTO: &str = "WebCrypto, bare";
const HASHLIB: &str = "Python's hashlib, calls as long";
const NODE_V3_PARSED: &str = "wechatpay-node-v3, its key parsed";

/// Everybody.
pub(super) const CONTESTANTS: &[Contestant] = &[
    Contestant { name: BARE_AWS_LC, side: Side::Bare, program: &RUST, event_loop: false },
    Contestant { name: BARE_WEBCRYPTO, side: Side::Bare, program: &EDGE, event_loop: false },
    Contestant { name: RUST.name, side: Side::Ours, program: &RUST, event_loop: false },
    Contestant { name: PYTHON.name, side: Side::Ours, program: &PYTHON, event_loop: false },
    Contestant { name: HASHLIB, side: Side::Yardstick, program: &PYTHON, event_loop: false },
    Contestant { name: NODE.name, side: Side::Ours, program: &NODE, event_loop: true },
    Contestant { name: EDGE.name, side: Side::Ours, program: &EDGE, event_loop: true },
    Contestant { name: WECHATPAYV3.name, side: Side::Peer, program: &WECHATPAYV3, event_loop: false },
    Contestant { name: NODE_V3.name, side: Side::Peer, program: &NODE_V3, event_loop: true },
    Contestant { name: NODE_V3_PARSED, side: Side::Helped, program: &NODE_V3, event_loop: false },
    Contestant { name: AXIOS.name, side: Side::Peer, program: &AXIOS, event_loop: true },
    Contestant { name: GO.name, side: Side::Peer, program: &GO, event_loop: false },
    Contestant { name: JAVA.name, side: Side::Peer, program: &JAVA, event_loop: false },
];

/// Interpreters without anything, to compare cold starts with.
pub(super) const ALONE: [&Program; 2] = [&BARE_PYTHON, &BARE_NODE];

impl Contestant {
    /// What its program measures for it.
    pub(super) fn subject(&self) -> &'static str {
        match self.side {
            Side::Ours | Side::Peer => "whole",
            Side::Bare | Side::Helped | Side::Yardstick => "bare",
        }
    }

    /// Whether it is a whole program: only such start, and have callers.
    pub(super) fn is_whole(&self) -> bool {
        matches!(self.side, Side::Ours | Side::Peer)
    }
}

/// Those of one side, by name.
pub(super) fn names(side: Side) -> impl Iterator<Item = &'static str> {
    CONTESTANTS.iter().filter(move |contestant| contestant.side == side).map(|contestant| contestant.name)
}
