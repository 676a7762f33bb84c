//! Callbacks, for languages that take texts and bytes.

use super::Incoming;
use super::caller::Caller;
use super::report;
use crate::callbacks::{self, CallbackAnswer, CallbackClaim, Event, Reception};
use crate::codec::for_floats;
use crate::error::{Code, Error, Result};
use crate::json::Members;
use crate::protocol::SignatureCheck;
use std::sync::Arc;

/// The merchants whose callbacks arrive at one URL.
#[derive(Clone, Debug)]
pub struct Receiver(callbacks::Receiver);

impl Receiver {
    /// Receives the callbacks of these callers.
    ///
    /// # Errors
    /// `key.missing` for a merchant without an `APIv3` key or a key of WeChat Pay, `input.call` for an account.
    pub fn new<'a>(callers: impl IntoIterator<Item = &'a Caller>) -> Result<Self> {
        let merchants = callers.into_iter().map(|caller| Arc::clone(&caller.identity)).collect();
        callbacks::Receiver::of(merchants).map(Self)
    }

    /// The same with one caller more.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn and(&self, caller: &Caller) -> Result<Self> {
        self.0.with(Arc::clone(&caller.identity)).map(Self)
    }

    /// Takes a callback: its headers, and its body as the raw bytes that came; the status counts for nothing. `now` in Unix
    /// seconds. Where the keys are elsewhere, the signature has to be checked next.
    pub fn receive(&self, callback: &Incoming, now: i64) -> Callback {
        match self.0.claim_view(&callback.view(), now) {
            Ok(claim) => Callback::of(claim, self.0.keys_elsewhere()),
            Err(error) => Callback(State::Done(Err(error))),
        }
    }
}

/// A callback, and what became of it.
#[derive(Debug)]
pub struct Callback(State);

#[derive(Debug)]
enum State {
    Claimed(CallbackClaim, Vec<u8>),
    Done(Result<Event>),
}

/// A signature that has to be checked (RSASSA-PKCS1-v1_5, SHA-256).
#[derive(Clone, Copy)]
pub struct SignatureToCheck<'a> {
    /// The id of the key.
    pub key_id: &'a str,
    /// The key, SPKI DER.
    pub public_key: &'a [u8],
    /// What is signed.
    pub message: &'a [u8],
    /// The signature.
    pub signature: &'a [u8],
}

impl std::fmt::Debug for SignatureToCheck<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignatureToCheck").field("key_id", &self.key_id).finish_non_exhaustive()
    }
}

impl Callback {
    fn of(claim: CallbackClaim, keys_elsewhere: bool) -> Self {
        #[cfg(feature = "_local-keys")]
        if !keys_elsewhere {
            return Self(State::Done(claim.check()));
        }
        #[cfg(not(feature = "_local-keys"))]
        let _ = keys_elsewhere;
        Self(match claim.signature() {
            Ok(signature) => State::Claimed(claim, signature),
            Err(error) => State::Done(Err(error)),
        })
    }

    /// The signature that has to be checked before anything else; nothing where that is done.
    pub fn to_check(&self) -> Option<SignatureToCheck<'_>> {
        let State::Claimed(claim, signature) = &self.0 else { return None };
        let key = claim.key();
        Some(SignatureToCheck { key_id: key.id(), public_key: key.spki_der(), message: claim.message(), signature })
    }

    /// Goes on with what the check found; without effect where nothing was to be checked, or nothing was found.
    ///
    /// # Security
    /// Whoever says `true` without having checked makes every forgery pass.
    #[must_use]
    pub fn settled(self, valid: Option<bool>) -> Self {
        match (self.0, valid) {
            (State::Claimed(claim, _), Some(valid)) => {
                let check = if valid { SignatureCheck::Valid } else { SignatureCheck::Invalid };
                Self(State::Done(claim.settle(check)))
            }
            (state, _) => Self(state),
        }
    }

    /// What became of it, as JSON: `reception`; `answer`, the `status`, `body` and `content_type` to answer, and
    /// `answer_if_failed`, where the work that follows fails; `event`, its `key` and `clock_offset` where it is genuine, `error`
    /// as in [`report::error`] where it is not. Nothing in `error` is secret or personal.
    pub fn report(&self) -> String {
        self.json(report::error, Event::to_json)
    }

    /// The same with `error` as in [`report::occurrence`], and with numbers that a 64-bit float would round as strings.
    pub fn report_for_floats(&self) -> String {
        self.json(report::occurrence, |event| {
            let json = event.to_json();
            for_floats(&json).unwrap_or(json)
        })
    }

    fn json(&self, error_to_json: fn(&Error) -> String, event_to_json: fn(&Event) -> String) -> String {
        let unchecked = Err(Error::new(Code::InputState, "the signature of this callback is not checked yet"));
        let result = match &self.0 {
            State::Done(result) => result,
            State::Claimed(..) => &unchecked,
        };
        let reception = Reception::of(result);
        let mut json = Members::new();
        json.text("reception", Some(reception.as_str()));
        json.json("answer", &answer(reception.answer())).json("answer_if_failed", &answer(Reception::failed()));
        match result {
            Ok(event) => {
                json.number("clock_offset", Some(event.clock_offset)).text("key", Some(&event.id));
                json.json("event", &event_to_json(event)).end()
            }
            Err(error) => json.json("error", &error_to_json(error)).end(),
        }
    }
}

fn answer(answer: CallbackAnswer) -> String {
    report::answer(answer.status, answer.body, CallbackAnswer::CONTENT_TYPE)
}
