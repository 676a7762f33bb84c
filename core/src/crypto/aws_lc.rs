//! RSA by aws-lc. It draws the OAEP seed and its blinding itself, so the seeds handed in here are not used.

use crate::error::{Code, Error, Result};
use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{
    KeyPair, OAEP_SHA1_MGF1SHA1, OaepPrivateDecryptingKey, OaepPublicEncryptingKey, PrivateDecryptingKey,
    PublicEncryptingKey,
};
use aws_lc_rs::signature::{ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256};
use std::sync::OnceLock;
use zeroize::Zeroizing;

/// A private key, parsed once; the form aws-lc wants for decryption is made when it is first needed.
pub(crate) struct RsaPrivate {
    pair: KeyPair,
    opener: OnceLock<Option<OaepPrivateDecryptingKey>>,
}

impl RsaPrivate {
    /// Parses PKCS#8 DER and checks that its numbers belong together.
    pub(crate) fn from_pkcs8_der(pkcs8: &[u8]) -> Result<Self> {
        let pair = KeyPair::from_pkcs8(pkcs8)
            .map_err(|_| Error::new(Code::KeyFormat, "the numbers of this private key do not belong together"))?;
        Ok(Self { pair, opener: OnceLock::new() })
    }

    pub(crate) fn sign_pkcs1_sha256(&self, message: &[u8], _seed: [u8; 32]) -> Result<Vec<u8>> {
        let mut signature = vec![0; self.pair.public_modulus_len()];
        self.pair
            .sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature)
            .map_err(|_| Error::new(Code::SignFailed, "the private key refused to sign"))?;
        Ok(signature)
    }

    pub(crate) fn decrypt_oaep_sha1(&self, ciphertext: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        let opener = self.opener.get_or_init(|| self.make_opener()).as_ref().ok_or_else(open_failed)?;
        let mut plaintext = Zeroizing::new(vec![0; opener.min_output_size()]);
        let bytes =
            opener.decrypt(&OAEP_SHA1_MGF1SHA1, ciphertext, &mut plaintext, None).map_err(|_| open_failed())?.len();
        plaintext.truncate(bytes);
        Ok(plaintext)
    }

    fn make_opener(&self) -> Option<OaepPrivateDecryptingKey> {
        let pkcs8 = self.pair.as_der().ok()?;
        let key = PrivateDecryptingKey::from_pkcs8(pkcs8.as_ref()).ok()?;
        OaepPrivateDecryptingKey::new(key).ok()
    }
}

/// A public key, parsed once for verifying. For encrypting it is parsed anew: that costs a hundredth of the signature of the
/// request that follows, and keeping it would double what every key holds.
pub(crate) struct RsaPublic {
    verifier: ParsedPublicKey,
}

impl RsaPublic {
    /// Parses `SubjectPublicKeyInfo` DER.
    pub(crate) fn from_spki_der(spki: &[u8]) -> Result<Self> {
        let verifier = ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, spki)
            .map_err(|_| Error::new(Code::KeyFormat, "this is not a usable RSA public key"))?;
        Ok(Self { verifier })
    }

    pub(crate) fn verify_pkcs1_sha256(&self, message: &[u8], signature: &[u8]) -> bool {
        self.verifier.verify_sig(message, signature).is_ok()
    }

    pub(crate) fn encrypt_oaep_sha1(&self, plaintext: &[u8], _seed: [u8; 32]) -> Result<Vec<u8>> {
        let failed = || Error::new(Code::SealFailed, "the public key refused to encrypt");
        let key = PublicEncryptingKey::from_der(self.verifier.as_ref()).map_err(|_| failed())?;
        let oaep = OaepPublicEncryptingKey::new(key).map_err(|_| failed())?;
        let mut ciphertext = vec![0; oaep.ciphertext_size()];
        let encrypted = oaep.encrypt(&OAEP_SHA1_MGF1SHA1, plaintext, &mut ciphertext, None);
        let bytes = encrypted.map_err(|_| failed())?.len();
        ciphertext.truncate(bytes);
        Ok(ciphertext)
    }
}

// One text for every cause: what exactly was wrong with the padding must not be told.
fn open_failed() -> Error {
    Error::new(Code::OpenFailed, "the field was not encrypted for this private key")
}
