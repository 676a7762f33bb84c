//! The life of an invoice, for languages that take texts.

use crate::error::{Code, Error, Result};
use crate::json::{Members, Object, Raw, Shape, list};
use crate::life::{Deadline, Forbidden, InvoiceLife, LifeConfig, LifeStep};

/// The invoices of one application: JSON in, JSON out. Times in Unix seconds, money in fen.
#[derive(Clone, Debug)]
pub struct Life(InvoiceLife);

impl Life {
    /// Begins a life; the configuration as in [`LifeConfig::parse`].
    ///
    /// # Errors
    /// `input.config` naming the entry at fault.
    pub fn open(config: &str) -> Result<Self> {
        LifeConfig::parse(config).map(InvoiceLife::open).map(Self)
    }

    /// Reads a text that was kept; with a configuration, only where it is of this application.
    ///
    /// # Errors
    /// `life.version`, `life.text`; `life.merchant`, `life.application`, `input.config`.
    pub fn parse(text: &str, config: Option<&str>) -> Result<Self> {
        match config {
            Some(config) => InvoiceLife::parse_for(&LifeConfig::parse(config)?, text).map(Self),
            None => InvoiceLife::parse(text).map(Self),
        }
    }

    /// Takes in what became known; the inputs as in [`InvoiceLife::take`]. Says whether it was new.
    ///
    /// # Errors
    /// `life.input`, `life.amount`, `life.time`, `life.merchant`, `life.application`: nothing is taken in then.
    pub fn take(&mut self, input: &str, now: i64) -> Result<bool> {
        self.0.take(input, now)
    }

    /// Everything at once, as [`InvoiceLife::state`] has it.
    ///
    /// # Errors
    /// `life.time`.
    pub fn state(&self, now: i64) -> Result<String> {
        self.0.state(now)
    }

    /// What may be done next, as `{"next": […], "forbidden": […], "deadlines": […]}`.
    ///
    /// # Errors
    /// `life.time`.
    pub fn next(&self, now: i64) -> Result<String> {
        let next = list(self.0.next(now)?.iter().map(LifeStep::to_json));
        let forbidden = list(self.0.forbidden(now)?.iter().map(Forbidden::to_json));
        let deadlines = list(self.0.deadlines(now)?.iter().map(Deadline::to_json));
        Ok(Members::new().json("next", &next).json("forbidden", &forbidden).json("deadlines", &deadlines).end())
    }

    /// Whether this amount (fen) may go back now: `{"answer": "yes" | "not_now" | "no", "at_most": fen, "because": text}`.
    ///
    /// # Errors
    /// `life.amount`, `life.time`.
    pub fn may_refund(&self, amount: i64, now: i64) -> Result<String> {
        self.0.may_refund(amount, now).map(|answer| answer.to_json())
    }

    /// The text to keep.
    pub fn text(&self) -> String {
        self.0.to_text()
    }

    /// Under which key a store keeps it.
    pub fn key(&self) -> String {
        self.0.config().key()
    }
}

