//! The life of one application.

use crate::calls::{ask, persist, shows};
use crate::drive::Job;
use crate::driver::Driver;
use crate::judge::Rule;
use crate::orders;
use crate::settle::{ROUNDS, Work, faulty, settle};
use crate::shops::Shop;
use crate::trail::{Called, Ids};
use crate::truth::Beliefs;
use crate::world::{World, Worlds};
use anyhow::{Context, Result};
use fapiao::callers::MayBeMadeBy;
use fapiao::flow::Effect;
use fapiao::pay::{DownloadFile, Fapiao, FapiaoFiles};
use fapiao::{Accepted, Direct, Error, Flow, Operation, SubMerchant};
use serde_json::json;

/// How far queries are behind in that world, milliseconds; the longest is just what a client may take them for.
const LAGS: [u32; 5] = [500, 2_500, 6_000, 30_000, 59_000];
/// Virtual seconds from an acceptance to its end.
const PROCESSING: i64 = 2;

pub(crate) struct Life<'d, 'a> {
    pub(crate) driver: &'d mut Driver<'a>,
    pub(crate) shop: &'d Shop,
    /// What is believed of each invoice, to be held against the ledger.
    pub(crate) beliefs: &'d mut Beliefs,
}

impl Life<'_, '_> {
    pub(crate) fn live(&mut self, name: &str, ordered: &[World]) -> Result<()> {
        self.begin(ordered)?;
        let count = if matches!(self.shop, Shop::Direct(_)) && self.driver.rng.percent(25) { 3 } else { 1 };
        let fapiao = (1..=count).map(|number| format!("F-{name}-{number}")).collect();
        let mut ids = Ids { apply: format!("A-{name}"), fapiao };
        if self.driver.rng.percent(40) {
            self.persist(orders::TITLE_URL, &orders::title(&ids))??;
        }
        let issued = self.issue(&mut ids)?;
        self.beliefs.issued(&ids, issued);
        if issued == Effect::Yes {
            self.go_on(&ids)?;
        }
        if self.driver.rng.percent(15) {
            self.persist(orders::UPLOAD_FILE, &orders::upload(name))??;
        }
        self.driver.close()
    }

    /// Draws the worlds of the story, and sets the gateway to them.
    fn begin(&mut self, ordered: &[World]) -> Result<()> {
        let driver = &mut *self.driver;
        let worlds = Worlds::draw(ordered, &mut driver.rng, |world| driver.tally.of(world));
        let lags = worlds.has(World::Lag) || worlds.has(World::Reversal);
        let lag = if lags { driver.rng.pick(&LAGS).unwrap_or_default() } else { 0 };
        // How repeated calls and nonces are answered is not documented.
        let policy = |driver: &mut Driver<'_>| if driver.rng.percent(50) { "accept" } else { "refuse" };
        let settings = json!({
            "query_lag_millis": lag,
            "duplicates": policy(driver),
            "nonce_reuse": policy(driver),
            "issue_result": if driver.rng.percent(5) { "failure" } else { "success" },
            "reverse_result": if driver.rng.percent(15) { "failure" } else { "success" },
        });
        driver.sandbox.order("/settings", &settings)?;
        (driver.story.worlds, driver.story.lag) = (worlds, lag);
        Ok(())
    }

    fn issue(&mut self, ids: &mut Ids) -> Result<Effect> {
        let shop = self.shop;
        let called = if matches!(shop, Shop::Direct(_)) { orders::ISSUE } else { orders::ISSUE_GENERAL };
        let flow = |ids: &Ids| -> Result<Flow<Accepted>> {
            Ok(match shop {
                Shop::Direct(direct) => direct.flow(orders::issue(ids))?,
                Shop::Sub(sub) => sub.flow(orders::issue_general(ids))?,
            })
        };
        self.settle(called, ids, &flow)
    }

