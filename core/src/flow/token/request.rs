//! The request that grants a token, with what it takes itself: a ticket that was pushed, a platform's token, a refresh token.

use super::TokenInUse;
use super::fetch::{Lease, State, TokenFetch, TokenProgress};
use super::grant::Grant;
use super::kept::Kept;
use super::ticket;
use crate::error::{Code, Error, Result};
use crate::flow::attempt::Attempt;
use crate::flow::effect::Resend;
use crate::flow::exchange::{Exchange, Progress};
use crate::flow::plain::{NeedKind, NeedResult};
use crate::flow::rules::{hear, token_is_bad};
use crate::json::Members;
use crate::moment::Moment;
use crate::protocol::{Draft, Late};
use std::sync::Arc;
use zeroize::Zeroizing;

/// Most requests for one token.
const MAX_SENDS: u32 = 3;
/// Wait before the token is asked for again, milliseconds.
const WAIT: u64 = 1_000;

impl TokenFetch {
    /// Fetches without the store.
    pub(super) fn alone(&mut self, kept: Kept, moment: &Moment) -> TokenProgress {
        self.store_failed = true;
        self.fetch(Lease { kept, version: None }, moment)
    }

    pub(super) fn fetch(&mut self, lease: Lease, moment: &Moment) -> TokenProgress {
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
            return self.inner(inner, Arc::new(draft), lease, (Vec::new(), moment, None));
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

    pub(super) fn with_ticket(&mut self, lease: Lease, result: Option<NeedResult>, moment: &Moment) -> TokenProgress {
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
    pub(super) fn inner(
        &mut self,
        mut inner: Box<TokenFetch>,
        draft: Arc<Draft>,
        lease: Lease,
        (results, moment, attempt): (Vec<NeedResult>, &Moment, Option<&mut Attempt>),
    ) -> TokenProgress {
        match inner.advance(results, moment, attempt) {
            TokenProgress::Need(kinds) => {
                self.state = State::ExpectInner(inner, draft, lease);
                TokenProgress::Need(kinds)
            }
            TokenProgress::Failed(error) => self.failed(error, lease),
            TokenProgress::Done(token) => {
                self.store_failed |= inner.store_failed();
                let complete = match draft.complete(&token) {
                    Ok(complete) => complete,
                    Err(error) => return self.failed(error, lease),
                };
                let first = inner.refused.is_none();
                self.in_use = first.then_some(TokenInUse { draft, granting: inner.call, token });
                self.send(complete, lease, moment)
            }
        }
    }

    fn send(&mut self, draft: Draft, lease: Lease, moment: &Moment) -> TokenProgress {
        let mut exchange = Box::new(Exchange::new(Arc::new(draft)));
        let progress = exchange.advance(Vec::new(), moment, None);
        self.on_grant(progress, exchange, lease, moment)
    }

    pub(super) fn on_grant(
        &mut self,
        progress: Progress,
        mut exchange: Box<Exchange>,
        lease: Lease,
        moment: &Moment,
    ) -> TokenProgress {
        let error = match progress {
            Progress::Need(kinds) => {
                self.sends = self.sends.saturating_add(1);
                self.state = State::ExpectGranted(exchange, lease);
                return TokenProgress::Need(kinds);
            }
            Progress::Done(Ok(answer)) => match Grant::of(&answer) {
                Ok(grant) => return self.keep(Box::new(grant), lease, moment.now()),
                Err(error) => error,
            },
            Progress::Unsent(error) | Progress::Done(Err(error)) => error,
        };
        if token_is_bad(&error)
            && let Some(in_use) = self.in_use.take()
        {
            let inner = Box::new(TokenFetch::new(&self.granter, in_use.granting, Some(in_use.token)));
            return self.inner(inner, in_use.draft, lease, (Vec::new(), moment, None));
        }
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
}
