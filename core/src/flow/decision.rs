//! What an outcome means for money: did it take effect, and what is right to do next.

use super::effect::{Effect, Resend};
use super::rules::{Heard, Proof, hear, token_is_bad};
use crate::error::Error;
use crate::schema::{Call, Layout, Replay, System};

/// What an outcome means and what to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Decision {
    /// Whether the call took effect at the gateway.
    pub effect: Effect,
    /// Whether the same request (the same ids and values, signed afresh) may be sent again.
    pub resend: Resend,
    /// The call that must answer first, before anything is sent again.
    pub first: Option<&'static str>,
    /// Of an unknown effect: from when on (Unix seconds) the answer of `first` is final. Before, "not there" proves nothing.
    pub ask_after: Option<i64>,
}

/// What is known besides the error itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// An earlier attempt under these ids may have taken effect.
    pub in_doubt: bool,
    /// The client is known to repeat requests by itself.
    pub client_repeats: bool,
}

impl Decision {
    /// What a success means.
    pub(crate) const DONE: Self = Self { effect: Effect::Yes, resend: Resend::No, first: None, ask_after: None };

    /// What an error of this call means.
    pub(crate) fn of(call: &Call, replay: Replay, error: &Error, history: History) -> Self {
        let heard = match hear(error) {
            // Account answers are not signed: one that cannot be read may be somebody else's.
            Heard::Unreadable if call.system == System::Account => Heard::Unbelievable,
            heard => heard,
        };
        Self::on(call, replay, heard, history).or_first(call, error)
    }

    /// What it means that the request was never handed to the client.
    pub(crate) fn unsent(call: &Call, replay: Replay, history: History) -> Self {
        Self::on(call, replay, Heard::Unsent, history)
    }

    /// What hearing this of a call means: the whole of the decision table.
    pub(crate) fn on(call: &Call, replay: Replay, heard: Heard, history: History) -> Self {
        let effect = effect(&replay, heard, history);
        // A link has one host only.
        let resend = match resend(&replay, heard, history) {
            Resend::OtherHost if call.layout.is_download() => Resend::Later,
            resend => resend,
        };
        let first = replay.evidence().filter(|_| effect == Effect::Unknown).map(|evidence| evidence.query.name);
        Self { effect, resend, first, ask_after: None }
    }

    /// Names the call that mends what the error says is over: a link, a token.
    fn or_first(self, call: &Call, error: &Error) -> Self {
        let renewed = match (hear(error), call.layout) {
            (Heard::WrongFile | Heard::NoFile, Layout::Download { link_from }) => Some(link_from),
            _ if token_is_bad(error) => call.token_from,
            _ => None,
        };
        Self { first: self.first.or(renewed.map(|call| call.name)), ..self }
    }
}

/// The effect of a call of this class after this was heard.
pub fn effect(replay: &Replay, heard: Heard, history: History) -> Effect {
    let proven = match heard.proof() {
        Proof::Nothing => Effect::Unknown,
        Proof::NoIfSentOnce if history.client_repeats => Effect::Unknown,
        Proof::No | Proof::NoIfSentOnce => Effect::No,
        Proof::Yes => Effect::Yes,
    };
    match (replay, proven) {
        (Replay::Safe, Effect::Unknown) => Effect::No,
        (Replay::SameIds(_) | Replay::Never(_), Effect::No) if history.in_doubt => Effect::Unknown,
        (_, effect) => effect,
    }
}

/// Whether and how a request of a call of this class may be sent again after this was heard. Of an unknown effect, the call that
/// tells is asked first.
pub fn resend(replay: &Replay, heard: Heard, history: History) -> Resend {
    match (replay, effect(replay, heard, history)) {
        (Replay::Never(_), Effect::Unknown) => Resend::No,
        _ => heard.resend(),
    }
}
