//! Random texts in the shapes the protocol shows.

use rand::{Rng, distributions::Alphanumeric};

/// `length` characters of `0-9a-zA-Z`.
pub(crate) fn alphanumeric(length: usize) -> String {
    rand::thread_rng().sample_iter(&Alphanumeric).take(length).map(char::from).collect()
}

/// `length` decimal digits, the first of them not zero.
pub(crate) fn digits(length: usize) -> String {
    let mut random = rand::thread_rng();
    (0..length).map(|at| char::from(b'0' + random.gen_range(u8::from(at == 0)..10))).collect()
}

/// `length` upper-case hexadecimal digits.
pub(crate) fn hex_upper(length: usize) -> String {
    let mut random = rand::thread_rng();
    (0..length).filter_map(|_| char::from_digit(random.gen_range(0..16), 16)).collect::<String>().to_ascii_uppercase()
}

/// Sixteen random bytes.
pub(crate) fn bytes16() -> [u8; 16] {
    rand::thread_rng().r#gen()
}
