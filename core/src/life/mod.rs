//! The life of the invoices of one application: what is known goes in, what may be done next comes out. No call is made here, no
//! clock is read, nothing is kept.

mod ask;
mod calls;
mod config;
mod deadlines;
mod facts;
mod files;
mod forbidden;
mod heard;
mod input;
mod invoice;
mod issue;
mod members;
mod next;
mod own_platform;
mod poll;
mod refund;
mod reverse;
mod show;
mod step;
#[cfg(test)]
mod tests;
mod text;
mod title;
mod tracks;
mod view;

pub use config::{CONFIG, LifeConfig, Way};
pub use step::{Deadline, Forbidden, LifeCall, LifeStep, RefundAnswer};

use crate::error::{Code, Error, Result};
use facts::Facts;
use view::View;

/// The invoices of one application, from the title to the last reversal.
///
/// Facts go in with [`take`](Self::take), in any order and as often as they come; what they mean together comes out. Times are Unix
/// seconds, money is fen. Keep [`to_text`](Self::to_text) in your own database and write it by compare-and-swap *before* a call that
/// changes something leaves: of two workers the loser sends nothing.
///
/// ```
/// use fapiao::life::{InvoiceLife, LifeConfig, LifeStep};
/// let config = r#"{"way":"direct","mchid":"1900000001","fapiao_apply_id":"4200000444201910177461284488"}"#;
/// let mut life = InvoiceLife::open(LifeConfig::parse(config)?);
/// life.take(r#"{"input":"order","amount":38044}"#, 1_764_300_000)?;
/// life.take(r#"{"input":"buyer"}"#, 1_764_300_000)?;
/// let LifeStep::Call(call) = &life.next(1_764_300_001)?[0] else { panic!() };
/// assert_eq!(call.call, "issue");
/// assert!(call.request.contains(r#""fapiao_id":"4200000444201910177461284488-1","total_amount":38044"#));
/// # Ok::<(), fapiao::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvoiceLife {
    config: LifeConfig,
    facts: Facts,
}

impl InvoiceLife {
    /// Begins a life of which nothing is known.
    pub fn open(config: LifeConfig) -> Self {
        Self { config, facts: Facts::default() }
    }

    /// Reads a text that [`to_text`](Self::to_text) wrote, in any language, in this version or an earlier one.
    ///
    /// # Errors
    /// `life.version` for a text of a newer version, `life.text` for one that is cut or altered.
    pub fn parse(text: &str) -> Result<Self> {
        let (config, facts) = text::parse(text)?;
        Ok(Self { config, facts })
    }

    /// The same, of a life that must be this one.
    ///
    /// # Errors
    /// Besides those of [`parse`](Self::parse) `life.merchant` and `life.application`, where it is another's.
    pub fn parse_for(config: &LifeConfig, text: &str) -> Result<Self> {
        let life = Self::parse(text)?;
        members::check_merchant(config, Some(&life.config.mchid), life.config.sub_mchid.as_deref())?;
        members::check_application(config, &life.config.apply_id)?;
        if config.way != life.config.way {
            let message = "the life is of another way to issue than is configured";
            return Err(Error::new(Code::InputConfig, message).at("way"));
        }
        Ok(life)
    }

    /// Everything known, as one versioned JSON text. It holds ids, amounts, statuses and times; nothing secret, and nothing of the
    /// buyer.
    pub fn to_text(&self) -> String {
        text::to_text(&self.config, &self.facts)
    }

