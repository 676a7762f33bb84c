//! What is in doubt, as a text that survives the process: kept before the request leaves, handed in again at the same call.

use crate::crypto::digest;
use crate::error::{Code, Error, Result};
use crate::identity::{Identity, Role};
use crate::json::{Members, Object, Raw, list, quote};
use crate::protocol::Draft;

/// The version of the text.
const VERSION: i64 = 1;
/// Longest text that is taken.
const MAX_BYTES: usize = 16 * 1024;
/// The gateway refuses requests whose timestamp is older, seconds.
/// [Official page](https://pay.weixin.qq.com/docs/merchant/development/interface-rules/basic-rules.html)
const REFUSED_AFTER: i64 = 300;
/// How long a query may lag behind what was written, seconds: own judgement.
const LAG: i64 = 60;
/// From when on a query's "not there" is final, seconds after the last send.
pub const FINAL_AFTER: i64 = REFUSED_AFTER + LAG;

/// A call whose effect is unknown: which one, and when it was last sent. Holds ids of the merchant's own, nothing personal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct InDoubt {
    pub(crate) subject: CallId,
    /// When it was last sent, Unix seconds.
    pub(crate) last_send: i64,
    /// How often it was sent.
    pub(crate) attempts: u32,
    /// Whether the last answer was a refusal that would come again.
    pub(crate) refused: bool,
    /// What became of it, once that is known.
    pub(crate) settled: Option<Settled>,
}

/// What became of a call that was in doubt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Settled {
    Yes,
    No,
}

/// What tells one call from another, whoever makes it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CallId {
    call: &'static str,
    /// SHA-256 of the caller and of the ids the call is about.
    about: String,
    ids: Vec<String>,
    /// SHA-256 of the body without the values that travel encrypted.
    body: String,
}

impl CallId {
    pub(crate) fn of(draft: &Draft) -> Self {
        let caller = match &*draft.identity {
            Identity::Merchant(merchant) => {
                let of = match &merchant.role {
                    Role::SubMerchant(number) => number.as_str(),
                    role => role.kind().as_str(),
                };
                format!("{} {of}", merchant.mchid)
            }
            Identity::Account(account) => account.appid.clone(),
        };
        let body = draft.pieces.join("\n");
        let (ids, query) = match &draft.subject {
            Some(subject) => (subject.ids.clone(), subject.query.as_str()),
            None => (Vec::new(), body.as_str()),
        };
        let about = [draft.call.name, &caller, &draft.target, query, &ids.join("\n")].join("\n");
        let hash = |text: &str| digest::hex(&digest::sha256(text.as_bytes()));
        Self { call: draft.call.name, about: hash(&about), ids, body: hash(&body) }
    }

    /// The key under which a store keeps what is in doubt.
    pub(crate) fn key(&self) -> String {
        format!("fapiao:in_doubt:{}:{}", self.call, self.about)
    }
}

impl InDoubt {
    /// From when on a query's "not there" is final, Unix seconds.
    pub(crate) fn ask_after(&self) -> i64 {
        self.last_send.saturating_add(FINAL_AFTER)
    }

    /// One JSON text, for any language and later versions.
    pub(crate) fn to_text(&self) -> String {
        let ids = list(self.subject.ids.iter().map(|id| {
            let mut quoted = String::new();
            quote(id, &mut quoted);
            quoted
        }));
        let settled = self.settled.map(|settled| if settled == Settled::Yes { "yes" } else { "no" });
        Members::new()
            .number("in_doubt", Some(VERSION))
            .text("call", Some(self.subject.call))
            .text("about", Some(&self.subject.about))
            .json("ids", &ids)
            .text("body", Some(&self.subject.body))
            .number("last_send", Some(self.last_send))
            .number("attempts", Some(self.attempts.into()))
            .json("refused", if self.refused { "true" } else { "false" })
            .text("settled", settled)
            .end()
    }

    /// Reads a text that was kept of this call.
    pub(crate) fn parse(text: &str, subject: CallId) -> Result<Self> {
        let wrong = |what: &str| Error::new(Code::InputInDoubt, what.to_owned()).at("in_doubt");
        let object = Some(text).filter(|text| text.len() <= MAX_BYTES).and_then(Object::parse);
        let object = object.ok_or_else(|| wrong("the text is not what a call in doubt gave: it is damaged or cut"))?;
        let number = |name: &str| object.value(name).and_then(|raw| raw.get().parse::<i64>().ok());
        match number("in_doubt") {
            Some(VERSION) => {}
            Some(_) => return Err(wrong("the text was written by a newer version of this library")),
            None => return Err(wrong("the text is not what a call in doubt gave: it is damaged or cut")),
        }
        let same = |name: &str, wanted: &str| object.value(name).and_then(Raw::text).is_some_and(|text| text == wanted);
        if !same("call", subject.call) || !same("about", &subject.about) {
            return Err(wrong("the text belongs to another call, or to another caller"));
        }
        let same_content = same("body", &subject.body);
        let settled = match object.value("settled").and_then(Raw::text).as_deref() {
            None => None,
            Some("yes") => Some(Settled::Yes),
            Some("no") => Some(Settled::No),
            Some(_) => return Err(wrong("the text is damaged: `settled` is neither yes nor no")),
        };
        // What was refused may be sent again under its ids once it is mended.
        if !same_content && settled != Some(Settled::No) {
            return Err(wrong("the text belongs to the same ids with another content: send what was sent before"));
        }
        let (Some(last_send), Some(attempts)) = (number("last_send").filter(|time| *time >= 0), number("attempts"))
        else {
            return Err(wrong("the text is damaged: it does not say when the call was sent"));
        };
        let refused = object.value("refused").is_some_and(|raw| raw.get() == "true");
        Ok(Self { subject, last_send, attempts: u32::try_from(attempts).unwrap_or(u32::MAX), refused, settled })
    }
}
