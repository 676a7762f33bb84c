//! The network of a host: what its requests and questions meet.

use crate::book::{Event, Shown};
use crate::calls::Job;
use crate::host::{Host, START};
use crate::running::Going;
use crate::told::{Told, refusal};
use crate::world::{Asked, Client, Nothing};
use fapiao::flow::{NeedKind, NeedResult};
use http::{Request, Response};

impl Host<'_> {
    pub(crate) fn send(&mut self, request: &Request<Vec<u8>>) -> NeedResult {
        self.book.leaves(self.worker, self.job.class(), request);
        let taken = self.gateway.took_by(self.now);
        let possible: Vec<_> = self.sends.iter().filter(|meets| taken || !meets.only_of_taken).collect();
        let meets = *possible[self.choices.choose(possible.len())];
        self.book.events.push(Event::Sent(self.now - START, meets));
        if let Some(after) = meets.arrives {
            self.gateway.receive(request, self.now + after);
        }
        let proves_no = meets.told.proves_no(self.client == Client::Repeats);
        self.book.sent(self.worker, self.now, meets, proves_no);
        self.now += meets.took;
        self.tell(meets.told, self.job)
    }

    pub(crate) fn ask(&mut self) -> NeedResult {
        let asked = self.questions[self.choices.choose(self.questions.len())];
        self.book.events.push(Event::Asked(self.now - START, asked));
        if self.alone {
            self.book.asks(self.now);
        }
        self.book.last_answer = None;
        let (lags, nothing) = match asked {
            Asked::Fails(told) => return self.tell(told, Job::Query),
            Asked::Shows(lags, nothing) => (lags, nothing),
        };
        let taken = lags.map(|lag| self.gateway.took_by(self.now - lag));
        let of_interest = if self.job == Job::IssueTwo { &taken[..] } else { &taken[..1] };
        let shown = match of_interest.iter().filter(|taken| **taken).count() {
            0 => Shown::Nothing,
            count if count == of_interest.len() => Shown::Everything,
            _ => Shown::Part,
        };
        self.book.answered(self.worker, self.now, shown);
        let body = match (self.job.shown(taken), nothing) {
            (Some(body), _) => body,
            (None, Nothing::Refused) => return answered(refusal(404, "RESOURCE_NOT_EXISTS")),
            (None, Nothing::EmptyList) => r#"{"total_count":0,"fapiao_information":[]}"#.to_owned(),
            (None, Nothing::NoList) => r#"{"total_count":0}"#.to_owned(),
        };
        answered(self.signer.sign(200, &body, self.now))
    }

    fn tell(&mut self, told: Told, job: Job) -> NeedResult {
        if told == Told::Replayed {
            return answered(self.earlier.clone().unwrap());
        }
        match self.signer.answer(told, job, self.now) {
            Some(response) => answered(response),
            None if told == Told::NotSent => NeedResult::NotSent,
            None => NeedResult::Lost,
        }
    }

    /// Another call of the same client is answered, and somebody keeps the answer.
    pub(crate) fn answer_another_call(&mut self) {
        let mut flow = Job::Reverse.flow();
        flow.remember_in(&self.seen);
        let answer = self.signer.sign(202, "", self.now);
        while let Going::Needs(needs) = flow.step(&self.moment()) {
            for need in needs {
                let result = match need.kind {
                    NeedKind::Send { .. } => answered(answer.clone()),
                    other => self.operate(other),
                };
                flow.give(need.id, result);
            }
        }
        self.earlier = Some(answer);
    }
}

fn answered(response: Response<Vec<u8>>) -> NeedResult {
    NeedResult::Answered { response, milliseconds: 17 }
}