/// One question to a life and everything it says, for languages that keep nothing but its text.
///
/// The question is an object: `text`, what was kept, or `config` to begin one (with both, the text has to be of this application);
/// `take`, a list of inputs; `now`; `may_refund`, an amount, where that is asked. The answer: `text` to keep, `key` for a store, `new`, whether an input
/// was, `to_save`, the files that an answer just taken in has links to and that are not saved yet, `state`, `next`, `forbidden`, `deadlines`, and `refund` where it was asked for.
///
/// # Errors
/// As of [`Life`]; `input.type` for a question in another form.
pub fn life(question: &str) -> Result<String> {
    let wrong =
        |name: &'static str| Error::new(Code::InputType, format!("`{name}` is missing or of another type")).at(name);
    let question = Object::parse(question).ok_or_else(|| wrong("life"))?;
    let given = |name: &str| question.value(name).filter(|raw| raw.shape() != Shape::Null);
    let number = |name: &'static str| -> Result<Option<i64>> {
        given(name).map(|raw| raw.get().parse().map_err(|_| wrong(name))).transpose()
    };
    let now = number("now")?.ok_or_else(|| wrong("now"))?;
    let text = given("text").map(|raw| raw.owned_text().ok_or_else(|| wrong("text"))).transpose()?;
    let config = given("config").map(Raw::get);
    let mut life = match (&text, config) {
        (Some(text), config) => Life::parse(text, config)?,
        (None, Some(config)) => Life::open(config)?,
        (None, None) => return Err(wrong("config")),
    };
    let mut new = false;
    let mut to_save = Vec::new();
    let inputs = given("take").map(|inputs| inputs.list().ok_or_else(|| wrong("take"))).transpose()?;
    for input in inputs.unwrap_or_default() {
        new |= life.take(input.get(), now)?;
        to_save.extend(life.0.to_save(input.get()));
    }
    let mut answer = Members::new();
    answer
        .text("text", Some(&life.text()))
        .text("key", Some(&life.key()))
        .json("new", if new { "true" } else { "false" })
        .json("to_save", &list(to_save.into_iter()));
    answer.json("state", &life.state(now)?);
    if let Some(amount) = number("may_refund")? {
        answer.json("refund", &life.may_refund(amount, now)?);
    }
    Ok(answer.json("steps", &life.next(now)?).end())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONFIG: &str = r#"{"way":"direct","mchid":"1900000001","fapiao_apply_id":"4200000444201910177461284488"}"#;

    #[test]
    fn a_question_begins_a_life_and_its_text_goes_on() {
        let begun = life(&format!(
            r#"{{"config":{CONFIG},"now":1764300000,"take":[{{"input":"order","amount":38044}},{{"input":"buyer"}}]}}"#
        ));
        let begun: serde_json::Value = serde_json::from_str(&begun.unwrap()).unwrap();
        assert_eq!(begun["new"], true);
        assert_eq!(begun["steps"]["next"][0]["call"], "issue", "{begun}");
        let text = begun["text"].as_str().unwrap();
        assert_eq!(begun["key"], "fapiao:life:1900000001::4200000444201910177461284488");
        let question = serde_json::json!({"text": text, "now": 1_764_300_001, "may_refund": 100});
        let again: serde_json::Value = serde_json::from_str(&life(&question.to_string()).unwrap()).unwrap();
        assert_eq!((again["new"].as_bool(), again["text"].as_str()), (Some(false), Some(text)));
        assert!(again["refund"]["answer"].is_string(), "{again}");
    }

    #[test]
    fn files_with_a_link_are_to_be_saved_once() {
        let links = r#"{"input":"answer","call":"fapiao_files","request":{},"answer":{"fapiao_download_info_list":[
            {"fapiao_id":"f1","status":"ISSUED","download_url":"https://x"},
            {"fapiao_id":"f1","status":"REVERSED","download_url":"https://y"},
            {"fapiao_id":"f2","status":"ISSUE_ACCEPTED"},{"status":"ISSUED"}]}}"#;
        let asked = |before: &str| -> Vec<String> {
            let question = format!(r#"{{"config":{CONFIG},"now":1764300000,"take":[{before}{links}]}}"#);
            let answer: serde_json::Value = serde_json::from_str(&life(&question).unwrap()).unwrap();
            let entries = answer["to_save"].as_array().unwrap().clone();
            entries.iter().map(|entry| entry["download_url"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(asked(""), ["https://x", "https://y"]);
        assert_eq!(asked(r#"{"input":"saved","fapiao_id":"f1","status":"ISSUED"},"#), ["https://y"]);
        let query = r#"{"input":"answer","call":"query","request":{},"answer":{}}"#;
        let question = format!(r#"{{"config":{CONFIG},"now":1764300000,"take":[{query}]}}"#);
        assert!(life(&question).unwrap().contains(r#""to_save":[]"#));
    }

    #[test]
    fn what_is_no_question_is_refused() {
        for (question, field) in [("[]", "life"), ("{}", "now"), (r#"{"now":1}"#, "config"), (r#"{"now":"1"}"#, "now")]
        {
            assert_eq!(life(question).unwrap_err().field(), Some(field), "{question}");
        }
    }
}
