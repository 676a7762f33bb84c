//! One request and its answer, step by step: seal, sign, send, verify, open.

use super::need;
use crate::base64;
use crate::callers::Host;
use crate::error::{Code, Error, Result};
use crate::moment::Moment;
use crate::protocol::{Claim, Draft, Incoming, Outgoing, Pending, Settled, Verified};
use std::sync::Arc;

pub(crate) type Work = need::Work<Outgoing>;
pub(crate) type Given = need::Given<Incoming>;
/// An answer whose type the flow's caller knows.
pub(crate) type Untyped = ();

/// One request and its answer.
pub(crate) struct Exchange {
    pub(crate) draft: Arc<Draft>,
    pub(crate) host: Host,
    /// Sealed once: a repeated request carries the same ciphertexts under a fresh signature.
    sealed: Option<Sealed>,
    /// Whether the request was handed out: what fails before that has no effect.
    pub(crate) sent: bool,
    /// Whether what is sealed in the answer is opened.
    opens: bool,
    stage: Stage,
}

struct Sealed {
    /// Id of the key it is sealed for.
    key_id: Option<String>,
    texts: Vec<String>,
}

enum Stage {
    Start,
    Sealing(Box<Pending<Untyped>>),
    Signing(Box<Pending<Untyped>>),
    Sending(Box<Pending<Untyped>>),
    Verifying(Box<Claim<Untyped>>),
    Opening(Box<Verified<Untyped>>),
    Over,
}

/// What an exchange does next.
pub(crate) enum Progress {
    /// This has to be done elsewhere, all of it.
    Need(Vec<Work>),
    /// It is over.
    Over(Result<Box<Verified<Untyped>>>),
}

impl Exchange {
    pub(crate) fn new(draft: Arc<Draft>) -> Self {
        Self { draft, host: Host::Main, sealed: None, sent: false, opens: true, stage: Stage::Start }
    }

    /// One whose answer only tells whether something is there: what is sealed in it stays so.
    pub(crate) fn asking(draft: Arc<Draft>) -> Self {
        Self { opens: false, ..Self::new(draft) }
    }

    /// Begins again, with fresh time and nonce.
    pub(crate) fn restart(&mut self, host: Host) {
        self.host = host;
        self.sent = false;
        self.stage = Stage::Start;
    }

    /// Takes what the last needs gave (nothing at the start) and goes on.
    pub(crate) fn advance(&mut self, given: Vec<Given>, moment: &Moment) -> Progress {
        self.try_advance(given, moment).unwrap_or_else(|error| Progress::Over(Err(error)))
    }

    fn try_advance(&mut self, given: Vec<Given>, moment: &Moment) -> Result<Progress> {
        match std::mem::replace(&mut self.stage, Stage::Over) {
            Stage::Start => self.start(moment),
            Stage::Sealing(pending) => {
                let sealed = given.into_iter().map(sealed).collect::<Result<Vec<_>>>()?;
                let texts = sealed.iter().map(|ciphertext| base64::encode(ciphertext)).collect();
                self.sealed = Some(Sealed { key_id: pending.key_id().map(str::to_owned), texts });
                self.sign(pending)
            }
            Stage::Signing(pending) => self.send(pending, Some(&signature(given)?)),
            Stage::Sending(pending) => self.receive(&pending, answer(given)?, moment),
            Stage::Verifying(claim) => {
                let verified = Box::new(claim.settle(checked(given)?)?);
                self.open(verified)
            }
            Stage::Opening(verified) => {
                let plaintexts = given.into_iter().map(opened).collect::<Result<Vec<_>>>()?;
                Ok(Progress::Over(verified.opened(plaintexts).map(Box::new)))
            }
            Stage::Over => Err(Error::new(Code::InputState, "this exchange is over")),
        }
    }

    fn start(&mut self, moment: &Moment) -> Result<Progress> {
        let pending = Box::new(Pending::unsealed(Arc::clone(&self.draft), moment.clone())?);
        // The key can have changed since: a certificate expires, another one begins.
        let still = self.sealed.as_ref().is_some_and(|sealed| sealed.key_id.as_deref() == pending.key_id());
        if still || self.draft.to_seal.is_empty() {
            return self.sign(pending);
        }
        let identity = &self.draft.identity;
        let key = identity.keys.sealing_key(&identity.mchid, moment.now(), identity.sealing_key.as_deref())?;
        #[cfg(any(feature = "aws-lc", feature = "rsa"))]
        if !identity.keys_elsewhere {
            self.sealed = Some(Sealed { key_id: pending.key_id().map(str::to_owned), texts: pending.seal_here()? });
            return self.sign(pending);
        }
        let work = self.draft.to_seal.iter().map(|value| Work::Seal {
            key_id: key.id().to_owned(),
            public_key: key.spki_der().to_vec(),
            plaintext: value.clone(),
        });
        let work = work.collect();
        self.stage = Stage::Sealing(pending);
        Ok(Progress::Need(work))
    }

