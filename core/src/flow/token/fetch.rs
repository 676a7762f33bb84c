//! Getting a token, step by step: look it up, say that it is being fetched, fetch it, keep it.

use super::kept::Kept;
use crate::codec;
use crate::crypto::digest;
use crate::error::{Code, Error, Result};
use crate::flow::attempt::Attempt;
use crate::flow::decision::{Decision, History};
use crate::flow::effect::Resend;
use crate::flow::exchange::{Exchange, Progress};
use crate::flow::plain::{NeedKind, NeedResult, Untyped};
use crate::flow::rules::hear;
use crate::identity::{Host, Hosts, Identity};
use crate::json::{Object, Raw};
use crate::moment::Moment;
use crate::protocol::{Draft, Verified};
use crate::schema::{AnswerKind, Call, Replay, System};
use crate::secret::Secret;
use std::sync::Arc;
use zeroize::Zeroizing;

/// The member of the answer that is the token, and how long it is valid.
const TOKEN: &str = "access_token";
const EXPIRES_IN: &str = "expires_in";
/// Wait while somebody else fetches the token, milliseconds.
const PAUSE: u64 = 300;
/// Most looks into the store: at that pause longer than a lease lasts.
const MAX_LOOKS: u32 = 40;
/// Most requests for one token.
const MAX_SENDS: u32 = 3;
/// Wait before the token is asked for again, milliseconds.
const WAIT: u64 = 1_000;

/// A token being got.
pub(in crate::flow) struct TokenFetch {
    identity: Arc<Identity>,
    /// The call that grants it.
    call: &'static Call,
    /// The token that the gateway refused.
    refused: Option<Secret>,
    looks: u32,
    sends: u32,
    /// Whether the store failed: the token is then fetched without it.
    store_failed: bool,
    state: State,
}

enum State {
    Ready,
    ExpectLoaded,
    ExpectLeased(Kept),
    /// With what is kept meanwhile, and its version where it is this flow's to replace.
    ExpectGranted(Box<Exchange>, Kept, Option<String>),
    ExpectKept(Secret),
    ExpectReleased(Error),
    Done,
}

/// What getting a token does next.
pub(in crate::flow) enum TokenProgress {
    /// This has to be done elsewhere.
    Need(Vec<NeedKind>),
    /// It is there.
    Done(Secret),
    /// There is none.
    Failed(Error),
}

impl TokenFetch {
    /// Gets the token that this call grants; another than the refused one.
    pub(in crate::flow) fn new(identity: &Arc<Identity>, call: &'static Call, refused: Option<Secret>) -> Self {
        let identity = Arc::clone(identity);
        Self { identity, call, refused, looks: 0, sends: 0, store_failed: false, state: State::Ready }
    }

