//! Answers that were believed before: what is signed and empty fits any call, so each counts once.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// How many answers are remembered.
const REMEMBERED: usize = 512;

/// The newest empty answers that were believed, each bound to its request. Cheap to clone; clones share one memory.
///
/// A signed answer without a body says nothing of the call it belongs to: somebody between here and the gateway could give one
/// again to other calls. Held by the host, for as long as its client lives.
#[derive(Clone, Debug, Default)]
pub struct SeenAnswers(Arc<Mutex<VecDeque<Seen>>>);

#[derive(Debug)]
struct Seen {
    answer: [u8; 32],
    request: [u8; 32],
}

impl SeenAnswers {
    /// An empty memory.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether an answer (a hash of it) may be believed of a request (a hash of it): it was not seen, or with this request.
    pub(crate) fn believe(&self, answer: [u8; 32], request: [u8; 32]) -> bool {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(before) = seen.iter().find(|seen| seen.answer == answer) {
            return before.request == request;
        }
        if seen.len() >= REMEMBERED {
            seen.pop_front();
        }
        seen.push_back(Seen { answer, request });
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_counts_for_the_request_it_came_with_and_no_other() {
        let seen = SeenAnswers::new();
        assert!(seen.believe([1; 32], [1; 32]));
        assert!(seen.believe([1; 32], [1; 32]), "the same call may be read again");
        assert!(!seen.clone().believe([1; 32], [2; 32]), "clones share one memory");
    }

    #[test]
    fn only_the_newest_are_remembered() {
        let seen = SeenAnswers::new();
        let hash = |number: u16| {
            let mut hash = [0; 32];
            hash[..2].copy_from_slice(&number.to_be_bytes());
            hash
        };
        assert!((0..513).all(|number| seen.believe(hash(number), [9; 32])));
        assert!(!seen.believe(hash(1), [8; 32]), "one of the newest 512");
        assert!(seen.believe(hash(0), [8; 32]), "the oldest made room");
    }
}
