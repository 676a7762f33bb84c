//! The only place that names a crypto crate. Both RSA back ends offer the same two types and answer with the same bytes.

mod aead;
mod cbc;
pub mod digest;

#[cfg(feature = "aws-lc")]
mod aws_lc;
#[cfg(feature = "rsa")]
#[cfg_attr(
    all(feature = "aws-lc", not(test)),
    expect(dead_code, reason = "aws-lc works; this one is the tests' oracle")
)]
mod rust_crypto;

#[cfg(all(test, feature = "aws-lc", feature = "rsa"))]
mod differential;
#[cfg(test)]
mod wycheproof;

pub(crate) use self::cbc::decrypt_aes_256_cbc;
pub(crate) use aead::decrypt_aes_256_gcm;
#[cfg(feature = "aws-lc")]
pub(crate) use aws_lc::{RsaPrivate, RsaPublic};
#[cfg(all(feature = "rsa", not(feature = "aws-lc")))]
pub(crate) use rust_crypto::{RsaPrivate, RsaPublic};
