//! What may be done next, and what must not be done: as values and as JSON.

use crate::json::Members;

/// One thing that may be done next.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LifeStep {
    /// Make this call now.
    Call(LifeCall),
    /// Wait until this time, then ask again: this is due then, where nothing came in between. An event ends the wait.
    Wait {
        /// Unix seconds.
        until: i64,
        /// The call that is due then.
        then: LifeCall,
    },
    /// The life can't go on by itself: this person must look at this.
    Person {
        /// Who: `accounting`, `operations` (who runs the program) or `own_platform`.
        who: &'static str,
        /// What to look at: ids of the merchant's own.
        look_at: String,
        /// Why.
        because: &'static str,
    },
    /// Nothing is left to do.
    End,
}

/// A call with its ids ready.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LifeCall {
    /// Its name in the catalogue.
    pub call: String,
    /// What the life knows of what to pass, as JSON under the official names. Buyer, lines and the like are the program's to add.
    pub request: String,
    /// Of a call that changes something: which attempt it is, to be handed in again with what becomes of it.
    pub attempt: Option<i64>,
    /// What an earlier attempt left in doubt: hand it to the call where it is made as it was; it then asks before it sends.
    pub in_doubt: Option<String>,
    /// Why it is right now.
    pub because: &'static str,
}

impl LifeCall {
    fn members(&self) -> Members {
        let mut json = Members::new();
        json.text("call", Some(&self.call)).json("request", &self.request);
        json.number("attempt", self.attempt).text("in_doubt", self.in_doubt.as_deref());
        json.text("because", Some(self.because));
        json
    }
}

impl LifeStep {
    /// As JSON: `do` is `call`, `wait`, `person` or `end`.
    pub fn to_json(&self) -> String {
        let mut json = Members::new();
        match self {
            LifeStep::Call(call) => {
                return format!("{{\"do\":\"call\",{}", call.members().end().trim_start_matches('{'));
            }
            LifeStep::Wait { until, then } => {
                json.text("do", Some("wait")).number("until", Some(*until)).json("then", &then.members().end())
            }
            LifeStep::Person { who, look_at, because } => {
                json.text("do", Some("person")).text("who", Some(who)).text("look_at", Some(look_at));
                json.text("because", Some(because))
            }
            LifeStep::End => json.text("do", Some("end")),
        };
        json.end()
    }
}

/// One thing that must not be done now.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Forbidden {
    /// The call by its name in the catalogue; or `refund`, or `new_fapiao_id`, `new_fapiao_apply_id`: a number nobody used before.
    pub act: String,
    /// The invoice it is about; none where it is about the whole application.
    pub fapiao_id: Option<String>,
    /// Until when, Unix seconds; none where no time is known.
    pub until: Option<i64>,
    /// Why.
    pub because: &'static str,
}

impl Forbidden {
    /// As JSON.
    pub fn to_json(&self) -> String {
        let mut json = Members::new();
        json.text("act", Some(&self.act)).text("fapiao_id", self.fapiao_id.as_deref());
        json.number("until", self.until).text("because", Some(self.because)).end()
    }
}

/// A time that matters.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Deadline {
    /// What it is about:
    ///
    /// | `what` | At that time |
    /// |---|---|
    /// | `title_link` | the link to the title form runs out, 30 minutes after it was given |
    /// | `upload` | the uploaded file can't be used any more, after three days |
    /// | `download_link` | links to files run out, after 30 seconds |
    /// | `pdf_url` | the account side's link to a PDF runs out, after 7,200 seconds |
    /// | `file_window` | files are no longer served, one year after the invoice was seen issued |
    /// | `reverse_again` | a reversal that failed may be tried again, five minutes after the last time |
    /// | `not_found_is_final` | a query that does not find what was sent proves that it never happened, 360 seconds after it was sent |
    /// | `events_end` | WeChat Pay stops to send an event that was not answered, after 24 hours and 4 minutes |
    ///
    /// [Official page](https://pay.weixin.qq.com/doc/v3/partner/4015792556)
    pub what: &'static str,
    /// The invoice it is about, where it is about one.
    pub fapiao_id: Option<String>,
    /// Unix seconds.
    pub at: i64,
    /// Whether that is over.
    pub is_over: bool,
}

impl Deadline {
    /// As JSON.
    pub fn to_json(&self) -> String {
        let mut json = Members::new();
        json.text("what", Some(self.what)).text("fapiao_id", self.fapiao_id.as_deref());
        json.number("at", Some(self.at)).json("is_over", if self.is_over { "true" } else { "false" }).end()
    }
}

/// Whether money may go back now.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RefundAnswer {
    /// Whether this amount may go back now.
    pub allowed: bool,
    /// Whether the answer may change by itself: something is on its way, and a query tells.
    pub ask_again: bool,
    /// The most that may go back now, fen.
    pub at_most: i64,
    /// Why.
    pub because: &'static str,
}

impl RefundAnswer {
    /// As JSON: `answer` is `yes`, `not_now` or `no`.
    pub fn to_json(&self) -> String {
        let answer = match (self.allowed, self.ask_again) {
            (true, _) => "yes",
            (false, true) => "not_now",
            (false, false) => "no",
        };
        let mut json = Members::new();
        json.text("answer", Some(answer)).number("at_most", Some(self.at_most));
        json.text("because", Some(self.because)).end()
    }
}