    fn sign(&mut self, mut pending: Box<Pending<Untyped>>) -> Result<Progress> {
        pending.lay_out(self.sealed.as_ref().map(|sealed| sealed.texts.as_slice()).unwrap_or_default())?;
        if !self.draft.is_signed() {
            return self.send(pending, None);
        }
        #[cfg(any(feature = "aws-lc", feature = "rsa"))]
        if let Some(key) = &self.draft.identity.private_key {
            let signature = pending.sign_here(key)?;
            return self.send(pending, Some(&signature));
        }
        let message = pending.message()?.to_vec();
        self.stage = Stage::Signing(pending);
        Ok(Progress::Need(vec![Work::Sign { serial_no: self.draft.identity.serial_no.clone(), message }]))
    }

    fn send(&mut self, pending: Box<Pending<Untyped>>, signature: Option<&[u8]>) -> Result<Progress> {
        let request = pending.request(self.host, signature)?;
        self.sent = true;
        self.stage = Stage::Sending(pending);
        Ok(Progress::Need(vec![Work::Send { host: self.host, request }]))
    }

    fn receive(&mut self, pending: &Pending<Untyped>, response: Incoming, moment: &Moment) -> Result<Progress> {
        if !self.draft.is_signed() {
            return Ok(Progress::Over(pending.read_unsigned_answer(&response.answer()).map(Box::new)));
        }
        let claim = pending.claim_answer(&response.answer(), moment.now())?;
        // The claim holds its own copy.
        drop(response);
        let identity = &self.draft.identity;
        let key = identity.keys.find(&identity.mchid, claim.serial())?;
        let signature = claim.signature()?;
        #[cfg(any(feature = "aws-lc", feature = "rsa"))]
        if !identity.keys_elsewhere {
            let settled = if key.verify(claim.message(), &signature) { Settled::Valid } else { Settled::Invalid };
            let verified = Box::new(claim.settle(settled)?);
            return self.open(verified);
        }
        let work = Work::Verify {
            key_id: key.id().to_owned(),
            public_key: key.spki_der().to_vec(),
            message: claim.message().to_vec(),
            signature,
        };
        self.stage = Stage::Verifying(Box::new(claim));
        Ok(Progress::Need(vec![work]))
    }

    fn open(&mut self, verified: Box<Verified<Untyped>>) -> Result<Progress> {
        if !self.opens {
            return Ok(Progress::Over(Ok(verified)));
        }
        let ciphertexts = verified.to_open()?;
        if ciphertexts.is_empty() {
            return Ok(Progress::Over(Ok(verified)));
        }
        #[cfg(any(feature = "aws-lc", feature = "rsa"))]
        if let Some(key) = &self.draft.identity.private_key {
            return Ok(Progress::Over(verified.open_with(key).map(Box::new)));
        }
        self.stage = Stage::Opening(verified);
        let serial_no = &self.draft.identity.serial_no;
        let work = ciphertexts.into_iter().map(|ciphertext| Work::Open { serial_no: serial_no.clone(), ciphertext });
        Ok(Progress::Need(work.collect()))
    }
}

fn only(given: Vec<Given>) -> Result<Given> {
    given.into_iter().next().ok_or_else(|| Error::new(Code::InputState, "nothing was given"))
}

fn signature(given: Vec<Given>) -> Result<Vec<u8>> {
    match only(given)? {
        Given::Signed(signature) => Ok(signature),
        other => Err(unexpected(other, Code::SignFailed)),
    }
}

fn checked(given: Vec<Given>) -> Result<Settled> {
    match only(given)? {
        Given::Checked(settled) => Ok(settled),
        other => Err(unexpected(other, Code::VerifySignature)),
    }
}

fn answer(given: Vec<Given>) -> Result<Incoming> {
    match only(given)? {
        Given::Answered { response, .. } => Ok(response),
        Given::NotSent => Err(Error::new(Code::SendNotSent, "the gateway could not be reached")),
        Given::Lost => Err(Error::new(Code::SendLost, "no answer came back")),
        other => Err(unexpected(other, Code::SendLost)),
    }
}

fn sealed(given: Given) -> Result<Vec<u8>> {
    match given {
        Given::Sealed(ciphertext) => Ok(ciphertext),
        other => Err(unexpected(other, Code::SealFailed)),
    }
}

fn opened(given: Given) -> Result<Vec<u8>> {
    match given {
        Given::Opened(plaintext) => Ok(plaintext),
        other => Err(unexpected(other, Code::OpenFailed)),
    }
}

/// The host's own failure, or a result of another kind than was asked for.
fn unexpected(given: Given, code: Code) -> Error {
    match given {
        Given::Failed(why) => {
            Error::new(code, why.chars().filter(|character| !character.is_control()).take(200).collect::<String>())
        }
        other => Error::new(Code::InputState, format!("`{other:?}` is not what was asked for")),
    }
}
