//! What a world is made of: what each request and each question can meet.

use crate::calls::Job;
use crate::told::Told;

/// A way in which gateway, network, client and program behave.
pub(crate) struct World {
    pub(crate) name: &'static str,
    pub(crate) jobs: &'static [Job],
    /// What a request of a job can meet; the first is what it meets when nothing is wrong.
    pub(crate) sends: fn(Job) -> Vec<Meets>,
    /// What a question can meet; the first is the truth of the moment.
    pub(crate) questions: fn(Job) -> Vec<Asked>,
    /// How far the query lags behind at worst, seconds.
    pub(crate) lag: i64,
    /// How far the program's clock is ahead of the gateway's, seconds.
    pub(crate) clock_ahead: i64,
    pub(crate) client: Client,
    pub(crate) program: Program,
    /// What else can fail, any time.
    pub(crate) fails: Fails,
    /// Most choices on a path.
    pub(crate) depth: usize,
}

/// Who drives the flow.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Program {
    /// A program that lives long enough.
    Lives,
    /// A program that dies at any step and starts again with what it kept.
    Dies(Keeps),
    /// Two workers at the same job over one store, where an earlier one may have died.
    Workers,
}

/// What a program that died has when it starts again.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keeps {
    /// The text that the flow gave at its last step.
    Text,
    /// A store.
    Store,
    /// Nothing: it assumes the worst.
    Nothing,
    /// Nothing, and it does not say so.
    NothingAndTellsNobody,
}

/// What fails besides requests.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fails {
    Nothing,
    /// Signing, encrypting and verifying.
    Keys,
    /// The store: before it kept something, or after.
    Store,
}

/// What is known of the client.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Client {
    SendsOnce,
    /// It repeats requests by itself, and the flow is told so.
    Repeats,
}

/// What becomes of a request, and what is heard of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Meets {
    pub(crate) told: Told,
    /// How long after it left it arrives, seconds; never, where it does not.
    pub(crate) arrives: Option<i64>,
    /// How long the client waited, seconds.
    pub(crate) took: i64,
    /// Only where the gateway has taken the call before.
    pub(crate) only_of_taken: bool,
}

impl Meets {
    pub(crate) fn after(mut self, took: i64) -> Self {
        self.took = took;
        self
    }
}

/// The gateway does it, and this is heard.
pub(crate) const fn taken(told: Told) -> Meets {
    Meets { told, arrives: Some(0), took: 0, only_of_taken: false }
}

/// The gateway never does it, and this is heard.
pub(crate) const fn untouched(told: Told) -> Meets {
    Meets { told, arrives: None, took: 0, only_of_taken: false }
}

/// It is on its way for so long, while this is heard.
pub(crate) const fn late(arrives: i64, told: Told) -> Meets {
    Meets { told, arrives: Some(arrives), took: 0, only_of_taken: false }
}

/// Heard of a call that was taken before.
pub(crate) const fn known(told: Told) -> Meets {
    Meets { told, arrives: None, took: 0, only_of_taken: true }
}

/// What a question meets.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Asked {
    /// What the gateway knew so many seconds ago: of the first invoice, and of the second.
    Shows([i64; 2], Nothing),
    /// Another answer, or none.
    Fails(Told),
}

/// How a query says that it has nothing to show.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Nothing {
    /// 404 `RESOURCE_NOT_EXISTS`.
    Refused,
    /// 200 with an empty list.
    EmptyList,
    /// 200 without the list.
    NoList,
}

/// What the gateway knows now.
pub(crate) const NOW: Asked = Asked::Shows([0, 0], Nothing::Refused);
