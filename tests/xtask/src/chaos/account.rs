//! The Official Account side, by a user who gets a token whenever a decision says so.

use super::driver::{Driver, Weather};
use super::judge::Rule;
use super::life::weather;
use super::orders;
use super::trail::Called;
use anyhow::{Context, Result};
use fapiao::account::{DownloadPdf, GetPdf, SetPdf, StableToken};
use fapiao::callers::MayBeMadeBy;
use fapiao::{Account, Operation};
use serde_json::json;

const ROUNDS: u32 = 6;
/// Twenty forced refreshes a day are allowed: with this many seconds between them they are never too many.
const APART: u32 = 4_330;

pub(super) struct Office<'d, 'a> {
    pub(super) driver: &'d mut Driver<'a>,
    pub(super) account: &'d mut Account,
}

impl Office<'_, '_> {
    pub(super) fn work(&mut self, name: &str) -> Result<()> {
        if self.driver.dice.percent(40) {
            self.force()?;
        }
        if self.driver.dice.percent(30) {
            self.token()?;
        }
        let pdf = orders::pdf(name);
        let media = self.persist(orders::SET_PDF, &SetPdf::new(pdf.clone()))?;
        let link = self.persist(orders::GET_PDF, &GetPdf::new(media.s_media_id))?;
        for round in 0..ROUNDS {
            let flow = self.account.flow(DownloadPdf::new(&link.pdf_url))?;
            let ended = self.driver.run(orders::DOWNLOAD_PDF, None, weather(round), flow)?;
            let Ok(file) = ended.result else { continue };
            if file.bytes != pdf.bytes() {
                self.driver.accuse(Rule::File, format!("the PDF {name} came back changed"));
            }
            return Ok(());
        }
        self.driver.accuse(Rule::Truth, format!("the PDF {name} did not come in {ROUNDS} rounds"));
        Ok(())
    }

    /// Voids every token. Its answer lost, the next call gets the new one the ordinary way.
    fn force(&mut self) -> Result<()> {
        self.driver.sandbox.order("/clock", &json!({ "advance": APART }))?;
        let flow = self.account.flow(StableToken { force_refresh: Some(true) })?;
        let ended = self.driver.run(orders::FORCE_REFRESH, None, Weather::Foul, flow)?;
        if let Ok(answer) = ended.result {
            *self.account = self.account.with_access_token(answer.access_token);
        }
        Ok(())
    }

    fn token(&mut self) -> Result<()> {
        for round in 0..ROUNDS {
            let flow = self.account.flow(StableToken::new())?;
            let ended = self.driver.run(orders::STABLE_TOKEN, None, weather(round), flow)?;
            if let Ok(answer) = ended.result {
                *self.account = self.account.with_access_token(answer.access_token);
                return Ok(());
            }
        }
        anyhow::bail!("no token in clear weather")
    }

    fn persist<O>(&mut self, called: Called, operation: &O) -> Result<O::Answer>
    where
        O: Operation + Clone + MayBeMadeBy<Account>,
    {
        for round in 0..ROUNDS + ROUNDS {
            let Ok(flow) = self.account.flow(operation.clone()) else {
                // No token yet.
                self.token()?;
                continue;
            };
            let ended = self.driver.run(called, None, weather(round), flow)?;
            if ended.first == Some("stable_token") {
                self.token()?;
            }
            if let Ok(answer) = ended.result {
                return Ok(answer);
            }
        }
        Err(anyhow::anyhow!("{} fails in clear weather", called.name)).context("account side")
    }
}
