//! Private keys. What they do happens on Node's thread pool, so that the event loop never waits for it.

use crate::convert::{defect, thrown};
use fapiao::{MerchantCertificate, Moment};
use napi::bindgen_prelude::{AsyncTask, Uint8ArraySlice};
use napi::{Env, ScopedTask, Status};
use napi_derive::napi;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A private key, parsed once.
#[napi]
pub struct PrivateKey(fapiao::PrivateKey);

#[napi]
impl PrivateKey {
    /// Reads a key in any form, and checks it against its certificate where there is one.
    #[napi(constructor, catch_unwind)]
    pub fn new(env: Env, key: &[u8], certificate: Option<String>) -> napi::Result<Self> {
        let load = || {
            let key = fapiao::PrivateKey::load(key)?;
            let certificate = certificate.map(|text| MerchantCertificate::load(text.as_bytes())).transpose()?;
            certificate.map_or(Ok(()), |certificate| key.belongs_to(&certificate)).map(|()| key)
        };
        load().map(Self).map_err(|error| thrown(env, &error))
    }

    /// A promise of the signature (RSASSA-PKCS1-v1_5, SHA-256) of a message.
    #[napi(catch_unwind)]
    pub fn sign(&self, message: &[u8]) -> AsyncTask<KeyTask> {
        AsyncTask::new(KeyTask { key: self.0.clone(), operation: Operation::Sign(message.to_vec()) })
    }

    /// A promise of what a ciphertext (RSAES-OAEP, SHA-1) holds.
    #[napi(catch_unwind)]
    pub fn decrypt(&self, ciphertext: &[u8]) -> AsyncTask<KeyTask> {
        AsyncTask::new(KeyTask { key: self.0.clone(), operation: Operation::Decrypt(ciphertext.to_vec()) })
    }
}

/// One operation with a private key, on the thread pool.
pub struct KeyTask {
    key: fapiao::PrivateKey,
    operation: Operation,
}

enum Operation {
    Sign(Vec<u8>),
    Decrypt(Vec<u8>),
}

impl KeyTask {
    fn run(&self) -> fapiao::Result<Vec<u8>> {
        match &self.operation {
            // aws-lc draws what blinds the key itself: the moment counts for nothing.
            Operation::Sign(message) => self.key.sign(message, &Moment::new(0, [0; 32])?),
            Operation::Decrypt(ciphertext) => self.key.decrypt(ciphertext).map(|plaintext| plaintext.to_vec()),
        }
    }
}

impl<'task> ScopedTask<'task> for KeyTask {
    type Output = Vec<u8>;
    type JsValue = Uint8ArraySlice<'task>;

    /// Nothing above this catches a panic.
    fn compute(&mut self) -> napi::Result<Vec<u8>> {
        let done = catch_unwind(AssertUnwindSafe(|| self.run())).map_err(|_| defect())?;
        done.map_err(|error| napi::Error::new(Status::InvalidArg, error.message()))
    }

    fn resolve(&mut self, env: &'task Env, output: Vec<u8>) -> napi::Result<Uint8ArraySlice<'task>> {
        Uint8ArraySlice::copy_from(env, output)
    }
}
