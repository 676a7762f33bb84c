//! A token as a store keeps it: one JSON text, for any language and later versions.

use crate::json::{Members, Object, Raw};
use crate::secret::Secret;
use zeroize::Zeroizing;

/// The version of the text.
const VERSION: i64 = 1;
/// Longest text that is taken.
const MAX_BYTES: usize = 16 * 1024;
/// In its last five minutes a token is replaced; the old one stays valid as long.
const OVERLAP: i64 = 300;
/// For how long whoever fetches a token may take, seconds.
const LEASE: i64 = 10;

/// A token, and who is fetching the next one.
#[derive(Clone, Default)]
pub(super) struct Kept {
    /// None while the first one is being fetched.
    token: Option<Secret>,
    /// What the next token is got with, where each is used once.
    refresh: Option<Secret>,
    /// Unix seconds.
    expires_at: i64,
    /// Until when somebody is fetching, Unix seconds; 0 where nobody is.
    leased_until: i64,
}

impl Kept {
    /// A token that was granted now.
    pub(super) fn granted(token: Secret, refresh: Option<Secret>, expires_in: i64, now: i64) -> Self {
        Self { token: Some(token), refresh, expires_at: now.saturating_add(expires_in), leased_until: 0 }
    }

    /// What the next token is got with.
    pub(super) fn refresh(&self) -> Option<&Secret> {
        self.refresh.as_ref()
    }

    /// The token, where it is good for some time yet.
    pub(super) fn fresh(&self, now: i64) -> Option<&Secret> {
        self.token.as_ref().filter(|_| now < self.expires_at.saturating_sub(OVERLAP))
    }

    /// The token, while it is valid.
    pub(super) fn valid(&self, now: i64) -> Option<&Secret> {
        self.token.as_ref().filter(|_| now < self.expires_at)
    }

    /// The same without a token that the gateway refused.
    pub(super) fn without(mut self, refused: Option<&Secret>) -> Self {
        if let (Some(token), Some(refused)) = (&self.token, refused)
            && token.reveal() == refused.reveal()
        {
            self.token = None;
        }
        self
    }

    /// Whether somebody is fetching the next one. A clock that was set back makes no lease longer.
    pub(super) fn is_leased(&self, now: i64) -> bool {
        now < self.leased_until && self.leased_until <= now.saturating_add(LEASE)
    }

    /// The same, with this flow fetching the next one.
    pub(super) fn leased(&self, now: i64) -> Self {
        Self { leased_until: now.saturating_add(LEASE), ..self.clone() }
    }

    /// The same, with nobody fetching.
    pub(super) fn released(&self) -> Self {
        Self { leased_until: 0, ..self.clone() }
    }

    pub(super) fn to_text(&self) -> String {
        let mut json = Members::new();
        json.number("token", Some(VERSION)).text("value", self.token.as_ref().map(Secret::reveal));
        if let Some(refresh) = &self.refresh {
            json.text("refresh", Some(refresh.reveal()));
        }
        json.number("expires_at", Some(self.expires_at)).number("leased_until", Some(self.leased_until)).end()
    }

    /// Reads a text that was kept; nothing where it is damaged, cut, or written by a newer version: the token is then fetched anew.
    pub(super) fn parse(text: &Zeroizing<String>) -> Option<Self> {
        let object = Some(text.as_str()).filter(|text| text.len() <= MAX_BYTES).and_then(Object::parse)?;
        let number = |name: &str| object.value(name).and_then(|raw| raw.get().parse::<i64>().ok());
        if number("token") != Some(VERSION) {
            return None;
        }
        let secret = |name: &str| object.value(name).and_then(Raw::owned_text).filter(|text| !text.is_empty());
        Some(Self {
            token: secret("value").map(Secret::new),
            refresh: secret("refresh").map(Secret::new),
            expires_at: number("expires_at")?,
            leased_until: number("leased_until")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept() -> Kept {
        Kept::granted(Secret::new("T"), None, 7200, 1000)
    }

    #[test]
    fn a_token_is_fresh_until_its_last_five_minutes_and_valid_to_its_end() {
        assert!(kept().fresh(7899).is_some());
        assert!(kept().fresh(7900).is_none());
        assert!(kept().valid(8199).is_some());
        assert!(kept().valid(8200).is_none());
    }

    #[test]
    fn a_lease_ends_after_ten_seconds_and_no_clock_makes_it_longer() {
        let leased = kept().leased(1000);
        assert!(leased.is_leased(1000) && leased.is_leased(1009));
        assert!(!leased.is_leased(1010));
        assert!(!leased.is_leased(999), "a clock that was set back");
        assert!(!leased.released().is_leased(1000));
    }

    #[test]
    fn only_the_refused_token_is_forgotten() {
        assert!(kept().without(Some(&Secret::new("T"))).valid(1000).is_none());
        assert!(kept().without(Some(&Secret::new("U"))).valid(1000).is_some());
        assert!(kept().without(None).valid(1000).is_some());
    }

    #[test]
    fn a_text_comes_back_as_it_was_kept() {
        let text = Zeroizing::new(kept().leased(1001).to_text());
        assert_eq!(text.as_str(), r#"{"token":1,"value":"T","expires_at":8200,"leased_until":1011}"#);
        let read = Kept::parse(&text).unwrap();
        assert_eq!(read.to_text(), *text);
    }

    #[test]
    fn what_is_no_kept_token_is_none() {
        for text in [
            "",
            "{}",
            "[]",
            "{\"token\":2,\"value\":\"T\",\"expires_at\":1,\"leased_until\":0}",
            "{\"token\":1,\"value\":\"T\"}",
        ] {
            assert!(Kept::parse(&Zeroizing::new(text.to_owned())).is_none(), "{text}");
        }
        let empty =
            Kept::parse(&Zeroizing::new("{\"token\":1,\"value\":\"\",\"expires_at\":9,\"leased_until\":0}".to_owned()));
        assert!(empty.unwrap().valid(1).is_none());
    }
}
