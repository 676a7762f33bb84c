//! The two RSA back ends side by side: same keys, same signatures, same refusals, and each opens what the other encrypts.

#![expect(clippy::unwrap_used, reason = "tests")]

use super::{aws_lc, rust_crypto};
use crate::keys::private_key_der;
use proptest::prelude::*;
use std::sync::LazyLock;

const KEY_PEM: &[u8] = include_bytes!("../../../tests/keys/direct.key.pem");

struct Pair {
    pkcs8: Vec<u8>,
    aws: (aws_lc::RsaPrivate, aws_lc::RsaPublic),
    rust: (rust_crypto::RsaPrivate, rust_crypto::RsaPublic),
}

static PAIR: LazyLock<Pair> = LazyLock::new(|| {
    let pkcs8 = private_key_der(KEY_PEM).unwrap().to_vec();
    let spki = crate::keys::PrivateKey::load(&pkcs8).unwrap().public_key_der().to_vec();
    Pair {
        aws: (aws_lc::RsaPrivate::from_pkcs8_der(&pkcs8).unwrap(), aws_lc::RsaPublic::from_spki_der(&spki).unwrap()),
        rust: (
            rust_crypto::RsaPrivate::from_pkcs8_der(&pkcs8).unwrap(),
            rust_crypto::RsaPublic::from_spki_der(&spki).unwrap(),
        ),
        pkcs8,
    }
});

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn signatures_are_equal_byte_for_byte(message in prop::collection::vec(any::<u8>(), 0..600), seed: [u8; 32]) {
        let by_aws = PAIR.aws.0.sign_pkcs1_sha256(&message, seed).unwrap();
        let by_rust = PAIR.rust.0.sign_pkcs1_sha256(&message, seed).unwrap();
        prop_assert_eq!(&by_aws, &by_rust);
        prop_assert!(PAIR.aws.1.verify_pkcs1_sha256(&message, &by_rust));
        prop_assert!(PAIR.rust.1.verify_pkcs1_sha256(&message, &by_aws));
    }

    #[test]
    fn each_opens_what_the_other_seals(plaintext in prop::collection::vec(any::<u8>(), 0..=214), seed: [u8; 32]) {
        let by_aws = PAIR.aws.1.encrypt_oaep_sha1(&plaintext, seed).unwrap();
        let by_rust = PAIR.rust.1.encrypt_oaep_sha1(&plaintext, seed).unwrap();
        for encrypted in [&by_aws, &by_rust] {
            prop_assert_eq!(&*PAIR.aws.0.decrypt_oaep_sha1(encrypted).unwrap(), &plaintext);
            prop_assert_eq!(&*PAIR.rust.0.decrypt_oaep_sha1(encrypted).unwrap(), &plaintext);
        }
        prop_assert_eq!(PAIR.rust.1.encrypt_oaep_sha1(&plaintext, seed).unwrap(), by_rust, "same seed, same bytes");
    }

    #[test]
    fn both_refuse_the_same_damaged_keys(place: prop::sample::Index, bit in 0_u8..8) {
        let mut damaged = PAIR.pkcs8.clone();
        // Both are only ever given the wrapper that the loader writes, the first 26 bytes.
        let place = place.index(damaged.len().saturating_sub(26)).saturating_add(26);
        damaged[place] ^= 1 << bit;
        let by_aws = aws_lc::RsaPrivate::from_pkcs8_der(&damaged).is_ok();
        let by_rust = rust_crypto::RsaPrivate::from_pkcs8_der(&damaged).is_ok();
        prop_assert_eq!(by_aws, by_rust, "bit {} of byte {}", bit, place);
    }

    #[test]
    fn both_refuse_ciphertexts_of_any_wrong_length(ciphertext in prop::collection::vec(any::<u8>(), 0..600)) {
        prop_assert!(PAIR.aws.0.decrypt_oaep_sha1(&ciphertext).is_err());
        prop_assert!(PAIR.rust.0.decrypt_oaep_sha1(&ciphertext).is_err());
    }
}

#[test]
fn both_refuse_what_does_not_fit() {
    assert!(PAIR.aws.1.encrypt_oaep_sha1(&[7; 215], [0; 32]).is_err());
    assert!(PAIR.rust.1.encrypt_oaep_sha1(&[7; 215], [0; 32]).is_err());
}
