//! The access token of an account's call: got before anything is sent, and once more where the gateway refuses it.

use super::{Engine, Next, State};
use crate::codec::Warning;
use crate::error::Error;
use crate::flow::attempt::Attempt;
use crate::flow::exchange::Exchange;
use crate::flow::outcome::{Conclusion, Outcome};
use crate::flow::plain::{NeedKind, NeedResult, Untyped};
use crate::flow::rules::token_is_bad;
use crate::flow::token::{Grant, TokenFetch, TokenInUse, TokenProgress, key};
use crate::moment::Moment;
use crate::protocol::{Late, Verified};
use crate::secret::Secret;
use std::sync::Arc;
use zeroize::Zeroizing;

/// The tokens of one flow.
#[derive(Default)]
pub(super) struct Tokens {
    /// Whether the host has a store for them.
    are_kept: bool,
    in_use: Option<TokenInUse>,
    /// One refusal is answered with another token, the next one is an end.
    was_renewed: bool,
    /// What the answer granted to an account that authorised the platform.
    to_keep: Option<ToKeep>,
}

/// A text, and the key it is kept under.
pub(super) struct ToKeep {
    key: String,
    text: Zeroizing<String>,
    /// How often it was tried.
    tries: u32,
}

/// Most tries, where others write at the same time.
const MAX_TRIES: u32 = 5;

impl Engine {
    pub(in crate::flow) fn keep_tokens(&mut self) {
        self.tokens.are_kept = true;
    }

    /// Gets the token where the call needs one that the account does not have.
    pub(super) fn first_token(&mut self, call: Box<Exchange>, moment: &Moment) -> Next {
        match self.draft.late.map(Late::granting) {
            Some(granting) if self.tokens.are_kept => {
                let fetch = TokenFetch::new(&self.draft.identity, granting, None);
                self.on_token(Box::new(fetch), call, Vec::new(), moment)
            }
            _ => self.begin(call, moment),
        }
    }

    pub(super) fn on_token(
        &mut self,
        mut fetch: Box<TokenFetch>,
        call: Box<Exchange>,
        results: Vec<NeedResult>,
        moment: &Moment,
    ) -> Next {
        // Only an answer to a request of its own is noted.
        let answered = results.iter().any(|result| matches!(result, NeedResult::Answered { .. }));
        let attempt = self.attempts.last_mut().filter(|_| answered);
        match fetch.advance(results, moment, attempt) {
            TokenProgress::Need(kinds) => {
                if let [NeedKind::Send { host, .. }] = kinds.as_slice() {
                    self.attempts.push(Attempt::new(fetch.call(), self.attempts.len(), *host));
                }
                self.state = State::ExpectToken(fetch, call);
                Next::Need(kinds)
            }
            TokenProgress::Done(token) => self.with_token(&fetch, call, token, moment),
            TokenProgress::Failed(error) => self.without_token(call, error, moment),
        }
    }

    /// A ticket that was refused for the token it was asked with is asked for with another one.
    fn without_token(&mut self, call: Box<Exchange>, error: Error, moment: &Moment) -> Next {
        if token_is_bad(&error)
            && let Some(refused) = self.renewable_token()
        {
            return self.renew_token(refused, call, moment);
        }
        self.unsent(error)
    }

    /// The refused token, where it may be replaced: the refusal proved that the call had no effect, and it is the first one.
    pub(super) fn renewable_token(&mut self) -> Option<TokenInUse> {
        let may_renew = !self.tokens.was_renewed && self.budget.may_send();
        self.tokens.in_use.take_if(|_| may_renew)
    }

    pub(super) fn renew_token(&mut self, refused: TokenInUse, mut call: Box<Exchange>, moment: &Moment) -> Next {
        self.tokens.was_renewed = true;
        let host = call.host;
        call.restart(host);
        self.draft = refused.draft;
        let fetch = TokenFetch::new(&self.draft.identity, refused.granting, Some(refused.token));
        self.on_token(Box::new(fetch), call, Vec::new(), moment)
    }

    fn with_token(&mut self, fetch: &TokenFetch, mut call: Box<Exchange>, token: Secret, moment: &Moment) -> Next {
        let mut complete = match self.draft.complete(&token) {
            Ok(draft) => draft,
            Err(error) => return self.unsent(error),
        };
        if fetch.store_failed() {
            let message = "the store failed: the access token was fetched for this call alone";
            complete.warnings.push(Warning { field: "store".to_owned(), message: message.to_owned() });
        }
        let complete = Arc::new(complete);
        call.draft = Arc::clone(&complete);
        let draft = std::mem::replace(&mut self.draft, complete);
        if let Some(Late::Token(granting)) = draft.late {
            self.tokens.in_use = Some(TokenInUse { draft, granting, token });
        }
        if self.draft.late.is_some() {
            return self.first_token(call, moment);
        }
        if self.budget.has_sent() {
            self.state = State::ExpectCall(call);
            return Next::Again;
        }
        self.begin(call, moment)
    }

    /// Notes what an answer grants to an account that authorised the platform: the flow keeps it before it ends.
    pub(super) fn note_grant(&mut self, verified: &Verified<Untyped>, moment: &Moment) {
        let Some(call) = self.draft.call.for_authorizers.filter(|_| self.tokens.are_kept) else { return };
        let Ok(grant) = Grant::of(verified) else { return };
        let Some(appid) = &grant.authorizer else { return };
        let key = key(call.name, &self.draft.identity, Some(appid));
        self.tokens.to_keep = Some(ToKeep { key, text: Zeroizing::new(grant.to_text(moment.now())), tries: 0 });
    }

    /// Before it ends, the flow keeps what was granted: it loads what is there, then stores the grant over it.
    pub(super) fn keep_grant_first(&mut self, next: Next) -> Next {
        match (next, self.tokens.to_keep.take()) {
            (Next::Done(outcome), Some(keep)) => {
                let key = keep.key.clone();
                self.state = State::ExpectGrantLoaded(keep, Box::new(outcome));
                Next::Need(vec![NeedKind::Load { key }])
            }
            (next, keep) => {
                self.tokens.to_keep = keep;
                next
            }
        }
    }

    pub(super) fn grant_loaded(
        &mut self,
        keep: ToKeep,
        outcome: Box<Outcome<Conclusion>>,
        results: Vec<NeedResult>,
    ) -> Next {
        let Some(NeedResult::Loaded { version, .. }) = results.into_iter().next() else {
            return grant_not_kept(*outcome);
        };
        let need = NeedKind::Store { key: keep.key.clone(), text: keep.text.to_string(), version };
        self.state = State::ExpectGrantStored(keep, outcome);
        Next::Need(vec![need])
    }

    pub(super) fn grant_stored(
        &mut self,
        keep: ToKeep,
        outcome: Outcome<Conclusion>,
        results: Vec<NeedResult>,
    ) -> Next {
        match results.into_iter().next() {
            Some(NeedResult::Stored { .. }) => Next::Done(outcome),
            Some(NeedResult::LostRace) if keep.tries < MAX_TRIES => {
                self.tokens.to_keep = Some(ToKeep { tries: keep.tries.saturating_add(1), ..keep });
                self.keep_grant_first(Next::Done(outcome))
            }
            _ => grant_not_kept(outcome),
        }
    }
}

/// Tells that the program has to keep itself what the store did not.
fn grant_not_kept(mut outcome: Outcome<Conclusion>) -> Next {
    let message = "the store failed: keep authorizer_refresh_token, without it the account has to authorise again";
    outcome.warnings.push(Warning { field: "store".to_owned(), message: message.to_owned() });
    Next::Done(outcome)
}
