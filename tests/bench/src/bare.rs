//! The bare operations: the crypto library with parsed keys.

use anyhow::{Result, anyhow};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeyPair;
use aws_lc_rs::signature::{ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256};
use fapiao::keys::private_key_der;

pub(crate) struct Bare {
    pair: KeyPair,
    public: ParsedPublicKey,
}

impl Bare {
    /// Of a private key in any form, and a public key as DER `SubjectPublicKeyInfo`.
    pub(crate) fn load(private_key: &[u8], public_key: &[u8]) -> Result<Self> {
        let pkcs8 = private_key_der(private_key)?;
        let pair = KeyPair::from_pkcs8(&pkcs8).map_err(|_| anyhow!("the crypto library refused the test key"))?;
        let public = ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, public_key)
            .map_err(|_| anyhow!("the crypto library refused the test key"))?;
        Ok(Self { pair, public })
    }

    pub(crate) fn sign(&self, message: &[u8]) -> Result<Vec<u8>> {
        let mut signature = vec![0; self.pair.public_modulus_len()];
        let signed = self.pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature);
        signed.map_err(|_| anyhow!("the crypto library did not sign"))?;
        Ok(signature)
    }

    pub(crate) fn verify(&self, message: &[u8], signature: &[u8]) -> Result<()> {
        self.public.verify_sig(message, signature).map_err(|_| anyhow!("the crypto library did not verify"))
    }
}
