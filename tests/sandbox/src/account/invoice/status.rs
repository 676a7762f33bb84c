//! How far an invoice is in reimbursement, and who may move it on.

use super::super::AccountError;

/// `reimburse_status`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    Init,
    Lock,
    Closure,
    Cancel,
}

const WORDS: [(&str, Status); 4] = [
    ("INVOICE_REIMBURSE_INIT", Status::Init),
    ("INVOICE_REIMBURSE_LOCK", Status::Lock),
    ("INVOICE_REIMBURSE_CLOSURE", Status::Closure),
    ("INVOICE_REIMBURSE_CANCEL", Status::Cancel),
];

impl Status {
    /// The status of an official word.
    pub(super) fn of(word: &str) -> Result<Self, AccountError> {
        WORDS.into_iter().find(|(known, _)| *known == word).map(|(_, status)| status).ok_or(AccountError::STATUS)
    }

    /// The official word.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Init => "INVOICE_REIMBURSE_INIT",
            Self::Lock => "INVOICE_REIMBURSE_LOCK",
            Self::Closure => "INVOICE_REIMBURSE_CLOSURE",
            Self::Cancel => "INVOICE_REIMBURSE_CANCEL",
        }
    }

    /// What the invoicing platform makes of it: closure and cancel are for good.
    pub(super) fn by_platform(self, wanted: Self) -> Result<Self, AccountError> {
        match self {
            Self::Closure => Err(AccountError::CLOSED),
            Self::Cancel => Err(AccountError::CANCELLED),
            Self::Init | Self::Lock => Ok(wanted),
        }
    }

    /// What a reimburser makes of it: locked once, closed only when locked, never cancelled.
    pub(super) fn by_reimburser(self, wanted: Self) -> Result<Self, AccountError> {
        match (self.by_platform(wanted)?, self) {
            (Self::Cancel, _) | (Self::Lock, Self::Lock) => Err(AccountError::STATUS),
            (Self::Closure, Self::Init) => Err(AccountError::NOT_LOCKED),
            _ => Ok(wanted),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Status::*, *};

    #[test]
    fn words_are_read_as_they_are_written() {
        for (word, status) in WORDS {
            assert_eq!((Status::of(word), status.as_str()), (Ok(status), word));
        }
        assert_eq!(Status::of("INVOICE_REIMBURSE"), Err(AccountError::STATUS));
    }

    #[test]
    fn a_reimburser_locks_frees_and_closes() {
        for (from, to) in [(Init, Lock), (Lock, Init), (Lock, Closure), (Init, Init)] {
            assert_eq!(from.by_reimburser(to), Ok(to), "{from:?} {to:?}");
        }
        for (from, to, error) in [
            (Init, Closure, AccountError::NOT_LOCKED),
            (Lock, Lock, AccountError::STATUS),
            (Lock, Cancel, AccountError::STATUS),
            (Closure, Init, AccountError::CLOSED),
            (Cancel, Lock, AccountError::CANCELLED),
        ] {
            assert_eq!(from.by_reimburser(to), Err(error), "{from:?} {to:?}");
        }
        assert_eq!(Lock.by_platform(Cancel), Ok(Cancel));
    }
}
