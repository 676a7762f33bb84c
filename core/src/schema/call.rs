//! One call of an official list.

use super::answer::AnswerKind;
use super::caller::{CallerKind, System};
use super::field::Table;
use super::generation::Generations;
use super::method::Method;

/// One call: everything core, sandbox documentation and bindings need to know of it.
#[derive(Debug)]
#[non_exhaustive]
pub struct Call {
    /// The name in every language, in that language's case convention.
    pub name: &'static str,
    /// Its number in the official order of this project's catalogue.
    pub number: &'static str,
    /// The official Chinese name.
    pub title: &'static str,
    /// What it does.
    pub doc: &'static str,
    /// The official page.
    pub page: &'static str,
    /// Which system answers.
    pub system: System,
    /// The HTTP method.
    pub method: Method,
    /// The path, with `{field}` where a path field goes; empty when the URL is a field.
    pub path: &'static str,
    /// Who may make it.
    pub callers: &'static [CallerKind],
    /// The generations of the documents that have it.
    pub generations: Generations,
    /// What repeating it does.
    pub replay: Replay,
    /// A boolean field that, when true, makes the call one never to repeat.
    pub never_replay_if: Option<&'static str>,
    /// The call that fetches the access token it takes.
    pub token_from: Option<&'static Call>,
    /// The call that grants the `ticket` it takes, where the payload has none.
    pub ticket_from: Option<&'static Call>,
    /// What it grants, to be kept and shared until it is over.
    pub grants: Option<Grants>,
    /// The call that grants the same for an account behind a third-party platform.
    pub for_authorizers: Option<&'static Call>,
    /// The id that the answer names again.
    pub echo: Option<EchoedId>,
    /// What of the answer is encrypted under the merchant's `APIv3` key.
    pub encrypted_entries: Option<EncryptedEntries>,
    /// How the request is laid out.
    pub layout: Layout,
    /// The request's fields.
    pub request: &'static Table,
    /// What is answered.
    pub answer: AnswerKind,
}

impl Call {
    /// Whether it posts a JSON object even where no field goes there: the account gateway wants `{}` for "no body".
    /// [Official page](https://developers.weixin.qq.com/doc/service/api/invoice/auth/api_invoicebizsetattr)
    pub(crate) const fn posts_an_object(&self) -> bool {
        matches!((self.system, self.method, self.layout), (System::Account, Method::Post, Layout::Json))
    }
}

/// How a request is laid out.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Layout {
    /// Path, query and a JSON body where a field goes there.
    Json,
    /// A multipart upload.
    Upload {
        /// The part that holds the file.
        part: &'static str,
        /// Most bytes of the file; 0 where no document says.
        max_bytes: usize,
    },
    /// A plain request to the URL that an earlier answer gave: no signature either way.
    Download {
        /// The call that gives a fresh link.
        link_from: &'static Call,
    },
}

impl Layout {
    /// Whether it is a plain request to a URL that was answered.
    pub const fn is_download(&self) -> bool {
        matches!(self, Layout::Download { .. })
    }
}

/// What repeating a call does when it is unknown whether the first one took effect.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Replay {
    /// Nothing: repeat at will.
    Safe,
    /// The gateway recognises the same ids; a query tells whether the first one took effect.
    SameIds(Evidence),
    /// A second effect: never repeat by itself; a query, where there is one, tells what happened.
    Never(Option<Evidence>),
}

impl Replay {
    /// The class as text.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Replay::Safe => "safe",
            Replay::SameIds(_) => "same_ids",
            Replay::Never(_) => "never",
        }
    }

    /// What proves an effect, where a query can.
    pub const fn evidence(&self) -> Option<Evidence> {
        match self {
            Replay::Safe | Replay::Never(None) => None,
            Replay::SameIds(evidence) | Replay::Never(Some(evidence)) => Some(*evidence),
        }
    }
}

/// What a query's answer must show for a call to have taken effect.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Evidence {
    /// The query.
    pub query: &'static Call,
    /// The list of entries: the same name in the call's payload, where it can be one object, and in the query's answer.
    pub entries: &'static str,
    /// The id of an entry, the same name in both.
    pub id: &'static str,
    /// What shows the effect on one entry.
    pub shown_by: ShownBy,
}

impl Evidence {
    /// A query that shows the effect by the entries of its list that have the call's ids.
    pub(crate) const fn new(query: &'static Call, entries: &'static str, id: &'static str, shown_by: ShownBy) -> Self {
        Self { query, entries, id, shown_by }
    }
}

/// An id of the payload that the entries of the answer's list name again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EchoedId {
    /// The list in the answer.
    pub entries: &'static str,
    /// The id, the same name in payload and entry.
    pub id: &'static str,
}

/// What a call grants for some time: members of its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Grants {
    /// The object they stand in; none where they are members of the answer itself.
    pub object: Option<&'static str>,
    /// The token or ticket.
    pub token: &'static str,
    /// What the next one is got with, where each is used once.
    pub refresh: Option<&'static str>,
}

/// A member of each entry of a list, encrypted under the merchant's `APIv3` key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EncryptedEntries {
    /// The list in the answer.
    pub list: &'static str,
    /// The encrypted member of an entry.
    pub member: &'static str,
}

/// What shows the effect on one entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ShownBy {
    /// That the entry is there.
    Presence,
    /// That this member of it has one of these values.
    Member(&'static str, &'static [&'static str]),
}

#[cfg(test)]
mod tests {
    use crate::catalogue;

    #[test]
    fn only_account_calls_that_post_json_have_an_object_to_post_in_any_case() {
        let posts = |name| catalogue::call(name).unwrap().posts_an_object();
        assert!(posts("get_contact") && posts("set_url") && posts("insert"));
        assert!(!posts("get_ticket") && !posts("set_pdf") && !posts("query") && !posts("issue"));
    }
}
