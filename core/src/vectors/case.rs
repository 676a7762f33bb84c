//! One case, and whether it came out as it says.

use crate::error::Error;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

/// One file of vectors.
#[derive(Deserialize)]
pub(super) struct Document {
    pub(super) cases: Vec<Case>,
    /// The call of a file in `calls/`.
    #[serde(skip)]
    pub(super) call: String,
}

#[derive(Deserialize)]
pub(super) struct Case {
    pub(super) id: String,
    pub(super) kind: Option<String>,
    /// As text, so that payloads keep their order and their digits.
    pub(super) input: Box<RawValue>,
    pub(super) stages: Value,
    pub(super) result: String,
    pub(super) code: Option<String>,
    pub(super) field: Option<String>,
}

/// Why a case did not come out valid.
pub(super) enum Stop {
    /// Core refused it.
    Refused(Error),
    /// Core gave something else than a stage says.
    Differs(String),
    /// What is left of the case needs RSA, which this build does not have.
    NeedsBackEnd,
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Stop::Refused(error)
    }
}

pub(super) type Outcome = Result<(), Stop>;
pub(super) type Runner = fn(&Document, &Case) -> Outcome;

impl Case {
    pub(super) fn given(&self) -> Value {
        serde_json::from_str(self.input.get()).unwrap()
    }

    /// What is wrong with how the case came out; nothing when it came out as it says.
    pub(super) fn judge(&self, outcome: Outcome) -> Option<String> {
        match (self.result.as_str(), outcome) {
            (_, Err(Stop::NeedsBackEnd)) | ("valid", Ok(())) => None,
            (_, Err(Stop::Differs(how))) => Some(how),
            ("valid", Err(Stop::Refused(error))) => Some(format!("refused with {error}, at {:?}", error.field())),
            (_, Ok(())) => Some(format!("passed, {:?} is wanted", self.code)),
            (_, Err(Stop::Refused(error))) => {
                let code = Some(error.code().as_str()) == self.code.as_deref();
                let field = self.field.is_none() || self.field.as_deref() == error.field();
                let wanted = format!("{:?} at {:?}", self.code, self.field);
                (!code || !field).then(|| format!("refused with {error}, at {:?}; wanted {wanted}", error.field()))
            }
        }
    }
}

/// Fails the case when a stage came out differently.
#[expect(clippy::needless_pass_by_value, reason = "half of what is compared is a temporary")]
pub(super) fn same<T: PartialEq + std::fmt::Debug>(stage: &str, made: T, wanted: T) -> Outcome {
    if made == wanted { Ok(()) } else { Err(Stop::Differs(format!("{stage}: {made:?}, wanted {wanted:?}"))) }
}