    fn settle(
        &mut self,
        called: Called,
        ids: &mut Ids,
        flow: &dyn Fn(&Ids) -> Result<Flow<Accepted>>,
    ) -> Result<Effect> {
        let shop = self.shop;
        let shown = |driver: &mut Driver<'_>, ids: &Ids| shows(driver, shop, called, ids);
        let mut work = Work { called, ids: ids.clone(), flow, shown: &shown };
        let end = settle(self.driver, &mut work)?;
        ids.clone_from(&work.ids);
        Ok(end)
    }

    /// What is done with an invoice that was taken.
    fn go_on(&mut self, ids: &Ids) -> Result<()> {
        let invoices = self.processed(ids)?;
        if self.driver.rng.percent(10) {
            self.issue(&mut ids.clone())?;
        }
        let failed = invoices.iter().any(|invoice| invoice.status.as_str() != "ISSUED");
        if failed || invoices.is_empty() {
            return Ok(());
        }
        if self.driver.rng.percent(20) {
            self.download(ids, &invoices)?;
        }
        if self.driver.story.worlds.has(World::Reversal) || self.driver.rng.percent(20) {
            self.reverse(ids, &invoices)?;
        }
        Ok(())
    }

    /// The invoices once the tax office is done with them and the query shows it.
    fn processed(&mut self, ids: &Ids) -> Result<Vec<Fapiao>> {
        let behind = i64::from(self.driver.story.lag / 1_000) + 1;
        self.driver.clock.advance(PROCESSING + behind)?;
        let answer = ask(self.driver, self.shop, ids)?;
        if answer.is_none() {
            self.driver.report_violation(Rule::Truth, format!("{} is not known to the query", ids.apply));
        }
        Ok(answer.and_then(|answer| answer.fapiao_information).unwrap_or_default())
    }

    fn reverse(&mut self, ids: &Ids, invoices: &[Fapiao]) -> Result<()> {
        let shop = self.shop;
        let all = self.driver.rng.percent(5);
        let (called, named) = if all { (orders::REVERSE_ALL, &[][..]) } else { (orders::REVERSE, invoices) };
        let flow = |ids: &Ids| shop.flow(orders::reverse(shop, ids, named));
        let end = self.settle(called, &mut ids.clone(), &flow)?;
        self.beliefs.reversed(ids, end);
        if end == Effect::Yes {
            let invoices = self.processed(ids)?;
            let accepted = |invoice: &Fapiao| matches!(invoice.status.as_str(), "REVERSED" | "REVERSE_FAILED");
            if !invoices.iter().all(accepted) && self.driver.sabotage.is_none() {
                self.driver.report_violation(Rule::Truth, format!("{ids:?} was not reversed"));
            }
        }
        Ok(())
    }

    /// Asks for the link and follows it, as often as it takes.
    fn download(&mut self, ids: &Ids, invoices: &[Fapiao]) -> Result<()> {
        let fapiao = invoices.first().context("no invoice is listed")?;
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
            let job = Job::new(orders::DOWNLOAD_FILE, None, self.shop.flow(download)?);
            let ended = self.driver.run(job, faulty(round))?;
            let raw = ended.raw.clone();
            let result = ended.result()?;
            let unchecked = self.driver.takes_unchecked(&result);
            let taken = match result {
                Ok(file) => Some(file.bytes),
                Err(_) => unchecked.then_some(raw),
            };
            if let Some(bytes) = taken {
                return self.compare(ids, &bytes);
            }
        }
        self.driver.report_violation(Rule::Truth, format!("the file of {} did not come", ids.apply));
        Ok(())
    }

    /// Holds an accepted file against the one the gateway serves without faults.
    fn compare(&mut self, ids: &Ids, bytes: &[u8]) -> Result<()> {
        let served = self.driver.served_without_faults()?;
        if served != bytes {
            let why = format!("the accepted file of {} is not the one that is served", ids.apply);
            self.driver.report_violation(Rule::File, why);
        }
        Ok(())
    }

    fn persist<O>(&mut self, called: Called, operation: &O) -> Result<Result<O::Answer, Error>>
    where
        O: Operation + Clone + MayBeMadeBy<Direct> + MayBeMadeBy<SubMerchant>,
    {
        persist(self.driver, self.shop, called, operation)
    }
}
