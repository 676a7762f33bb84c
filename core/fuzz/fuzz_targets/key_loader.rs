//! Whatever somebody passes as a key: nothing panics, and what loads is a fixed point of the loader.
#![no_main]

use fapiao::KeyRing;
use fapiao::keys::{ApiV3Key, MerchantCertificate, private_key_der, public_key_of};
use fapiao_fuzz::check_error;
use libfuzzer_sys::fuzz_target;

const ID: &str = "PUB_KEY_ID_0119000001002026112200000000001";

fuzz_target!(|data: &[u8]| {
    match private_key_der(data) {
        Ok(der) => {
            assert_eq!(*private_key_der(&der).expect("its own output loads"), *der);
            assert_eq!(public_key_of(data).expect("a loaded key has one"), public_key_of(&der).expect("so has this"));
        }
        Err(error) => check_error(&error),
    }
    match KeyRing::new().public_key("1", ID, data) {
        Ok(ring) => {
            let spki = ring.find("1", ID).expect("it was added").spki_der().to_vec();
            KeyRing::new().public_key("1", ID, &spki).expect("its own output loads");
        }
        Err(error) => check_error(&error),
    }
    match MerchantCertificate::load(data) {
        Ok(certificate) => assert!(certificate.has_serial(certificate.serial_no())),
        Err(error) => check_error(&error),
    }
    if let Err(error) = KeyRing::new().certificate("1", data) {
        check_error(&error);
    }
    if let Err(error) = ApiV3Key::new(data) {
        check_error(&error);
    }
});
