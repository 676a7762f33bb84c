//! A private key whose operations run on the thread pool.

use crate::convert::{bytes, moment, thrown};
use fapiao::MerchantCertificate;
use napi::bindgen_prelude::{AsyncTask, Uint8ArraySlice};
use napi::{Env, ScopedTask};
use napi_derive::napi;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A private key, parsed once.
#[napi]
#[derive(Debug)]
pub struct PrivateKey(fapiao::PrivateKey);

#[napi]
impl PrivateKey {
    /// Reads a key in any form, and checks it against its certificate where there is one.
    #[napi(constructor, catch_unwind)]
    pub fn new(env: Env, key: &[u8], certificate: Option<String>) -> napi::Result<Self> {
        load(key, certificate.as_deref()).map(Self).map_err(|error| thrown(env, &error))
    }

    #[napi(catch_unwind)]
    pub fn sign(&self, env: Env, message: &[u8], now: i64, entropy: &[u8]) -> napi::Result<AsyncTask<Operation>> {
        let (key, message, moment) = (self.0.clone(), message.to_vec(), moment(env, now, entropy)?);
        Ok(Operation::task(move || key.sign(&message, &moment)))
    }

    #[napi(catch_unwind)]
    pub fn open(&self, ciphertext: &[u8]) -> AsyncTask<Operation> {
        let (key, ciphertext) = (self.0.clone(), ciphertext.to_vec());
        Operation::task(move || key.open(&ciphertext).map(|plaintext| plaintext.to_vec()))
    }
}

type Work = Box<dyn FnMut() -> fapiao::Result<Vec<u8>> + Send>;

/// One key operation for the thread pool.
pub struct Operation(Work);

impl Operation {
    fn task(work: impl FnMut() -> fapiao::Result<Vec<u8>> + Send + 'static) -> AsyncTask<Self> {
        AsyncTask::new(Self(Box::new(work)))
    }
}

impl<'env> ScopedTask<'env> for Operation {
    type Output = Vec<u8>;
    type JsValue = Uint8ArraySlice<'env>;

    // What it fails with becomes the outcome of its need, in words.
    fn compute(&mut self) -> napi::Result<Vec<u8>> {
        match catch_unwind(AssertUnwindSafe(&mut self.0)) {
            Ok(done) => done.map_err(|error| napi::Error::from_reason(error.message())),
            Err(_) => Err(napi::Error::from_reason("a defect in fapiao: please report it")),
        }
    }

    fn resolve(&mut self, env: &'env Env, output: Vec<u8>) -> napi::Result<Self::JsValue> {
        bytes(env, &output)
    }
}

impl fmt::Debug for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Operation(…)")
    }
}

fn load(key: &[u8], certificate: Option<&str>) -> fapiao::Result<fapiao::PrivateKey> {
    let key = fapiao::PrivateKey::load(key)?;
    if let Some(certificate) = certificate {
        key.belongs_to(&MerchantCertificate::load(certificate.as_bytes())?)?;
    }
    Ok(key)
}
