//! What `#[call(…)]` may say: builder calls, one for each.

use super::answer::AnswerKind;
use super::call::{Call, EchoedId, EncryptedEntries, Grants, Layout, Replay};
use super::caller::{CallerKind, System};
use super::field::Table;
use super::generation::Generations;
use super::method::Method;
use super::prose::prose;

impl Call {
    /// A call with its path, `{field}` where a path field goes.
    pub(crate) const fn new(method: Method, name: &'static str, path: &'static str, request: &'static Table) -> Self {
        Self {
            name,
            number: "",
            title: "",
            doc: "",
            page: "",
            system: System::Pay,
            method,
            path,
            callers: &[],
            generations: Generations::ALL,
            replay: Replay::Safe,
            never_replay_if: None,
            token_from: None,
            ticket_from: None,
            grants: None,
            for_authorizers: None,
            echo: None,
            encrypted_entries: None,
            layout: Layout::Json,
            request,
            answer: AnswerKind::Accepted,
        }
    }

    /// What it does.
    pub(crate) const fn doc(mut self, doc: &'static str) -> Self {
        self.doc = prose(doc);
        self
    }

    /// Its number in the catalogue.
    pub(crate) const fn number(mut self, number: &'static str) -> Self {
        self.number = prose(number);
        self
    }

    /// The official name.
    pub(crate) const fn title(mut self, title: &'static str) -> Self {
        self.title = prose(title);
        self
    }

    /// The official page.
    pub(crate) const fn page(mut self, page: &'static str) -> Self {
        self.page = prose(page);
        self
    }

    /// Which system answers.
    pub(crate) const fn system(mut self, system: System) -> Self {
        self.system = system;
        self
    }

    /// Who may make it.
    pub(crate) const fn callers(mut self, callers: &'static [CallerKind]) -> Self {
        self.callers = callers;
        self
    }

    /// The generations that have it.
    pub(crate) const fn generations(mut self, generations: Generations) -> Self {
        self.generations = generations;
        self
    }

    /// What repeating it does.
    pub(crate) const fn replay(mut self, replay: Replay) -> Self {
        self.replay = replay;
        self
    }

    /// The field that makes it one never to repeat.
    pub(crate) const fn never_replay_if(mut self, field: &'static str) -> Self {
        self.never_replay_if = Some(field);
        self
    }

    /// The call that fetches the access token it takes.
    pub(crate) const fn token_from(mut self, call: &'static Call) -> Self {
        self.token_from = Some(call);
        self
    }

    /// The call that grants the ticket it takes.
    pub(crate) const fn ticket_from(mut self, call: &'static Call) -> Self {
        self.ticket_from = Some(call);
        self
    }

    /// This member of the answer is a token or ticket.
    pub(crate) const fn grants(mut self, token: &'static str) -> Self {
        self.grants = Some(Grants { object: None, token, refresh: None });
        self
    }

    /// These members of the answer are a token, and what the next one is got with.
    pub(crate) const fn grants_refreshed(mut self, token: &'static str, refresh: &'static str) -> Self {
        self.grants = Some(Grants { object: None, token, refresh: Some(refresh) });
        self
    }

    /// The same, as members of this object.
    pub(crate) const fn grants_in(mut self, object: &'static str) -> Self {
        if let Some(grants) = self.grants {
            self.grants = Some(Grants { object: Some(object), ..grants });
        }
        self
    }

    /// The call that grants the same for an account behind a third-party platform.
    pub(crate) const fn for_authorizers(mut self, call: &'static Call) -> Self {
        self.for_authorizers = Some(call);
        self
    }

    /// The entries of this list in the answer name the id that was asked for.
    pub(crate) const fn echoes(mut self, entries: &'static str, id: &'static str) -> Self {
        self.echo = Some(EchoedId { entries, id });
        self
    }

    /// This member of each entry of the answer's list is encrypted under the merchant's `APIv3` key.
    pub(crate) const fn encrypted_entries(mut self, list: &'static str, member: &'static str) -> Self {
        self.encrypted_entries = Some(EncryptedEntries { list, member });
        self
    }

    /// How the request is laid out.
    pub(crate) const fn layout(mut self, layout: Layout) -> Self {
        self.layout = layout;
        self
    }

    /// What is answered.
    pub(crate) const fn answer(mut self, answer: AnswerKind) -> Self {
        self.answer = answer;
        self
    }
}
