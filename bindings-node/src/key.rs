//! Private keys. What they do happens on the thread pool, so that the event loop never waits for it.

use crate::convert::{Turn, thrown, turn};
use crate::flow::{Course, Place, Stepped};
use fapiao::flow::{Given, Need, Work};
use fapiao::wire::{Incoming, Outgoing};
use fapiao::{MerchantCertificate, Moment};
use napi::{Env, ScopedTask};
use napi_derive::napi;
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
}

/// The private keys that are here: what they can do does not surface.
pub(crate) struct Keys {
    signing: Option<fapiao::PrivateKey>,
    opening: Option<fapiao::PrivateKey>,
}

impl Keys {
    pub(crate) fn new(signing: Option<&PrivateKey>, opening: Option<&PrivateKey>) -> Self {
        Self { signing: signing.map(|key| key.0.clone()), opening: opening.map(|key| key.0.clone()) }
    }

    /// Whether they can do all of it.
    pub(crate) fn do_all(&self, needs: &[Need<Outgoing>]) -> bool {
        needs.iter().all(|need| match need.work {
            Work::Sign { .. } => self.signing.is_some(),
            Work::Open { .. } => self.opening.is_some(),
            _ => false,
        })
    }

    /// Does one of the needs.
    pub(crate) fn done(&self, work: &Work<Outgoing>, moment: &Moment) -> Given<Incoming> {
        let done = match (work, &self.signing, &self.opening) {
            (Work::Sign { message, .. }, Some(key), _) => key.sign(message, moment).map(Given::Signed),
            (Work::Open { ciphertext, .. }, _, Some(key)) => {
                key.open(ciphertext).map(|plaintext| Given::Opened(plaintext.to_vec()))
            }
            _ => return Given::Failed("there is no key for this".to_owned()),
        };
        done.unwrap_or_else(|error| Given::Failed(error.message().to_owned()))
    }
}

/// A call that goes on with private keys: one trip signs its request and lays it out.
pub(crate) struct Onward {
    place: Place,
    /// Away from its place meanwhile.
    course: Option<Box<Course>>,
    keys: Keys,
    moment: Moment,
    needs: Vec<Need<Outgoing>>,
}

impl Onward {
    pub(crate) fn new(place: Place, keys: Keys, moment: Moment, needs: Vec<Need<Outgoing>>) -> napi::Result<Self> {
        let course = Some(place.take()?);
        Ok(Self { place, course, keys, moment, needs })
    }

    fn go(&mut self) -> Option<fapiao::Result<Stepped>> {
        let mut course = self.course.take()?;
        let step = course.onward(&self.keys, &self.moment, std::mem::take(&mut self.needs));
        self.place.put(course);
        Some(step)
    }
}

impl<'env> ScopedTask<'env> for Onward {
    type Output = Stepped;
    type JsValue = Turn<'env>;

    // A key operation that fails is the outcome of its need. What is left is a panic, or a flow that refuses its own needs:
    // defects, which the facade knows by the status.
    fn compute(&mut self) -> napi::Result<Stepped> {
        match catch_unwind(AssertUnwindSafe(|| self.go())) {
            Ok(Some(Ok(step))) => Ok(step),
            Ok(Some(Err(error))) => Err(napi::Error::from_reason(error.to_string())),
            Ok(None) | Err(_) => Err(napi::Error::from_reason("a defect in fapiao: please report it")),
        }
    }

    fn resolve(&mut self, env: &'env Env, step: Stepped) -> napi::Result<Turn<'env>> {
        turn(env, step)
    }
}

fn load(key: &[u8], certificate: Option<&str>) -> fapiao::Result<fapiao::PrivateKey> {
    let key = fapiao::PrivateKey::load(key)?;
    if let Some(certificate) = certificate {
        key.belongs_to(&MerchantCertificate::load(certificate.as_bytes())?)?;
    }
    Ok(key)
}
