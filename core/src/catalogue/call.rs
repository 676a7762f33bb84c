//! One call of an official list.

use super::{Generations, Table};

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

/// The two systems, with rules of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum System {
    /// WeChat Pay v3: signed both ways.
    Pay,
    /// Official Accounts and mini programs: access tokens, `errcode`.
    Account,
}

/// Who may make a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CallerKind {
    /// A merchant that signs for itself (普通商户).
    Direct,
    /// A service provider (服务商) for itself.
    Partner,
    /// A service provider on a sub-merchant's behalf (特约商户).
    SubMerchant,
    /// An Official Account or mini program.
    Account,
}

impl CallerKind {
    /// The caller's name in the wire doors.
    pub const fn as_str(self) -> &'static str {
        match self {
            CallerKind::Direct => "direct",
            CallerKind::Partner => "partner",
            CallerKind::SubMerchant => "sub_merchant",
            CallerKind::Account => "account",
        }
    }

    /// The generations such a caller can be in.
    pub const fn generations(self) -> Generations {
        match self {
            CallerKind::Direct => Generations::G1,
            CallerKind::Partner | CallerKind::SubMerchant => Generations::G2_G3,
            CallerKind::Account => Generations::ALL,
        }
    }
}

/// What repeating a call does when it is unknown whether the first one took effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Replay {
    /// Nothing: repeat at will.
    Safe,
    /// The gateway recognises the same ids; the named call tells whether the first one took effect.
    SameIds {
        /// The call that tells.
        query: &'static str,
    },
    /// A second effect: never repeat by itself; the named call, where there is one, tells what happened.
    Never {
        /// The call that tells, if any.
        query: Option<&'static str>,
    },
}

impl Replay {
    /// The class as text.
    pub const fn as_str(self) -> &'static str {
        match self {
            Replay::Safe => "safe",
            Replay::SameIds { .. } => "same_ids",
            Replay::Never { .. } => "never",
        }
    }
}

/// How a request is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Form {
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
    Download,
}

/// What is answered.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Answer {
    /// A JSON object.
    Json(&'static Table),
    /// Accepted (202, empty): the result comes later.
    Accepted,
    /// A file.
    File {
        /// Whether its SM3 digest comes in a header.
        digest: FileDigest,
    },
}

/// Whether a file comes with its digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FileDigest {
    /// The `SM3-Digest` header is required.
    Sm3,
    /// No digest is documented.
    None,
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
            doc,
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
        self.number = number;
        self
    }

    /// The official name.
    pub(crate) const fn title(mut self, title: &'static str) -> Self {
        self.title = title;
        self
    }

    /// The official page.
    pub(crate) const fn page(mut self, page: &'static str) -> Self {
        self.page = page;
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