    /// Takes in what became known at a time (Unix seconds); says whether that was new. Only what was verified may go in.
    ///
    /// | `input` | Members | Says |
    /// |---|---|---|
    /// | `sent` | `call`, `request`, `attempt`, `in_doubt` | the call leaves: keep the text before it does |
    /// | `answer` | `call`, `request`, `attempt`, `answer` | a verified answer; of a call answered with 202 no `answer` |
    /// | `failure` | `call`, `request`, `attempt`, `error`, `decision`, `in_doubt` | an error and its decision, as the call reports them |
    /// | `event` | `event` | a callback, as [`Event::to_json`](crate::callbacks::Event::to_json) has it |
    /// | `order` | `amount`, `invoices` | what is to be invoiced; the invoices where they are to be some in particular (`fapiao_id`, `total_amount`) |
    /// | `buyer`, `entrance` | | the program has the buyer's data; the payer was shown the entrance on the bill |
    /// | `refund` | `refund_id`, `amount`, `state` | money that goes back: `asked`, `paid` or `cancelled` |
    /// | `take_back`, `reissue`, `closed` | | the invoices so far are to be reversed; another may come; none may come any more |
    /// | `saved` | `fapiao_id`, `status` | its file is saved: the blue one (`ISSUED`) or the red one (`REVERSED`) |
    /// | `own_platform` | `state` | the own platform has `issued` the invoice, or made the `red` one |
    ///
    /// `request` is what was passed to the call; ids and amounts alone are read of it. `attempt` is as [`next`](Self::next) gave it.
    ///
    /// # Errors
    /// `life.input` naming the member at fault, `life.amount`, `life.time`, and `life.merchant` or `life.application` for what is about
    /// another. Nothing is taken in then, and nothing is lost.
    pub fn take(&mut self, input: &str, now: i64) -> Result<bool> {
        let mut facts = self.facts.clone();
        input::take(&self.config, &mut facts, input, now)?;
        let is_new = facts != self.facts;
        self.facts = facts;
        Ok(is_new)
    }

    /// Of an answer of `fapiao_files`, as [`take`](Self::take) takes it in: the entries whose file is not saved yet, as JSON. A link
    /// lives 30 seconds. Nothing of any other input.
    pub fn to_save(&self, input: &str) -> Vec<String> {
        files::to_save(&self.facts, input)
    }

    /// What may be done next, best first: calls with their ids ready, times to wait for, persons who must look at something. Never
    /// empty.
    ///
    /// # Errors
    /// `life.time`.
    pub fn next(&self, now: i64) -> Result<Vec<LifeStep>> {
        self.at(now).map(|view| next::next(&view))
    }

    /// What must not be done now, and why.
    ///
    /// # Errors
    /// `life.time`.
    pub fn forbidden(&self, now: i64) -> Result<Vec<Forbidden>> {
        self.at(now).map(|view| forbidden::forbidden(&view))
    }

    /// Whether this amount (fen) may go back now, so that no invoice stays valid for money that is gone. Tell a refund as `asked`
    /// before it is paid: nothing is issued for it any more then.
    ///
    /// # Errors
    /// `life.amount` for an impossible amount, `life.time`.
    pub fn may_refund(&self, amount: i64, now: i64) -> Result<RefundAnswer> {
        if !(1..=crate::json::MAX_SAFE).contains(&amount) {
            let message = "the amount must be a whole number of fen, more than 0";
            return Err(Error::new(Code::LifeAmount, message).at("amount"));
        }
        self.at(now).map(|view| refund::may_refund(&view, amount))
    }

    /// The times that matter, the nearest first.
    ///
    /// # Errors
    /// `life.time`.
    pub fn deadlines(&self, now: i64) -> Result<Vec<Deadline>> {
        self.at(now).map(|view| deadlines::deadlines(&view))
    }

    /// Everything at once, as JSON: `whole`, `title`, `invoices` with the tracks `tax` and `card`, `next`, `forbidden`, `deadlines`,
    /// and `refund`, about all that is left of the order.
    ///
    /// # Errors
    /// `life.time`.
    pub fn state(&self, now: i64) -> Result<String> {
        self.at(now).map(|view| show::state(&view))
    }

    /// What the life is about.
    pub const fn config(&self) -> &LifeConfig {
        &self.config
    }

    fn at(&self, now: i64) -> Result<View<'_>> {
        Ok(View::of(&self.config, &self.facts, members::check_time(now)?))
    }
}
