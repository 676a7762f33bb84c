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
    /// The time on it, in milliseconds.
    pub(crate) made_at: i64,
}

/// What only the older papers have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Classic {
    pub(crate) code: String,
    pub(crate) check_code: Option<String>,
    pub(crate) password: Option<String>,
}

impl Paper {
    /// Invented numbers of the lengths this family has.
    pub(crate) fn invented(kind: Kind, made_at: i64) -> Self {
        match kind {
            Kind::Digital => Self { number: random::digits(20), classic: None, made_at },
            Kind::Classic => {
                let (check_code, password) = (Some(random::digits(20)), Some("0".repeat(108)));
                let classic = Classic { code: random::digits(12), check_code, password };
                Self { number: random::digits(8), classic: Some(classic), made_at }
            }
        }
    }

    /// The time on it, as WeChat writes times.
    pub(crate) fn time(&self) -> String {
        clock::rfc3339(self.made_at.div_euclid(1000))
    }

    /// The paper as the query shows it.
    pub(super) fn view(&self) -> Value {
        let mut view = json!({"fapiao_number": self.number, "fapiao_time": self.time()});
        if let (Some(object), Some(classic)) = (view.as_object_mut(), &self.classic) {
            object.insert("fapiao_code".to_owned(), classic.code.clone().into());
            for (name, value) in [("check_code", &classic.check_code), ("password", &classic.password)] {
                object.extend(value.clone().map(|value| (name.to_owned(), value.into())));
            }
        }
        view
    }
}
