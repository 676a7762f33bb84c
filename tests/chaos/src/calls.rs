//! Calls that may be repeated at will, made by a user who wants an answer.

use crate::drive::Job;
use crate::driver::{Driver, Faulty};
use crate::orders;
use crate::settle::faulty;
use crate::shops::Shop;
use crate::trail::{Called, Ids, Shown};
use anyhow::{Context, Result};
use fapiao::callers::MayBeMadeBy;
use fapiao::pay::{Query, QueryAnswer};
use fapiao::{Direct, Error, Operation, SubMerchant};

/// Does a call until it succeeds, or is refused where nothing goes wrong.
pub(crate) fn persist<O>(
    driver: &mut Driver<'_>,
    shop: &Shop,
    called: Called,
    operation: &O,
) -> Result<Result<O::Answer, Error>>
where
    O: Operation + Clone + MayBeMadeBy<Direct> + MayBeMadeBy<SubMerchant>,
{
    let mut round = 0;
    loop {
        let job = Job::new(called, None, shop.flow(operation.clone())?);
        let result = driver.run(job, faulty(round))?.result()?;
        let told = result.as_ref().map_or_else(is_not_there, |_| true);
        if told || faulty(round) == Faulty::No {
            return Ok(result);
        }
        round += 1;
    }
}

/// The invoices of an application; `None` when the query knows none.
pub(crate) fn ask(driver: &mut Driver<'_>, shop: &Shop, ids: &Ids) -> Result<Option<QueryAnswer>> {
    let query = Query { fapiao_apply_id: ids.apply.clone(), fapiao_id: None };
    match persist(driver, shop, orders::QUERY, &query)? {
        Ok(answer) => Ok(Some(answer)),
        Err(error) if is_not_there(&error) => Ok(None),
        Err(error) => Err(error).context("the query tells nothing where nothing goes wrong"),
    }
}

/// Whether the query shows a call's effect on every id.
pub(crate) fn shows(driver: &mut Driver<'_>, shop: &Shop, called: Called, ids: &Ids) -> Result<bool> {
    let invoices = ask(driver, shop, ids)?.and_then(|answer| answer.fapiao_information).unwrap_or_default();
    let shown = |id: &String| {
        let invoice = invoices.iter().find(|invoice| invoice.fapiao_id == *id);
        invoice.is_some_and(|invoice| match called.shown {
            Shown::Never => false,
            Shown::ByEntry => true,
            Shown::ByStatus(listed) => listed.contains(&invoice.status.as_str()),
        })
    };
    Ok(ids.fapiao.iter().all(shown))
}

fn is_not_there(error: &Error) -> bool {
    error.remote().and_then(|remote| remote.code.as_deref()) == Some("RESOURCE_NOT_EXISTS")
}
