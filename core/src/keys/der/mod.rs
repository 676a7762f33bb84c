//! DER, read and written by the `der` family of crates.

mod certificate;
mod outline;
mod rsa;

pub(super) use certificate::{Parts, parts};
pub(super) use outline::{children, contents};
pub(super) use rsa::{modulus_bytes, pkcs8, pkcs8_content, public_of_private, spki, spki_content};

use crate::error::{Code, Error};

pub(super) fn damaged() -> Error {
    Error::new(Code::KeyFormat, "the key is damaged: its DER cannot be read")
}
