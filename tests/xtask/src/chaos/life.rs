//! The life of one application, by a user who does what each decision says.

use super::driver::{Driver, Ended, Weather};
use super::judge::Rule;
use super::orders;
use super::sabotage::Sabotage;
use super::shops::Shop;
use super::trail::{Called, Ids};
use anyhow::{Context, Result};
use fapiao::callers::MayBeMadeBy;
use fapiao::flow::Effect;
use fapiao::pay::{DownloadFile, FapiaoFiles, Query, QueryAnswer};
use fapiao::{Accepted, Direct, Error, Operation, SubMerchant};
use std::collections::BTreeMap;

/// Rounds of a user before the sky clears, and before he gives up.
const FOUL_ROUNDS: u32 = 3;
const ROUNDS: u32 = 6;

pub(super) struct Life<'d, 'a> {
    pub(super) driver: &'d mut Driver<'a>,
    pub(super) shop: &'d Shop,
    /// What is believed of each application, to be held against the ledger.
    pub(super) beliefs: &'d mut BTreeMap<Ids, bool>,
}

impl Life<'_, '_> {
    pub(super) fn live(&mut self, name: &str) -> Result<()> {
        let mut ids = Ids { apply: format!("A-{name}"), fapiao: format!("F-{name}") };
        if self.driver.dice.percent(50) {
            self.persist(orders::TITLE_URL, &orders::title(&ids.apply))??;
        }
        let issued = self.settle(&mut ids)?;
        self.beliefs.insert(ids.clone(), issued);
        if issued {
            if self.driver.dice.percent(10) {
                self.issue(&ids, Weather::Foul)?;
            }
            if self.driver.dice.percent(25) {
                self.download(&ids)?;
            }
        }
        if self.driver.dice.percent(15) {
            self.persist(orders::UPLOAD_FILE, &orders::upload(name))??;
        }
        Ok(())
    }

    /// Issues until it is known that the invoice was taken, or that it was not and the user has had enough.
    fn settle(&mut self, ids: &mut Ids) -> Result<bool> {
        for round in 0..ROUNDS {
            let ended = self.issue(ids, weather(round))?;
            match ended.effect {
                Effect::Yes => return Ok(true),
                Effect::No if ended.first.is_none() => {}
                _ if self.driver.sabotage == Some(Sabotage::Decision) => return Ok(false),
                Effect::Unknown if self.driver.sabotage == Some(Sabotage::Ids) => {
                    ids.fapiao.push('n');
                    continue;
                }
                _ if self.ask(ids)?.is_some() => return Ok(true),
                _ => {}
            }
            // Not taken; some users leave it at that, and the ledger must know nothing of it either.
            if self.driver.dice.percent(10) {
                return Ok(false);
            }
        }
        self.driver.accuse_story(Rule::Truth, &ids.apply, format!("{} was not issued in {ROUNDS} rounds", ids.apply));
        Ok(false)
    }

    fn issue(&mut self, ids: &Ids, weather: Weather) -> Result<Ended<Accepted>> {
        match self.shop {
            Shop::Direct(direct) => {
                let flow = direct.flow(orders::issue(ids))?;
                self.driver.run(orders::ISSUE, Some(ids), weather, flow)
            }
            Shop::Sub(sub) => {
                let flow = sub.flow(orders::issue_general(ids))?;
                self.driver.run(orders::ISSUE_GENERAL, Some(ids), weather, flow)
            }
        }
    }

    /// What became of it; `None` when there is no such invoice.
    fn ask(&mut self, ids: &Ids) -> Result<Option<QueryAnswer>> {
        let query = Query { fapiao_id: Some(ids.fapiao.clone()), ..Query::new(&ids.apply) };
        let answer = self.persist(orders::QUERY, &query)?;
        match answer {
            Ok(answer) => Ok(Some(answer)),
            Err(error) if is_not_there(&error) => Ok(None),
            Err(error) => Err(error).context("the query tells nothing in clear weather"),
        }
    }

    /// Asks for the link and follows it, as often as it takes.
    fn download(&mut self, ids: &Ids) -> Result<()> {
        let Some(answer) = self.ask(ids)? else {
            self.driver.accuse_story(Rule::Truth, &ids.apply, format!("{} is not known to the query", ids.apply));
            return Ok(());
        };
        let fapiao =
            answer.fapiao_information.unwrap_or_default().into_iter().next().context("no invoice is listed")?;
        for round in 0..ROUNDS {
            let files = self.persist(orders::FAPIAO_FILES, &FapiaoFiles::new(&ids.apply))??;
            let file = files.fapiao_download_info_list.unwrap_or_default().into_iter().next();
            let url = file.and_then(|file| file.download_url).context("the file has no link")?;
            let mut download = DownloadFile::new(url);
            if let (Shop::Direct(_), Some(blue)) = (self.shop, &fapiao.blue_fapiao) {
                download.openid = fapiao.card_information.as_ref().map(|card| card.card_openid.clone());
                download.invoice_code.clone_from(&blue.fapiao_code);
                download.invoice_no.clone_from(&blue.fapiao_number);
                download.fapiao_id = Some(fapiao.fapiao_id.clone());
            }
            let flow = self.shop.flow(download)?;
            let ended = self.driver.run(orders::DOWNLOAD_FILE, None, weather(round), flow)?;
            let unchecked = self.driver.takes_unchecked(&ended.result);
            let taken = match ended.result {
                Ok(file) => Some(file.bytes),
                Err(_) => unchecked.then_some(ended.raw),
            };
            if let Some(bytes) = taken {
                return self.compare(ids, &bytes);
            }
        }
        self.driver.accuse(Rule::Truth, format!("the file of {} did not come in {ROUNDS} rounds", ids.apply));
        Ok(())
    }

    /// Holds an accepted file against the one the gateway serves without faults.
    fn compare(&mut self, ids: &Ids, bytes: &[u8]) -> Result<()> {
        let served = self.driver.served_without_faults()?;
        if served != bytes {
            self.driver.accuse(Rule::File, format!("the accepted file of {} is not the one that is served", ids.apply));
        }
        Ok(())
    }

    /// Does a call that may be repeated, until it succeeds or is refused in clear weather.
    fn persist<O>(&mut self, called: Called, operation: &O) -> Result<Result<O::Answer, Error>>
    where
        O: Operation + Clone + MayBeMadeBy<Direct> + MayBeMadeBy<SubMerchant>,
    {
        let mut round = 0;
        loop {
            let flow = self.shop.flow(operation.clone())?;
            let ended = self.driver.run(called, None, weather(round), flow)?;
            let told = ended.result.as_ref().map_or_else(is_not_there, |_| true);
            if told || weather(round) == Weather::Clear {
                return Ok(ended.result);
            }
            round += 1;
        }
    }
}

/// Faults for some rounds, then none, so that every story has an end.
pub(super) fn weather(round: u32) -> Weather {
    if round < FOUL_ROUNDS { Weather::Foul } else { Weather::Clear }
}

fn is_not_there(error: &Error) -> bool {
    error.remote().and_then(|remote| remote.code.as_deref()) == Some("RESOURCE_NOT_EXISTS")
}
