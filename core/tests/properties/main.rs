//! What holds for every input, seen through the public API alone; one file a behaviour.

#![expect(clippy::unwrap_used, reason = "tests")]
#![expect(clippy::tests_outside_test_module, reason = "an integration test")]

mod answers;
mod bounds;
mod doors;
mod fixtures;
mod names;
mod payloads;
mod redaction;
mod requests;
#[cfg(any(feature = "aws-lc", feature = "rsa"))]
mod signatures;
