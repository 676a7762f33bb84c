//! Getting a token, step by step: look it up, say that it is being fetched, fetch it, keep it.

use super::TokenInUse;
use super::grant::{Grant, key};
use super::kept::Kept;
use crate::error::{Code, Error};
use crate::flow::attempt::Attempt;
use crate::flow::decision::{Decision, History};
use crate::flow::exchange::{Exchange, Progress};
use crate::flow::plain::{NeedKind, NeedResult};
use crate::identity::Identity;
use crate::moment::Moment;
use crate::protocol::Draft;
use crate::schema::{Call, Replay};
use crate::secret::Secret;
use std::sync::Arc;
use zeroize::Zeroizing;

/// Wait while somebody else fetches the token, milliseconds.
const PAUSE: u64 = 300;
/// Most looks into the store: at that pause longer than a lease lasts.
const MAX_LOOKS: u32 = 40;

/// A token being got.
pub(in crate::flow) struct TokenFetch {
    /// Whose token it is.
    pub(super) account: Arc<Identity>,
    /// Who makes the call: the account, or the third-party platform it has authorised.
    pub(super) granter: Arc<Identity>,
    /// The call that grants it.
    pub(super) call: &'static Call,
    /// The token that the gateway refused.
    pub(super) refused: Option<Secret>,
    pub(super) looks: u32,
    pub(super) sends: u32,
    /// Whether the store failed: the token is then fetched without it.
    pub(super) store_failed: bool,
    /// The token that the call itself took, where it may still be replaced.
    pub(super) in_use: Option<TokenInUse>,
    pub(super) state: State,
}

pub(super) enum State {
    Ready,
    ExpectLoaded,
    ExpectLeased(Kept),
    ExpectTicket(Lease),
    /// The token that the call itself takes.
    ExpectInner(Box<TokenFetch>, Arc<Draft>, Lease),
    ExpectGranted(Box<Exchange>, Lease),
    ExpectKept(Box<Grant>),
    /// What overtook this flow, to be replaced: what the next token is got with must not be lost.
    ExpectOvertaken(Box<Grant>),
    ExpectReleased(Error),
    Done,
}

/// What is kept while this flow fetches, and its version where it is this flow's to replace.
pub(super) struct Lease {
    pub(super) kept: Kept,
    pub(super) version: Option<String>,
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
        let (call, granter) = identity.granted_by(call);
        let (account, granter) = (Arc::clone(identity), Arc::new(granter));
        Self {
            account,
            granter,
            call,
            refused,
            looks: 0,
            sends: 0,
            store_failed: false,
            in_use: None,
            state: State::Ready,
        }
    }

    /// The name of the call that grants it.
    pub(in crate::flow) fn call(&self) -> &'static str {
        match &self.state {
            State::ExpectInner(inner, ..) => inner.call(),
            _ => self.call.name,
        }
    }

    /// Whether the store failed, so that the token is this flow's alone.
    pub(in crate::flow) fn store_failed(&self) -> bool {
        self.store_failed || matches!(&self.state, State::ExpectInner(inner, ..) if inner.store_failed())
    }

    /// Takes what the last needs gave (nothing at the start) and goes on.
    pub(in crate::flow) fn advance(
        &mut self,
        results: Vec<NeedResult>,
        moment: &Moment,
        mut attempt: Option<&mut Attempt>,
    ) -> TokenProgress {
        match std::mem::replace(&mut self.state, State::Done) {
            State::Ready => self.look(),
            State::ExpectLoaded => self.loaded(results.into_iter().next(), moment),
            State::ExpectLeased(kept) => match results.into_iter().next() {
                Some(NeedResult::Stored { version }) => self.fetch(Lease { kept, version: Some(version) }, moment),
                Some(NeedResult::LostRace) => self.look(),
                _ => self.alone(kept, moment),
            },
            State::ExpectTicket(lease) => self.with_ticket(lease, results.into_iter().next(), moment),
            State::ExpectInner(inner, draft, lease) => self.inner(inner, draft, lease, (results, moment, attempt)),
            State::ExpectGranted(mut exchange, lease) => {
                let progress = exchange.advance(results, moment, attempt.as_deref_mut());
                if let (Some(attempt), Progress::Done(result)) = (attempt, &progress) {
                    attempt.error = result.as_ref().err().map(Error::code);
                    attempt.decision = Some(match result {
                        Ok(_) => Decision::DONE,
                        Err(error) => Decision::of(self.call, Replay::Safe, error, History::default()),
                    });
                }
                self.on_grant(progress, exchange, lease, moment)
            }
            State::ExpectKept(grant) => match results.into_iter().next() {
                Some(NeedResult::Stored { .. }) => TokenProgress::Done(grant.token),
                // Who overtook this flow keeps a token that is as good.
                Some(NeedResult::LostRace) if grant.refresh.is_none() => TokenProgress::Done(grant.token),
                Some(NeedResult::LostRace) if self.looks < MAX_LOOKS => {
                    self.looks = self.looks.saturating_add(1);
                    self.state = State::ExpectOvertaken(grant);
                    TokenProgress::Need(vec![NeedKind::Load { key: self.key() }])
                }
                _ => self.not_kept(*grant),
            },
            State::ExpectOvertaken(grant) => match results.into_iter().next() {
                Some(NeedResult::Loaded { version, .. }) => self.store(grant, version, moment.now()),
                _ => self.not_kept(*grant),
            },
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
        let Some(NeedResult::Loaded { text, version }) = result else { return self.alone(Kept::default(), moment) };
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

    pub(super) fn keep(&mut self, grant: Box<Grant>, lease: Lease, now: i64) -> TokenProgress {
        match lease.version {
            Some(version) => self.store(grant, Some(version), now),
            None => TokenProgress::Done(grant.token),
        }
    }

    fn store(&mut self, grant: Box<Grant>, version: Option<String>, now: i64) -> TokenProgress {
        let text = grant.to_text(now);
        self.state = State::ExpectKept(grant);
        TokenProgress::Need(vec![NeedKind::Store { key: self.key(), text, version }])
    }

    fn not_kept(&mut self, grant: Grant) -> TokenProgress {
        self.store_failed = true;
        TokenProgress::Done(grant.token)
    }

    /// Ends without a token; whoever waits for this flow need not wait on.
    pub(super) fn failed(&mut self, error: Error, lease: Lease) -> TokenProgress {
        let error = if error.details().is_empty() { error.with("token_call", self.call.name) } else { error };
        let Some(version) = lease.version else { return TokenProgress::Failed(error) };
        self.state = State::ExpectReleased(error);
        let text = lease.kept.released().to_text();
        TokenProgress::Need(vec![NeedKind::Store { key: self.key(), text, version: Some(version) }])
    }

    fn key(&self) -> String {
        key(self.call.name, &self.granter, self.authorizer())
    }

    /// The account that the token is for, where another makes the call.
    pub(super) fn authorizer(&self) -> Option<&str> {
        let (account, granter) = (self.account.appid()?, self.granter.appid()?);
        (account != granter).then_some(account)
    }
}
