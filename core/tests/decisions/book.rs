//! What happened on a path: what decisions are judged by, and what a careful program never does.

use crate::calls::Class;
use crate::told::Told;
use crate::world::{Asked, Meets};
use http::Request;

/// From when on a "not there" is final, seconds after the last send: 300 for requests on their way, 60 for the query's lag (the
/// issue's text, 1 c).
pub(crate) const FINAL_AFTER: i64 = 300 + 60;
const EXISTS: Told = Told::Refusal(400, "RESOURCE_ALREADY_EXISTS");

/// The book of one path.
#[derive(Default)]
pub(crate) struct Book {
    pub(crate) events: Vec<Event>,
    /// Target and body of the first request.
    first: Option<(String, Vec<u8>)>,
    /// When the call was last sent.
    pub(crate) last_send: Option<i64>,
    /// What the last question was answered, and when; nothing where it failed.
    pub(crate) last_answer: Option<(Shown, i64)>,
    /// The right answer of the call itself was heard.
    pub(crate) success: bool,
    /// What a careful program never does.
    pub(crate) misdeeds: Vec<&'static str>,
    workers: [Knows; 2],
}

/// What one worker knows.
#[derive(Clone, Copy, Default)]
struct Knows {
    /// A request left, and nothing proves that it had no effect.
    doubt: bool,
    /// It asked since it last sent, or began, and was answered "not there".
    answered: bool,
    /// When it last sent, and what it heard of it.
    sent: Option<(i64, Told)>,
}

/// What a question was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    Everything,
    Part,
    Nothing,
}

/// One event, and when.
#[derive(Clone, Copy, Debug)]
#[expect(dead_code, reason = "shown where a path goes wrong")]
pub(crate) enum Event {
    Sent(i64, Meets),
    Asked(i64, Asked),
    Waited(i64),
    Died(&'static str),
    Worker(usize),
    Failed,
}

impl Book {
    /// A worker begins: what was asked before does not count for it.
    pub(crate) fn begins(&mut self, worker: usize) {
        self.last_answer = None;
        self.workers[worker].answered = false;
    }

    /// Both workers have to reckon with what an earlier one did.
    pub(crate) fn hand_over(&mut self) {
        self.workers = [self.workers[0]; 2];
    }

    /// A worker hears that an earlier one came to a no; whether that was right is judged there.
    pub(crate) fn hears_of_no(&mut self, worker: usize) {
        self.workers[worker].doubt = false;
    }

    /// Looks at a request before it leaves: nobody repeats what must not be, or without asking, or as something else.
    pub(crate) fn leaves(&mut self, worker: usize, class: Class, request: &Request<Vec<u8>>) {
        let this = (request.uri().path_and_query().unwrap().to_string(), request.body().clone());
        match &self.first {
            None => self.first = Some(this),
            Some(first) if *first != this => self.misdeeds.push("sent again as something else"),
            Some(_) => {}
        }
        let knows = self.workers[worker];
        match class {
            Class::Never if self.workers.iter().any(|worker| worker.doubt) => self.misdeeds.push("sent again in doubt"),
            Class::SameIds if knows.doubt && !knows.answered => self.misdeeds.push("sent again without an answer"),
            _ => {}
        }
    }

    pub(crate) fn sent(&mut self, worker: usize, now: i64, meets: Meets, proves_no: bool) {
        self.last_send = Some(now);
        self.success |= matches!(meets.told, Told::Success | Told::EmptyObject);
        let knows = &mut self.workers[worker];
        knows.sent = Some((now, meets.told));
        if !proves_no {
            (knows.doubt, knows.answered) = (true, false);
        }
    }

    /// Looks at a question of a program that is alone: what it speaks of is a second old, or known to be there.
    pub(crate) fn asks(&mut self, now: i64) {
        if self.workers[0].sent.is_some_and(|(at, told)| at == now && told != EXISTS) {
            self.misdeeds.push("asked within the second");
        }
    }

    pub(crate) fn answered(&mut self, worker: usize, now: i64, shown: Shown) {
        self.last_answer = Some((shown, now));
        if shown == Shown::Nothing {
            let knows = &mut self.workers[worker];
            knows.answered = true;
            // What is final by now is no doubt any more.
            knows.doubt &= self.last_send.is_some_and(|sent| now < sent + FINAL_AFTER);
        }
    }
}
