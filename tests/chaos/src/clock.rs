//! The time of a run: the machine's, and as far ahead of it as the sandbox's own clock. Nobody sleeps.

use crate::rng::Rng;
use anyhow::Result;
use fapiao::Moment;
use fapiao_test_support::client;
use fapiao_test_support::gateway::Sandbox;
use serde_json::json;

#[derive(Debug)]
pub(crate) struct Clock<'a> {
    sandbox: &'a Sandbox,
    /// Seconds.
    ahead: i64,
    /// Milliseconds that were waited and do not make a second yet.
    owed: u64,
    entropy: Rng,
}

impl<'a> Clock<'a> {
    pub(crate) fn new(sandbox: &'a Sandbox, seed: u64) -> Self {
        Self { sandbox, ahead: 0, owed: 0, entropy: Rng::new(!seed) }
    }

    /// Unix seconds.
    pub(crate) fn now(&self) -> Result<i64> {
        Ok(client::now()? + self.ahead)
    }

    /// A moment for a step of a flow.
    pub(crate) fn moment(&mut self) -> Result<Moment> {
        Ok(Moment::new(self.now()?, self.entropy.entropy())?)
    }

    /// Lets a flow's wait pass.
    pub(crate) fn wait(&mut self, milliseconds: u64) -> Result<()> {
        self.owed += milliseconds;
        let seconds = self.owed / 1_000;
        self.owed %= 1_000;
        self.advance(seconds.try_into()?)
    }

    /// Moves the clock, and the sandbox's with it.
    pub(crate) fn advance(&mut self, seconds: i64) -> Result<()> {
        if seconds > 0 {
            self.sandbox.order("/clock", &json!({ "advance": seconds }))?;
            self.ahead += seconds;
        }
        Ok(())
    }

    /// Moves it to a time, if that is still to come.
    pub(crate) fn reach(&mut self, time: i64) -> Result<()> {
        self.advance(time - self.now()?)
    }
}
