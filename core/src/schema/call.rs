//! One call of an official list.

use super::{AnswerKind, CallerKind, EchoedId, Generations, Layout, Replay, System, Table, prose};

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
    /// The id that the answer names again.
    pub echo: Option<EchoedId>,
    /// How the request is laid out.
    pub layout: Layout,
    /// The request's fields.
    pub request: &'static Table,
    /// What is answered.
    pub answer: AnswerKind,
}

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// `GET`.
    Get,
    /// `POST`.
    Post,
    /// `PUT`.
    Put,
    /// `PATCH`.
    Patch,
    /// `DELETE`.
    Delete,
}

impl Method {
    /// The method as it is sent and signed, upper case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Patch => "PATCH",
            Method::Delete => "DELETE",
        }
    }
}

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
            echo: None,
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

    /// The entries of this list in the answer name the id that was asked for.
    pub(crate) const fn echoes(mut self, entries: &'static str, id: &'static str) -> Self {
        self.echo = Some(EchoedId { entries, id });
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
