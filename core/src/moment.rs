//! The two things a host alone can give: the time and unpredictable bytes.

use crate::error::{Code, Error, Result};
use core::fmt;
use sha2::{Digest, Sha256};

const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// Characters of a nonce and of a multipart boundary; the documents allow up to 32.
const TEXT_CHARS: usize = 32;

/// The time and 32 bytes of entropy. Nonces, boundaries and seeds follow from it: same moment, same bytes.
#[derive(Clone)]
pub struct Moment {
    now: i64,
    entropy: [u8; 32],
}

impl Moment {
    /// A moment at `now` (Unix seconds) with 32 bytes from a secure generator, fresh for every moment.
    ///
    /// # Errors
    /// `input.range` for a time before 1970 or after the year 9999.
    pub fn new(now: i64, entropy: [u8; 32]) -> Result<Self> {
        if !(0..=253_402_300_799).contains(&now) {
            return Err(Error::new(Code::InputRange, "the time is not in Unix seconds").at("now"));
        }
        Ok(Self { now, entropy })
    }

    /// Unix seconds.
    pub fn now(&self) -> i64 {
        self.now
    }

    /// The nonce of a request, 32 characters of `0-9A-Za-z`.
    pub(crate) fn nonce(&self) -> String {
        self.text("nonce")
    }

    /// The multipart boundary, 32 characters; `attempt` rises when it occurs in the content.
    pub(crate) fn boundary(&self, attempt: u32) -> String {
        self.text(&format!("boundary {attempt}"))
    }

    /// A seed for operations that a software back end cannot draw itself (OAEP, blinding).
    pub(crate) fn seed(&self, purpose: &str) -> [u8; 32] {
        self.block(purpose, 0)
    }

    fn text(&self, label: &str) -> String {
        (0_u32..)
            .flat_map(|counter| self.block(label, counter))
            // 248 = 4 * 62: above it, the remainder would favour the first characters.
            .filter(|byte| *byte < 248)
            .filter_map(|byte| ALPHABET.get(usize::from(byte % 62)).copied())
            .take(TEXT_CHARS)
            .map(char::from)
            .collect()
    }

    fn block(&self, label: &str, counter: u32) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(b"fapiao ");
        hash.update(label.as_bytes());
        hash.update([0]);
        hash.update(self.entropy);
        hash.update(counter.to_be_bytes());
        hash.finalize().into()
    }
}

impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Moment").field("now", &self.now).finish_non_exhaustive()
    }
}
