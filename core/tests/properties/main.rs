//! What holds for every input, seen through the public API alone; one file a behaviour.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "tests"
)]

mod answers;
mod bounds;
mod ffi;
mod fixtures;
mod mended;
mod names;
mod payloads;
#[cfg(feature = "_local-keys")]
mod reasons;
mod redaction;
mod requests;
mod samples;
#[cfg(feature = "_local-keys")]
mod signatures;
mod types;
