//! What the gateway took, and when: the truth that decisions are compared with.

use http::Request;

/// Requests whose timestamp is older are refused, seconds (api.md A.1: more than five minutes).
const OLDEST: i64 = 300;

/// The gateway's books of one job.
#[derive(Default)]
pub(crate) struct Gateway {
    /// When a request with the effect arrived, or will.
    arrivals: Vec<i64>,
    /// How far the program's clock is ahead of its own, seconds.
    clock_ahead: i64,
}

/// What is true of a job at some time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Truth {
    Taken,
    /// A request is still on its way and will be taken.
    MayArrive,
    NotTaken,
}

impl Gateway {
    pub(crate) fn new(clock_ahead: i64) -> Self {
        Self { clock_ahead, ..Self::default() }
    }

    /// A request that arrives at this time; refused when its timestamp is too old by then.
    pub(crate) fn receive(&mut self, request: &Request<Vec<u8>>, at: i64) {
        // What is not signed has no timestamp: nothing is too old then.
        if timestamp(request).is_none_or(|signed| at - self.clock_ahead - signed <= OLDEST) {
            self.arrivals.push(at);
        }
    }

    pub(crate) fn truth(&self, now: i64) -> Truth {
        if self.took_by(now) {
            return Truth::Taken;
        }
        if self.arrivals.is_empty() { Truth::NotTaken } else { Truth::MayArrive }
    }

    /// Whether it had taken the call by then.
    pub(crate) fn took_by(&self, time: i64) -> bool {
        self.arrivals.iter().any(|arrived| *arrived <= time)
    }

    /// How often it was taken by then: more than once, where the gateway knows no ids by which it could tell.
    pub(crate) fn times(&self, time: i64) -> usize {
        self.arrivals.iter().filter(|arrived| **arrived <= time).count()
    }
}

fn timestamp(request: &Request<Vec<u8>>) -> Option<i64> {
    let header = request.headers().get("Authorization")?.to_str().unwrap();
    let (_, rest) = header.split_once("timestamp=\"").unwrap();
    Some(rest.split('"').next().unwrap().parse().unwrap())
}
