//! One call of an official list.

use super::{Answer, CallerKind, Form, Generations, Replay, System, Table, prose};

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
    /// `GET` or `POST`.
    pub method: &'static str,
    /// The path, with `{field}` where a path field goes; empty when the URL is a field.
    pub path: &'static str,
    /// Who may make it.
    pub callers: &'static [CallerKind],
    /// The generations of the documents that have it.
    pub generations: Generations,
    /// What repeating it does.
    pub replay: Replay,
    /// A boolean field that, when true, makes the call one never to repeat.
    pub never_when: Option<&'static str>,
    /// How the request is laid out.
    pub form: Form,
    /// The request's fields.
    pub request: &'static Table,
    /// What is answered.
    pub answer: Answer,
}

impl Call {
    /// A `GET` call.
    pub(crate) const fn get(
        name: &'static str,
        path: &'static str,
        doc: &'static str,
        request: &'static Table,
    ) -> Self {
        Self {
            name,
            number: "",
            title: "",
            doc: prose(doc),
            page: "",
            system: System::Pay,
            method: "GET",
            path,
            callers: &[],
            generations: Generations::ALL,
            replay: Replay::Safe,
            never_when: None,
            form: Form::Json,
            request,
            answer: Answer::Accepted,
        }
    }

    /// A `POST` call.
    pub(crate) const fn post(
        name: &'static str,
        path: &'static str,
        doc: &'static str,
        request: &'static Table,
    ) -> Self {
        let mut call = Self::get(name, path, doc, request);
        call.method = "POST";
        call
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
    pub(crate) const fn never_when(mut self, field: &'static str) -> Self {
        self.never_when = Some(field);
        self
    }

    /// How the request is laid out.
    pub(crate) const fn form(mut self, form: Form) -> Self {
        self.form = form;
        self
    }

    /// What is answered.
    pub(crate) const fn answer(mut self, answer: Answer) -> Self {
        self.answer = answer;
        self
    }
}