    /// The name of the call that grants it.
    pub(in crate::flow) fn call(&self) -> &'static str {
        self.call.name
    }

    /// Whether the store failed, so that the token is this flow's alone.
    pub(in crate::flow) fn store_failed(&self) -> bool {
        self.store_failed
    }

    /// Takes what the last needs gave (nothing at the start) and goes on.
    pub(in crate::flow) fn advance(
        &mut self,
        results: Vec<NeedResult>,
        moment: &Moment,
        mut attempt: Option<&mut Attempt>,
    ) -> TokenProgress {
        let now = moment.now();
        match std::mem::replace(&mut self.state, State::Done) {
            State::Ready => self.look(),
            State::ExpectLoaded => self.loaded(results.into_iter().next(), moment),
            State::ExpectLeased(kept) => match results.into_iter().next() {
                Some(NeedResult::Stored { version }) => self.fetch(kept, Some(version), moment),
                Some(NeedResult::LostRace) => self.look(),
                _ => self.alone(moment),
            },
            State::ExpectGranted(mut exchange, kept, version) => {
                let progress = exchange.advance(results, moment, attempt.as_deref_mut());
                if let (Some(attempt), Progress::Done(result)) = (attempt, &progress) {
                    attempt.error = result.as_ref().err().map(Error::code);
                    attempt.decision = Some(match result {
                        Ok(_) => Decision::DONE,
                        Err(error) => Decision::of(self.call, Replay::Safe, error, History::default()),
                    });
                }
                self.on_grant(progress, exchange, kept, version, now)
            }
            State::ExpectKept(token) => {
                // Who overtook this flow keeps a token that is as good.
                self.store_failed |= matches!(results.into_iter().next(), Some(NeedResult::Failed) | None);
                TokenProgress::Done(token)
            }
            State::ExpectReleased(error) => TokenProgress::Failed(error),
            State::Done => TokenProgress::Failed(Error::new(Code::InputState, "the token is there")),
        }
    }

    fn look(&mut self) -> TokenProgress {
        self.looks = self.looks.saturating_add(1);
        self.state = State::ExpectLoaded;
        TokenProgress::Need(vec![NeedKind::Load { key: self.key() }])
    }

    fn loaded(&mut self, result: Option<NeedResult>, moment: &Moment) -> TokenProgress {
        let Some(NeedResult::Loaded { text, version }) = result else { return self.alone(moment) };
        let now = moment.now();
        let kept = text.and_then(|text| Kept::parse(&Zeroizing::new(text))).unwrap_or_default();
        let kept = kept.without(self.refused.as_ref());
        if let Some(token) = kept.fresh(now) {
            return TokenProgress::Done(token.clone());
        }
        if kept.is_leased(now) {
            // While the old one is valid, whoever does not fetch goes on with it.
            if let Some(token) = kept.valid(now) {
                return TokenProgress::Done(token.clone());
            }
            if self.looks < MAX_LOOKS {
                self.state = State::Ready;
                return TokenProgress::Need(vec![NeedKind::Wait { milliseconds: PAUSE }]);
            }
        }
        let leased = kept.leased(now);
        let text = leased.to_text();
        self.state = State::ExpectLeased(kept);
        TokenProgress::Need(vec![NeedKind::Store { key: self.key(), text, version }])
    }

    /// Fetches without the store.
    fn alone(&mut self, moment: &Moment) -> TokenProgress {
        self.store_failed = true;
        self.fetch(Kept::default(), None, moment)
    }

    fn fetch(&mut self, kept: Kept, version: Option<String>, moment: &Moment) -> TokenProgress {
        let draft = match Draft::new(&self.identity, self.call, "{}", None) {
            Ok(draft) => draft,
            Err(error) => return self.failed(error, kept, version),
        };
        let mut exchange = Box::new(Exchange::new(Arc::new(draft)));
        let progress = exchange.advance(Vec::new(), moment, None);
        self.on_grant(progress, exchange, kept, version, moment.now())
    }

    fn on_grant(
        &mut self,
        progress: Progress,
        mut exchange: Box<Exchange>,
        kept: Kept,
        version: Option<String>,
        now: i64,
    ) -> TokenProgress {
        let error = match progress {
            Progress::Need(kinds) => {
                self.sends = self.sends.saturating_add(1);
                self.state = State::ExpectGranted(exchange, kept, version);
                return TokenProgress::Need(kinds);
            }
            Progress::Done(Ok(answer)) => match granted(&answer) {
                Ok((token, expires_in)) => return self.keep(token, expires_in, version, now),
                Err(error) => error,
            },
            Progress::Unsent(error) | Progress::Done(Err(error)) => error,
        };
        let resend = hear(&error).resend();
        if resend == Resend::No || self.sends >= MAX_SENDS {
            return self.failed(error, kept, version);
        }
        let host = exchange.host;
        exchange.restart(if resend == Resend::OtherHost { host.other() } else { host });
        self.state = State::ExpectGranted(exchange, kept, version);
        let milliseconds = if resend == Resend::Later { WAIT } else { 0 };
        TokenProgress::Need(vec![NeedKind::Wait { milliseconds }])
    }

    fn keep(&mut self, token: Secret, expires_in: i64, version: Option<String>, now: i64) -> TokenProgress {
        let Some(version) = version else { return TokenProgress::Done(token) };
        let text = Kept::granted(token.clone(), expires_in, now).to_text();
        self.state = State::ExpectKept(token);
        TokenProgress::Need(vec![NeedKind::Store { key: self.key(), text, version: Some(version) }])
    }

    /// Ends without a token; whoever waits for this flow need not wait on.
    fn failed(&mut self, error: Error, kept: Kept, version: Option<String>) -> TokenProgress {
        let error = error.with("token_call", self.call.name);
        let Some(version) = version else { return TokenProgress::Failed(error) };
        self.state = State::ExpectReleased(error);
        let text = kept.released().to_text();
        TokenProgress::Need(vec![NeedKind::Store { key: self.key(), text, version: Some(version) }])
    }

    /// Under which key the token is kept: by appid, and by host where that is no official one, since a sandbox grants tokens of its own.
    fn key(&self) -> String {
        let appid = self.identity.appid().unwrap_or_default();
        let base = self.identity.hosts().base(Host::Main);
        let key = format!("fapiao:{}:{appid}", self.call.name);
        if base == Hosts::of(System::Account).base(Host::Main) {
            return key;
        }
        let host = digest::hex(&digest::sha256(base.as_bytes()));
        format!("{key}:{}", host.get(..12).unwrap_or_default())
    }
}

/// The token of an answer, and the seconds it is valid.
fn granted(answer: &Verified<Untyped>) -> Result<(Secret, i64)> {
    let AnswerKind::Json(table) = answer.call().answer else { return Err(no_token()) };
    let json = Zeroizing::new(codec::decode(table, answer.body(), &[])?.json);
    let object = Object::parse(&json).ok_or_else(no_token)?;
    let token = object.value(TOKEN).and_then(Raw::owned_text).filter(|token| !token.is_empty());
    let expires_in = object.value(EXPIRES_IN).and_then(|raw| raw.get().parse().ok());
    token.map(Secret::new).zip(expires_in).ok_or_else(no_token)
}

fn no_token() -> Error {
    Error::new(Code::ParseMissing, "the answer holds no token").at("/access_token")
}
