//! The numbers of one paper: the blue invoice, or the red one that takes it back.

use serde_json::{Value, json};

use crate::{clock, random};

/// A family of invoices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Tax-control and block-chain invoices: a code of 12 digits and a number of 8.
    Classic,
    /// Digital invoices (数电): a number of 20 digits and nothing else.
    Digital,
}

/// Which of the two papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Blue,
    Red,
}

/// What the tax office gives a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Paper {
    pub(crate) number: String,
    pub(crate) classic: Option<Classic>,
}

/// What only the older papers have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Classic {
    pub(crate) code: String,
    check_code: String,
}

impl Paper {
    /// Invented numbers of the lengths this family has.
    pub(crate) fn invented(kind: Kind) -> Self {
        match kind {
            Kind::Digital => Self { number: random::digits(20), classic: None },
            Kind::Classic => {
                let classic = Classic { code: random::digits(12), check_code: random::digits(20) };
                Self { number: random::digits(8), classic: Some(classic) }
            }
        }
    }

    /// The paper as the query shows it.
    pub(super) fn view(&self, made_at_millis: i64) -> Value {
        let time = clock::rfc3339(made_at_millis.div_euclid(1000));
        match &self.classic {
            None => json!({"fapiao_number": self.number, "fapiao_time": time}),
            Some(classic) => json!({
                "fapiao_code": classic.code,
                "fapiao_number": self.number,
                "check_code": classic.check_code,
                "password": "0".repeat(108),
                "fapiao_time": time,
            }),
        }
    }
}
