//! The budgets of the library itself, which `bench` and `bench peers` both judge by.

/// Building and signing a request, times the bare operation.
pub(super) const SIGN: f64 = 1.03;
/// Verifying and parsing an answer of 700 bytes, times the bare operation.
pub(super) const VERIFY: f64 = 1.15;
/// Verifying, decrypting and parsing a callback, times the bare operations.
pub(super) const CALLBACK: f64 = 1.2;
/// A cold process to its first signed request, median, milliseconds.
pub(super) const COLD_MILLISECONDS: f64 = 5.0;
/// Loading a key, milliseconds.
pub(super) const KEY_MILLISECONDS: f64 = 1.0;
/// A caller after use, KB.
pub(super) const CALLER_KB: f64 = 16.0;
