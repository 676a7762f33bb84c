//! Access tokens of the stable endpoint.

use std::collections::{HashMap, VecDeque};

use super::AccountError;
use crate::random;

const LIFE: i64 = 7200;
/// In its last five minutes a token is replaced; old and new then both work for five minutes.
const OVERLAP: i64 = 300;
const FORCED_APART: i64 = 30;
const FORCED_A_DAY: usize = 20;
const DAY: i64 = 86_400;

/// How a token is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Normal,
    Forced,
}

/// A token that is handed out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Grant {
    pub(crate) token: String,
    pub(crate) expires_in: i64,
    pub(crate) is_new: bool,
}

/// The tokens of the sandbox's account.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    latest: Option<String>,
    ends: HashMap<String, End>,
    forced: VecDeque<i64>,
}

#[derive(Debug, Clone, Copy)]
struct End {
    at: i64,
    void: bool,
}

impl Tokens {
    /// Hands out a token by the rules of the mode.
    pub(crate) fn grant(&mut self, mode: Mode, now: i64) -> Result<Grant, AccountError> {
        let current = self.current(now);
        match mode {
            Mode::Forced if self.forced.back().is_none_or(|last| now - last >= FORCED_APART) => self.force(now),
            Mode::Normal | Mode::Forced => Ok(match current {
                Some((token, left)) if left > OVERLAP => Grant { token, expires_in: left, is_new: false },
                Some((token, _)) => {
                    self.ends.insert(token, End { at: now + OVERLAP, void: false });
                    self.renew(now)
                }
                None => self.renew(now),
            }),
        }
    }

    /// Whether a token can be used now.
    pub(crate) fn check(&self, token: &str, now: i64) -> Result<(), AccountError> {
        match self.ends.get(token) {
            None => Err(AccountError::TOKEN_UNKNOWN),
            Some(end) if end.void => Err(AccountError::TOKEN_INVALID),
            Some(end) if now >= end.at => Err(AccountError::TOKEN_EXPIRED),
            Some(_) => Ok(()),
        }
    }

    fn current(&self, now: i64) -> Option<(String, i64)> {
        let token = self.latest.as_ref()?;
        let end = self.ends.get(token).filter(|end| !end.void && end.at > now)?;
        Some((token.clone(), end.at - now))
    }

    /// A forced refresh voids what was handed out before.
    fn force(&mut self, now: i64) -> Result<Grant, AccountError> {
        while self.forced.front().is_some_and(|at| now - at >= DAY) {
            self.forced.pop_front();
        }
        if self.forced.len() >= FORCED_A_DAY {
            return Err(AccountError::QUOTA);
        }
        self.forced.push_back(now);
        self.ends.values_mut().for_each(|end| end.void = true);
        Ok(self.renew(now))
    }

    fn renew(&mut self, now: i64) -> Grant {
        let token = format!("{}_{}", random::digits(2), random::alphanumeric(133));
        self.ends.insert(token.clone(), End { at: now + LIFE, void: false });
        self.latest = Some(token.clone());
        Grant { token, expires_in: LIFE, is_new: true }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_token_comes_back_until_its_last_five_minutes() {
        let mut tokens = Tokens::default();
        let first = tokens.grant(Mode::Normal, 0).unwrap();
        let again = tokens.grant(Mode::Normal, LIFE - OVERLAP - 1).unwrap();
        assert_eq!((again.token.as_str(), again.expires_in), (first.token.as_str(), OVERLAP + 1));
    }

    #[test]
    fn old_and_new_overlap_for_five_minutes() {
        let mut tokens = Tokens::default();
        let old = tokens.grant(Mode::Normal, 0).unwrap().token;
        let turn = LIFE - OVERLAP;
        let new = tokens.grant(Mode::Normal, turn).unwrap();
        assert_ne!(old, new.token);
        assert_eq!(tokens.check(&old, turn + OVERLAP - 1), Ok(()));
        assert_eq!(tokens.check(&old, turn + OVERLAP), Err(AccountError::TOKEN_EXPIRED));
    }

    #[test]
    fn a_forced_refresh_voids_the_old_token_and_waits_thirty_seconds() {
        let mut tokens = Tokens::default();
        let old = tokens.grant(Mode::Normal, 0).unwrap().token;
        let forced = tokens.grant(Mode::Forced, 1).unwrap();
        assert_eq!(tokens.check(&old, 1), Err(AccountError::TOKEN_INVALID));
        assert_eq!(tokens.grant(Mode::Forced, 30).unwrap().token, forced.token);
        assert_ne!(tokens.grant(Mode::Forced, 31).unwrap().token, forced.token);
    }

    #[test]
    fn twenty_forced_refreshes_a_day_are_enough() {
        let mut tokens = Tokens::default();
        for round in 0..20 {
            tokens.grant(Mode::Forced, round * 30).unwrap();
        }
        assert_eq!(tokens.grant(Mode::Forced, 1000), Err(AccountError::QUOTA));
        assert!(tokens.grant(Mode::Forced, DAY).is_ok());
    }
}
