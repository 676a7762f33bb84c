//! Private keys. What they do happens on the thread pool, so that the event loop never waits for it.

use crate::convert::thrown;
use crate::flow::{Journey, Stepped};
use crate::pool::Pool;
use fapiao::ffi::{Course, Incoming, Outgoing};
use fapiao::flow::{Need, NeedKind, NeedResult};
use fapiao::{MerchantCertificate, Moment, Step};
use napi::Env;
use napi_derive::napi;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// A private key, parsed once.
#[napi]
pub struct PrivateKey {
    key: fapiao::PrivateKey,
    pool: Pool,
}

#[napi]
impl PrivateKey {
    /// Reads a key in any form, and checks it against its certificate where there is one.
    #[napi(constructor, catch_unwind)]
    pub fn new(env: Env, key: &[u8], certificate: Option<String>, pool: &Pool) -> napi::Result<Self> {
        let load = || {
            let key = fapiao::PrivateKey::load(key)?;
            let certificate = certificate.map(|text| MerchantCertificate::load(text.as_bytes())).transpose()?;
            certificate.map_or(Ok(()), |certificate| key.belongs_to(&certificate)).map(|()| key)
        };
        load().map(|key| Self { key, pool: pool.clone() }).map_err(|error| thrown(env, &error))
    }
}

/// The private keys that are here: what they can do does not surface.
#[derive(Default)]
pub(crate) struct Keys {
    signing: Option<fapiao::PrivateKey>,
    opening: Option<fapiao::PrivateKey>,
    pub(crate) pool: Option<Pool>,
}

impl Keys {
    pub(crate) fn new(signing: Option<&PrivateKey>, opening: Option<&PrivateKey>) -> Self {
        let pool = signing.or(opening).map(|key| key.pool.clone());
        let key = |key: &PrivateKey| key.key.clone();
        Self { signing: signing.map(key), opening: opening.map(key), pool }
    }

    /// Whether they can do all of it.
    pub(crate) fn do_all(&self, needs: &[Need<Outgoing>]) -> bool {
        needs.iter().all(|need| match need.work {
            NeedKind::Sign { .. } => self.signing.is_some(),
            NeedKind::Decrypt { .. } => self.opening.is_some(),
            _ => false,
        })
    }

    /// Does one of the needs.
    pub(crate) fn done(&self, work: &NeedKind<Outgoing>, moment: &Moment) -> NeedResult<Incoming> {
        let done = match (work, &self.signing, &self.opening) {
            (NeedKind::Sign { message, .. }, Some(key), _) => key.sign(message, moment).map(NeedResult::Signed),
            (NeedKind::Decrypt { ciphertext, .. }, _, Some(key)) => {
                key.open(ciphertext).map(|plaintext| NeedResult::Decrypted(plaintext.to_vec()))
            }
            _ => return NeedResult::Failed("there is no key for this".to_owned()),
        };
        done.unwrap_or_else(|error| NeedResult::Failed(error.message().to_owned()))
    }
}

/// A call that goes on with private keys: one trip signs its request and lays it out.
pub(crate) struct Onward {
    pub(crate) journey: Arc<Journey>,
    pub(crate) moment: Moment,
    pub(crate) needs: Needs,
}

impl Onward {
    /// Goes on and lands. After a defect (a panic, or a flow that refuses its own needs) nothing does.
    pub(crate) fn go(self) {
        let Self { journey, moment, needs } = self;
        let mut held = journey.held();
        let reached = catch_unwind(AssertUnwindSafe(|| onward(&mut held.course, &journey.keys, &moment, needs)));
        held.landed = reached.ok().and_then(fapiao::Result::ok);
    }
}

pub(crate) type Needs = Vec<Need<Outgoing>>;

/// Steps on while private keys can do what is needed. A key operation that fails is the result of its need.
fn onward(course: &mut Course, keys: &Keys, moment: &Moment, mut needs: Needs) -> fapiao::Result<Stepped> {
    loop {
        for need in needs {
            course.give(need.id, keys.done(&need.work, moment))?;
        }
        match course.step(moment)? {
            Step::Need(further) if keys.do_all(&further) => needs = further,
            step => return Ok(step),
        }
    }
}
