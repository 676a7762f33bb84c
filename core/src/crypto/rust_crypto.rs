//! RSA by the `rsa` crate: portable, no C compiler, all randomness from seeds.
//!
//! RUSTSEC-2023-0071: its private operations do not run in constant time. Each one is therefore blinded; a network
//! observer sees the time of a number he cannot predict.

use super::digest::sha256;
use crate::error::{Code, Error, Result};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use rsa::pkcs1::EncodeRsaPrivateKey;
use rsa::pkcs8::{DecodePrivateKey, DecodePublicKey, PrivateKeyInfo};
use rsa::{Oaep, Pkcs1v15Sign, RsaPrivateKey, RsaPublicKey};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// A private key, parsed once.
pub(crate) struct RsaPrivate {
    key: RsaPrivateKey,
    blinding: Zeroizing<[u8; 32]>,
}

impl RsaPrivate {
    /// Parses PKCS#8 DER and checks that its numbers belong together.
    pub(crate) fn from_pkcs8_der(pkcs8: &[u8]) -> Result<Self> {
        let key = RsaPrivateKey::from_pkcs8_der(pkcs8).map_err(|_| inconsistent())?;
        // The crate computes exponents and coefficient itself; a file whose own differ is refused, as aws-lc does.
        let given = PrivateKeyInfo::try_from(pkcs8).map_err(|_| inconsistent())?;
        let computed = key.to_pkcs1_der().map_err(|_| inconsistent())?;
        if computed.as_bytes() != given.private_key {
            return Err(inconsistent());
        }
        let mut secret = Sha256::new();
        secret.update(b"fapiao blinding\0");
        secret.update(pkcs8);
        Ok(Self { key, blinding: Zeroizing::new(secret.finalize().into()) })
    }

    pub(crate) fn sign_pkcs1_sha256(&self, message: &[u8], seed: [u8; 32]) -> Result<Vec<u8>> {
        let mut rng = ChaCha20Rng::from_seed(seed);
        self.key
            .sign_with_rng(&mut rng, Pkcs1v15Sign::new::<Sha256>(), &sha256(message))
            .map_err(|_| Error::new(Code::SignFailed, "the private key refused to sign"))
    }

    pub(crate) fn decrypt_oaep_sha1(&self, ciphertext: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        // Opening happens where no moment is at hand. A factor made from the key and the ciphertext is as unpredictable
        // to whoever does not hold the key.
        let mut secret = Sha256::new();
        secret.update(self.blinding.as_slice());
        secret.update(ciphertext);
        let mut rng = ChaCha20Rng::from_seed(secret.finalize().into());
        self.key
            .decrypt_blinded(&mut rng, Oaep::new::<Sha1>(), ciphertext)
            .map(Zeroizing::new)
            .map_err(|_| Error::new(Code::OpenFailed, "the field was not encrypted for this private key"))
    }
}

/// A public key, parsed once.
pub(crate) struct RsaPublic(RsaPublicKey);

impl RsaPublic {
    /// Parses `SubjectPublicKeyInfo` DER.
    pub(crate) fn from_spki_der(spki: &[u8]) -> Result<Self> {
        RsaPublicKey::from_public_key_der(spki)
            .map(Self)
            .map_err(|_| Error::new(Code::KeyFormat, "this is not a usable RSA public key"))
    }

    pub(crate) fn verify_pkcs1_sha256(&self, message: &[u8], signature: &[u8]) -> bool {
        self.0.verify(Pkcs1v15Sign::new::<Sha256>(), &sha256(message), signature).is_ok()
    }

    pub(crate) fn encrypt_oaep_sha1(&self, plaintext: &[u8], seed: [u8; 32]) -> Result<Vec<u8>> {
        let mut rng = ChaCha20Rng::from_seed(seed);
        self.0
            .encrypt(&mut rng, Oaep::new::<Sha1>(), plaintext)
            .map_err(|_| Error::new(Code::SealFailed, "the public key refused to encrypt"))
    }
}

fn inconsistent() -> Error {
    Error::new(Code::KeyFormat, "the numbers of this private key do not belong together")
}
