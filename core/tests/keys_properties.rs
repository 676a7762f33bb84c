//! What holds for every input.

#![expect(clippy::unwrap_used, reason = "tests")]

use fapiao::keys::{ApiV3Key, KeyRing, MerchantCertificate, Serial, private_key_der};
use proptest::prelude::*;

const ID: &str = "PUB_KEY_ID_0119000001002026112200000000001";
const FILES: [&[u8]; 4] = [
    include_bytes!("../../tests/keys/direct.key.pem"),
    include_bytes!("../../tests/keys/direct.cert.pem"),
    include_bytes!("../../tests/keys/platform-1.cert.pem"),
    include_bytes!("../../tests/keys/wechatpay.pub.pem"),
];

#[test]
fn keys_are_shared_between_threads() {
    fn shared<T: Clone + Send + Sync + 'static>() {}
    shared::<KeyRing>();
    shared::<MerchantCertificate>();
    shared::<ApiV3Key>();
    shared::<fapiao::keys::WechatPayKey>();
    #[cfg(feature = "_local-keys")]
    shared::<fapiao::keys::PrivateKey>();
}

/// Loads the bytes as everything there is; a panic fails the test.
fn load_all(bytes: &[u8]) {
    let _ = private_key_der(bytes);
    let _ = MerchantCertificate::load(bytes);
    let _ = KeyRing::new().public_key("1900000001", ID, bytes);
    let _ = KeyRing::new().certificate("1900000001", bytes);
    let _ = ApiV3Key::new(bytes);
}

fn der(index: usize) -> Vec<u8> {
    use base64::Engine;
    let text = core::str::from_utf8(FILES.get(index).unwrap()).unwrap();
    let body: String = text.lines().filter(|line| !line.starts_with('-')).collect();
    base64::engine::general_purpose::STANDARD.decode(body).unwrap()
}

proptest! {
    #[test]
    fn no_bytes_make_the_loader_panic(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        load_all(&bytes);
    }

    #[test]
    fn no_text_makes_the_loader_panic(text in "(-----BEGIN |-----END |-----|[A-Za-z0-9+/=\\\\ \n\"']|PRIVATE KEY|\\PC){0,200}") {
        load_all(text.as_bytes());
    }

    #[test]
    fn no_change_of_a_file_makes_the_loader_panic(
        file in 0..FILES.len(),
        armoured: bool,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in any::<prop::sample::Index>(),
        shorten: bool,
    ) {
        let mut bytes = if armoured { FILES[file].to_vec() } else { der(file) };
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        if shorten {
            bytes.truncate(cut.index(bytes.len()));
        }
        load_all(&bytes);
    }

    #[test]
    fn a_serial_names_the_same_key_in_any_case_and_with_any_zeros(
        digits in "[1-9A-F][0-9A-F]{7,39}",
        lower in prop::collection::vec(any::<bool>(), 40),
        zeros in 0_usize..6,
    ) {
        let other: String =
            digits.chars().zip(&lower).map(|(c, lower)| if *lower { c.to_ascii_lowercase() } else { c }).collect();
        let printed = format!("{}{other}", "0".repeat(zeros));
        prop_assert_eq!(Serial::new(digits.as_str()), Serial::new(printed.as_str()));
        prop_assert_eq!(Serial::new(digits.as_str()).cmp(&Serial::new(printed)), core::cmp::Ordering::Equal);
        prop_assert_ne!(Serial::new(digits.as_str()), Serial::new(format!("{digits}0")));
    }
}

#[cfg(feature = "_local-keys")]
mod signatures {
    use super::*;
    use fapiao::{Moment, keys::PrivateKey};
    use std::sync::LazyLock;

    static KEY: LazyLock<PrivateKey> =
        LazyLock::new(|| PrivateKey::load(include_bytes!("../../tests/keys/wechatpay.key.pem")).unwrap());
    static RING: LazyLock<KeyRing> = LazyLock::new(|| KeyRing::new().public_key("1", ID, FILES[3]).unwrap());

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_change_of_signature_or_message_is_refused(
            message in prop::collection::vec(any::<u8>(), 1..400),
            entropy: [u8; 32],
            place: prop::sample::Index,
            bit in 0_u8..8,
        ) {
            let moment = Moment::new(0, entropy).unwrap();
            let key = RING.find("1", ID).unwrap();
            let signature = KEY.sign(&message, &moment).unwrap();
            prop_assert!(key.verify(&message, &signature));
            let mut flipped = signature.clone();
            flipped[place.index(signature.len())] ^= 1 << bit;
            prop_assert!(!key.verify(&message, &flipped));
            let mut other = message.clone();
            other[place.index(message.len())] ^= 1 << bit;
            prop_assert!(!key.verify(&other, &signature));
        }

        #[test]
        fn what_is_sealed_opens(plaintext in prop::collection::vec(any::<u8>(), 0..=214), entropy: [u8; 32]) {
            let moment = Moment::new(0, entropy).unwrap();
            let sealed = RING.find("1", ID).unwrap().encrypt(&plaintext, &moment, "/name").unwrap();
            prop_assert_eq!(&*KEY.decrypt(&sealed).unwrap(), &plaintext);
        }
    }
}
