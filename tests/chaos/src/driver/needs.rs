//! What flows need of their host: requests sent as their worlds have it, a store, keys.

use super::{Driver, Faulty};
use crate::line::{Passed, Treatment};
use crate::sabotage::Sabotage;
use crate::world::World;
use anyhow::{Context, Result};
use fapiao::flow::{NeedKind, NeedResult};
use fapiao::{KeyRing, SignatureCheck};
use http::Request;
use std::sync::atomic::Ordering;

/// What a request is sent for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Something that may be repeated at will.
    Safe,
    /// A call with an effect.
    Call(Habit),
    /// What became of such a call.
    Question(Habit),
}

/// Whether the client repeats requests by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Habit {
    Sends,
    Repeats,
}

impl Driver<'_> {
    /// Sends a flow's request as its worlds have it.
    pub(crate) fn send(&mut self, request: Request<Vec<u8>>, purpose: Purpose) -> Result<Passed> {
        let troubled = self.faulty == Faulty::Yes && purpose != Purpose::Safe;
        let repeats = matches!(purpose, Purpose::Call(Habit::Repeats) | Purpose::Question(Habit::Repeats));
        let treatment = if repeats && self.rng.percent(60) {
            Treatment::Twice
        } else if troubled && matches!(purpose, Purpose::Call(_)) && self.replays()? {
            if self.rng.percent(50) { Treatment::Swallowed } else { Treatment::Replaced }
        } else {
            Treatment::Plain
        };
        let passed = self.line.pass(request, treatment);
        if troubled && self.story.worlds.has(World::Lag) && self.rng.percent(10) {
            // The answer is on its way for a while.
            let seconds = 1 + self.rng.seconds(25);
            self.clock.advance(seconds)?;
        }
        let done = self.progress.fetch_add(1, Ordering::Relaxed) + 1;
        if done.is_multiple_of(1_000) {
            println!("   {done} requests");
        }
        Ok(passed)
    }

    fn replays(&mut self) -> Result<bool> {
        Ok(self.story.worlds.has(World::Replay) && self.line.can_replay(self.clock.now()?) && self.rng.percent(60))
    }

    /// Does what a flow asks of its store, which now and then cannot be reached where anything depends on it.
    pub(crate) fn keep(&mut self, kind: &NeedKind) -> Result<NeedResult> {
        let needed = self.story.worlds.has(World::Workers) || self.story.worlds.has(World::Crash);
        if self.faulty == Faulty::Yes && needed && self.rng.percent(3) {
            return Ok(NeedResult::Failed);
        }
        self.store.operate(kind).with_context(|| format!("{kind:?} is not for a store"))
    }

    /// Does a key operation.
    pub(crate) fn operate(&mut self, kind: NeedKind) -> Result<NeedResult> {
        match kind {
            NeedKind::Verify { .. } if self.sabotage == Some(Sabotage::Verify) => {
                Ok(NeedResult::Checked(SignatureCheck::Valid))
            }
            NeedKind::Verify { public_key, message, signature, .. } => {
                let valid = only(&public_key)?.find(MCHID, KEY_ID)?.verify(&message, &signature);
                Ok(NeedResult::Checked(if valid { SignatureCheck::Valid } else { SignatureCheck::Invalid }))
            }
            NeedKind::Encrypt { public_key, plaintext, .. } => {
                let (ring, moment) = (only(&public_key)?, self.clock.moment()?);
                let ciphertext = ring.find(MCHID, KEY_ID)?.encrypt(plaintext.reveal().as_bytes(), &moment, "")?;
                Ok(NeedResult::Encrypted(ciphertext))
            }
            other => anyhow::bail!("{other:?} should have been done inside"),
        }
    }
}

/// Names of the one key of a ring made for one operation.
const MCHID: &str = "1";
const KEY_ID: &str = "PUB_KEY_ID_0";

fn only(public_key: &[u8]) -> Result<KeyRing> {
    Ok(KeyRing::new().public_key(MCHID, KEY_ID, public_key)?)
}
