//! The access token of an account's call: got before anything is sent, and once more where the gateway refuses it.

use super::{Engine, Next, State};
use crate::codec::Warning;
use crate::flow::attempt::Attempt;
use crate::flow::exchange::Exchange;
use crate::flow::plain::{NeedKind, NeedResult};
use crate::flow::token::{TokenFetch, TokenProgress};
use crate::moment::Moment;
use crate::protocol::Draft;
use crate::secret::Secret;
use std::sync::Arc;

/// The tokens of one flow.
#[derive(Default)]
pub(super) struct Tokens {
    /// Whether the host has a store for them.
    are_kept: bool,
    /// The draft without its token, and the token in use.
    in_use: Option<(Arc<Draft>, Secret)>,
    /// One refusal is answered with another token, the next one is an end.
    was_renewed: bool,
}

impl Engine {
    pub(in crate::flow) fn keep_tokens(&mut self) {
        self.tokens.are_kept = true;
    }

    /// Gets the token where the call needs one that the account does not have.
    pub(super) fn first_token(&mut self, call: Box<Exchange>, moment: &Moment) -> Next {
        match self.draft.token_from {
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
            TokenProgress::Failed(error) => self.unsent(error),
        }
    }

    /// Whether a refused token may be replaced: the refusal proved that the call had no effect, and it is the first one.
    pub(super) fn may_renew_token(&self) -> bool {
        self.tokens.in_use.is_some() && !self.tokens.was_renewed && self.budget.may_send()
    }

    pub(super) fn renew_token(&mut self, mut call: Box<Exchange>, moment: &Moment) -> Next {
        let Some((draft, refused)) = self.tokens.in_use.take() else { return self.begin_call(call, moment) };
        let Some(granting) = draft.token_from else { return self.begin_call(call, moment) };
        self.tokens.was_renewed = true;
        let host = call.host;
        call.restart(host);
        let fetch = TokenFetch::new(&draft.identity, granting, Some(refused));
        self.draft = draft;
        self.on_token(Box::new(fetch), call, Vec::new(), moment)
    }

    fn with_token(&mut self, fetch: &TokenFetch, mut call: Box<Exchange>, token: Secret, moment: &Moment) -> Next {
        let mut complete = match self.draft.with_access_token(&token) {
            Ok(draft) => draft,
            Err(error) => return self.unsent(error),
        };
        if fetch.store_failed() {
            let message = "the store failed: the access token was fetched for this call alone";
            complete.warnings.push(Warning { field: "store".to_owned(), message: message.to_owned() });
        }
        let complete = Arc::new(complete);
        call.draft = Arc::clone(&complete);
        self.tokens.in_use = Some((std::mem::replace(&mut self.draft, complete), token));
        if self.tokens.was_renewed {
            self.state = State::ExpectCall(call);
            return Next::Again;
        }
        self.begin(call, moment)
    }
}
