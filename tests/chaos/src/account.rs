//! The Official Account side, by a user who gets a token whenever a decision says so.

use crate::drive::Job;
use crate::driver::{Driver, Faulty};
use crate::judge::Rule;
use crate::orders;
use crate::settle::{ROUNDS, faulty};
use crate::trail::Called;
use anyhow::{Context, Result};
use fapiao::account::{DownloadPdf, GetPdf, SetPdf, StableToken};
use fapiao::callers::MayBeMadeBy;
use fapiao::{Account, Code, Operation};

/// Twenty forced refreshes a day are allowed: with this many seconds between them they are never too many.
const APART: i64 = 4_330;

pub(crate) struct Office<'d, 'a> {
    pub(crate) driver: &'d mut Driver<'a>,
    pub(crate) account: &'d mut Account,
}

impl Office<'_, '_> {
    pub(crate) fn work(&mut self, name: &str) -> Result<()> {
        self.papers(name)?;
        self.driver.close()
    }

    fn papers(&mut self, name: &str) -> Result<()> {
        if self.driver.rng.percent(40) {
            self.force()?;
        }
        if self.driver.rng.percent(30) {
            self.token()?;
        }
        let pdf = orders::pdf(name);
        let media = self.persist(orders::SET_PDF, &SetPdf::new(pdf.clone()))?;
        let link = self.persist(orders::GET_PDF, &GetPdf::new(media.s_media_id))?;
        for round in 0..ROUNDS {
            let job = Job::new(orders::DOWNLOAD_PDF, None, self.account.flow(DownloadPdf::new(&link.pdf_url))?);
            let ended = self.driver.run(job, faulty(round))?;
            let Ok(file) = ended.result()? else { continue };
            if file.bytes != pdf.bytes() {
                self.driver.report_violation(Rule::File, format!("the PDF {name} came back changed"));
            }
            return Ok(());
        }
        self.driver.report_violation(Rule::Truth, format!("the PDF {name} did not come in {ROUNDS} rounds"));
        Ok(())
    }

    /// Voids every token. Its answer lost, the next call gets the new one the ordinary way.
    fn force(&mut self) -> Result<()> {
        self.driver.clock.advance(APART)?;
        let job = Job::new(orders::FORCE_REFRESH, None, self.account.flow(StableToken { force_refresh: Some(true) })?);
        let ended = self.driver.run(job, Faulty::Yes)?;
        if let Ok(answer) = ended.result()? {
            *self.account = self.account.with_access_token(answer.access_token);
        }
        Ok(())
    }

    fn token(&mut self) -> Result<()> {
        for round in 0..ROUNDS {
            let job = Job::new(orders::STABLE_TOKEN, None, self.account.flow(StableToken::new())?);
            let ended = self.driver.run(job, faulty(round))?;
            if let Ok(answer) = ended.result()? {
                *self.account = self.account.with_access_token(answer.access_token);
                return Ok(());
            }
        }
        anyhow::bail!("no token where nothing goes wrong")
    }

    fn persist<O>(&mut self, called: Called, operation: &O) -> Result<O::Answer>
    where
        O: Operation + Clone + MayBeMadeBy<Account>,
    {
        for round in 0..ROUNDS + ROUNDS {
            let flow = self.account.flow(operation.clone())?;
            let ended = self.driver.run(Job::new(called, None, flow), faulty(round))?;
            let refused = ended.decision.and_then(|decision| decision.first) == Some("stable_token");
            match ended.result()? {
                Ok(answer) => return Ok(answer),
                // There is none yet, or it is over: this user keeps no tokens in a store.
                Err(error) if refused || error.code() == Code::InputAccessToken => self.token()?,
                Err(_) => {}
            }
        }
        Err(anyhow::anyhow!("{} fails where nothing goes wrong", called.name)).context("account side")
    }
}
