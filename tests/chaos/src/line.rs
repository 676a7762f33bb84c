//! The line between a flow and the gateway, and what clients and intermediaries do to requests on it.

use crate::ledger::NUMBER;
use crate::trail::Came;
use fapiao::flow::NeedResult;
use fapiao_test_support::client::Client;
use http::{HeaderValue, Request, Response, Uri};

/// Oldest answer that is given again, seconds: a client refuses older ones by their time alone.
const FRESH: i64 = 240;

/// What is done to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Treatment {
    /// Nothing.
    Plain,
    /// The client sends the same bytes twice and hands on the second answer.
    Twice,
    /// The kept answer is given, and the request goes no further.
    Swallowed,
    /// The request arrives, and the kept answer is given in place of its own.
    Replaced,
}

/// What came of a request.
pub(crate) struct Passed {
    pub(crate) number: u64,
    pub(crate) given: NeedResult,
    pub(crate) came: Came,
    /// The body, as a program that checks nothing would take it.
    pub(crate) raw: Vec<u8>,
}

#[derive(Default)]
pub(crate) struct Line {
    client: Client,
    /// How many requests flows have made.
    pub(crate) requests: u64,
    /// Where the latest one went.
    pub(crate) last: Option<Uri>,
    /// The latest answer, in case it is to be kept.
    latest: Option<Response<Vec<u8>>>,
    /// A signed empty answer that its own flow believed, and when it came.
    kept: Option<(Response<Vec<u8>>, i64)>,
}

impl Line {
    /// Numbers a request and lets it pass.
    pub(crate) fn pass(&mut self, mut request: Request<Vec<u8>>, treatment: Treatment) -> Passed {
        self.requests += 1;
        request.headers_mut().insert(NUMBER, HeaderValue::from(self.requests));
        self.last = Some(request.uri().clone());
        if treatment == Treatment::Twice {
            self.client.send(&request);
        }
        let mut given = match treatment {
            Treatment::Swallowed => NeedResult::Lost,
            Treatment::Plain | Treatment::Twice | Treatment::Replaced => self.client.send(&request),
        };
        let replayed = matches!(treatment, Treatment::Swallowed | Treatment::Replaced);
        if let (true, Some((response, _))) = (replayed, &self.kept) {
            given = NeedResult::Answered { response: response.clone(), milliseconds: 1 };
        }
        let (came, raw) = match &given {
            NeedResult::Answered { response, .. } => {
                self.latest = Some(response.clone());
                (if replayed { Came::Replayed } else { Came::Answer }, response.body().clone())
            }
            NeedResult::NotSent => (Came::NotSent, Vec::new()),
            _ => (Came::Nothing, Vec::new()),
        };
        Passed { number: self.requests, given, came, raw }
    }

    /// Sends a request of nobody's, which no flow knows of.
    pub(crate) fn aside(&self, request: &Request<Vec<u8>>) -> NeedResult {
        self.client.send(request)
    }

    /// Keeps the latest answer, which its flow has believed, if it fits any call.
    pub(crate) fn keep_latest(&mut self, now: i64) {
        let empty = self.latest.take().filter(|response| response.status() == 202 && response.body().is_empty());
        self.kept = empty.map(|response| (response, now)).or_else(|| self.kept.take());
    }

    /// Whether there is an answer to be given again that its time does not give away.
    pub(crate) fn can_replay(&self, now: i64) -> bool {
        self.kept.as_ref().is_some_and(|(_, since)| now - since < FRESH)
    }
}
