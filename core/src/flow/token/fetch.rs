//! Getting a token, step by step: look it up, say that it is being fetched, fetch it, keep it.

use super::grant::{Grant, key};
use super::kept::Kept;
use super::ticket;
use crate::error::{Code, Error, Result};
use crate::flow::attempt::Attempt;
use crate::flow::decision::{Decision, History};
use crate::flow::effect::Resend;
use crate::flow::exchange::{Exchange, Progress};
use crate::flow::plain::{NeedKind, NeedResult};
use crate::flow::rules::hear;
use crate::identity::Identity;
use crate::json::Members;
use crate::moment::Moment;
use crate::protocol::{Draft, Late};
use crate::schema::{Call, Replay};
use crate::secret::Secret;
use std::sync::Arc;
use zeroize::Zeroizing;

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
    /// Whose token it is.
    account: Arc<Identity>,
    /// Who makes the call: the account, or the third-party platform it has authorised.
    granter: Arc<Identity>,
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
    ExpectTicket(Lease),
    /// The token that the call itself takes.
    ExpectInner(Box<TokenFetch>, Box<Draft>, Lease),
    ExpectGranted(Box<Exchange>, Lease),
    ExpectKept(Box<Grant>),
    /// What overtook this flow, to be replaced: what the next token is got with must not be lost.
    ExpectOvertaken(Box<Grant>),
    ExpectReleased(Error),
    Done,
}

/// What is kept while this flow fetches, and its version where it is this flow's to replace.
struct Lease {
    kept: Kept,
    version: Option<String>,
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
        Self { account, granter, call, refused, looks: 0, sends: 0, store_failed: false, state: State::Ready }
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
        let now = moment.now();
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
                self.on_grant(progress, exchange, lease, now)
            }
            State::ExpectKept(grant) => match results.into_iter().next() {
                Some(NeedResult::LostRace) if grant.refresh.is_some() && self.looks < MAX_LOOKS => {
                    self.looks = self.looks.saturating_add(1);
                    self.state = State::ExpectOvertaken(grant);
                    TokenProgress::Need(vec![NeedKind::Load { key: self.key() }])
                }
                // Who overtook this flow keeps a token that is as good.
                Some(NeedResult::Stored { .. } | NeedResult::LostRace) => TokenProgress::Done(grant.token),
                _ => {
                    self.store_failed = true;
                    TokenProgress::Done(grant.token)
                }
            },
            State::ExpectOvertaken(grant) => match results.into_iter().next() {
                Some(NeedResult::Loaded { version, .. }) => self.store(grant, version, now),
                _ => {
                    self.store_failed = true;
                    TokenProgress::Done(grant.token)
                }
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

    /// Fetches without the store.
    fn alone(&mut self, kept: Kept, moment: &Moment) -> TokenProgress {
        self.store_failed = true;
        self.fetch(Lease { kept, version: None }, moment)
    }

    fn fetch(&mut self, lease: Lease, moment: &Moment) -> TokenProgress {
        let payload = match self.payload(&lease.kept) {
            Ok(payload) => Zeroizing::new(payload),
            Err(error) => return self.failed(error, lease),
        };
        let draft = match Draft::new(&self.granter, self.call, &payload, None) {
            Ok(draft) => draft,
            Err(error) if error.code() == Code::SendTicket => {
                self.state = State::ExpectTicket(lease);
                let key = ticket::key(self.granter.appid().unwrap_or_default());
                return TokenProgress::Need(vec![NeedKind::Load { key }]);
            }
            Err(error) => return self.failed(error, lease),
        };
        if let Some(Late::Token(call)) = draft.late {
            let inner = Box::new(TokenFetch::new(&self.granter, call, None));
            return self.inner(inner, Box::new(draft), lease, (Vec::new(), moment, None));
        }
        self.send(draft, lease, moment)
    }

    /// What the call takes: of an account behind a platform, what the last answer gave for the next token.
    fn payload(&self, kept: &Kept) -> Result<String> {
        let Some(appid) = self.authorizer() else { return Ok("{}".to_owned()) };
        let Some(refresh) = kept.refresh() else {
            let message = "the account has not authorised the platform, or its refresh token was not kept";
            return Err(Error::new(Code::SendAuthorization, message).at("authorizer_refresh_token"));
        };
        let mut payload = Members::new();
        payload.text("authorizer_appid", Some(appid)).text("authorizer_refresh_token", Some(refresh.reveal()));
        Ok(payload.end())
    }

    fn with_ticket(&mut self, lease: Lease, result: Option<NeedResult>, moment: &Moment) -> TokenProgress {
        let kept = match result {
            Some(NeedResult::Loaded { text, .. }) => text.map(Zeroizing::new),
            _ => None,
        };
        let ticket = ticket::read(kept.as_ref().map(|text| text.as_str()), moment.now());
        match ticket.and_then(|ticket| self.granter.with_verify_ticket(ticket)) {
            Ok(granter) => {
                self.granter = Arc::new(granter);
                self.fetch(lease, moment)
            }
            Err(error) => self.failed(error, lease),
        }
    }

    /// Gets the token that the call itself takes.
    fn inner(
        &mut self,
        mut inner: Box<TokenFetch>,
        draft: Box<Draft>,
        lease: Lease,
        (results, moment, attempt): (Vec<NeedResult>, &Moment, Option<&mut Attempt>),
    ) -> TokenProgress {
        match inner.advance(results, moment, attempt) {
            TokenProgress::Need(kinds) => {
                self.state = State::ExpectInner(inner, draft, lease);
                TokenProgress::Need(kinds)
            }
            TokenProgress::Failed(error) => self.failed(error, lease),
            TokenProgress::Done(token) => match draft.complete(&token) {
                Ok(draft) => self.send(draft, lease, moment),
                Err(error) => self.failed(error, lease),
            },
        }
    }

    fn send(&mut self, draft: Draft, lease: Lease, moment: &Moment) -> TokenProgress {
        let mut exchange = Box::new(Exchange::new(Arc::new(draft)));
        let progress = exchange.advance(Vec::new(), moment, None);
        self.on_grant(progress, exchange, lease, moment.now())
    }

    fn on_grant(&mut self, progress: Progress, mut exchange: Box<Exchange>, lease: Lease, now: i64) -> TokenProgress {
        let error = match progress {
            Progress::Need(kinds) => {
                self.sends = self.sends.saturating_add(1);
                self.state = State::ExpectGranted(exchange, lease);
                return TokenProgress::Need(kinds);
            }
            Progress::Done(Ok(answer)) => match Grant::of(&answer) {
                Ok(grant) => return self.keep(Box::new(grant), lease, now),
                Err(error) => error,
            },
            Progress::Unsent(error) | Progress::Done(Err(error)) => error,
        };
        let resend = hear(&error).resend();
        if resend == Resend::No || self.sends >= MAX_SENDS {
            return self.failed(error, lease);
        }
        let host = exchange.host;
        exchange.restart(if resend == Resend::OtherHost { host.other() } else { host });
        self.state = State::ExpectGranted(exchange, lease);
        let milliseconds = if resend == Resend::Later { WAIT } else { 0 };
        TokenProgress::Need(vec![NeedKind::Wait { milliseconds }])
    }

    fn keep(&mut self, grant: Box<Grant>, lease: Lease, now: i64) -> TokenProgress {
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

    /// Ends without a token; whoever waits for this flow need not wait on.
    fn failed(&mut self, error: Error, lease: Lease) -> TokenProgress {
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
    fn authorizer(&self) -> Option<&str> {
        let (account, granter) = (self.account.appid()?, self.granter.appid()?);
        (account != granter).then_some(account)
    }
}
