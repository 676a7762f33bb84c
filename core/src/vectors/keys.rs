//! Every form a key comes in, and everything that is not one.

use super::fixtures::{bytes, text};
use super::{Case, Document, Outcome, Stop, same};
use crate::crypto::digest;
use crate::keys::{self, ApiV3Key, KeyRing, MerchantCertificate};

pub(super) fn run(_: &Document, case: &Case) -> Outcome {
    let given = case.given();
    let (want, bytes) = (text(&given, "want"), bytes(&given, "text").or_else(|| bytes(&given, "bytes")).unwrap());
    let spki = match want {
        "private_key" => private_key(&bytes)?,
        "public_key" => {
            let ring = KeyRing::new().public_key("1900000001", "PUB_KEY_ID_1", &bytes)?;
            ring.keys("1900000001").next().unwrap().spki_der().to_vec()
        }
        "certificate" => {
            let certificate = MerchantCertificate::load(&bytes)?;
            same("serial", certificate.serial_no(), text(&case.stages, "serial"))?;
            certificate.public_key_der().to_vec()
        }
        _ => {
            ApiV3Key::new(&bytes)?;
            return same("form", "raw", text(&case.stages, "form"));
        }
    };
    same("form", keys::form(&bytes, want)?, text(&case.stages, "form"))?;
    same("spki_sha256", digest::hex(&digest::sha256(&spki)).as_str(), text(&case.stages, "spki_sha256"))
}

fn private_key(bytes: &[u8]) -> Result<Vec<u8>, Stop> {
    let spki = keys::public_key_of(bytes)?;
    #[cfg(feature = "_local-keys")]
    same("public_key_der", keys::PrivateKey::load(bytes)?.public_key_der(), spki.as_slice())?;
    Ok(spki)
}
