//! One request and its answer, step by step: encrypt, sign, send, verify, decrypt.

use super::attempt::Attempt;
use super::plain::{NeedKind, NeedResult, Untyped};
use super::results::{ciphertext, only, plaintext, response, signature, signature_check};
use crate::base64;
use crate::codec;
use crate::crypto::digest;
use crate::error::{Code, Error, Result};
use crate::identity::{Host, Merchant};
use crate::moment::Moment;
#[cfg(feature = "_local-keys")]
use crate::protocol::SignatureCheck;
use crate::protocol::{Claim, Draft, Pending, Verified};
use crate::schema::{AnswerKind, Replay};
use std::sync::Arc;

/// One request and its answer.
pub(super) struct Exchange {
    pub(super) draft: Arc<Draft>,
    pub(super) host: Host,
    /// Encrypted once: a repeated request carries the same ciphertexts under a fresh signature.
    ciphertexts: Option<Ciphertexts>,
    reads: Reads,
    /// A hash of the message that the request was signed over.
    request_mark: [u8; 32],
    state: State,
}

struct Ciphertexts {
    /// Id of the key they are encrypted for.
    key_id: Option<String>,
    texts: Vec<String>,
}

/// What is read of the answer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reads {
    /// All of it.
    Everything,
    /// Whether something is there: what is encrypted stays so.
    Presence,
}

/// What an exchange waits for.
enum State {
    Ready,
    ExpectCiphertexts(Box<Pending<Untyped>>),
    ExpectSignature(Box<Pending<Untyped>>),
    ExpectResponse(Box<Pending<Untyped>>),
    ExpectSignatureCheck(Box<Claim<Untyped>>),
    ExpectPlaintexts(Box<Verified<Untyped>>),
    Done,
}

/// What an exchange does next.
pub(super) enum Progress {
    /// This has to be done elsewhere, all of it.
    Need(Vec<NeedKind>),
    /// It failed before its request was handed out: there is no effect.
    Unsent(Error),
    /// It is over.
    Done(Result<Box<Verified<Untyped>>>),
}

impl Exchange {
    pub(super) fn new(draft: Arc<Draft>) -> Self {
        Self {
            draft,
            host: Host::Main,
            ciphertexts: None,
            reads: Reads::Everything,
            request_mark: [0; 32],
            state: State::Ready,
        }
    }

    /// One whose answer only tells whether something is there.
    pub(super) fn query(draft: Arc<Draft>) -> Self {
        Self { reads: Reads::Presence, ..Self::new(draft) }
    }

    /// Names the request that was sent, as no other.
    pub(super) fn request_mark(&self) -> [u8; 32] {
        self.request_mark
    }

    /// Begins again, with fresh time and nonce.
    pub(super) fn restart(&mut self, host: Host) {
        self.host = host;
        self.state = State::Ready;
    }

    /// Takes what the last needs gave (nothing at the start) and goes on. What came of the request is noted in `attempt`.
    pub(super) fn advance(
        &mut self,
        results: Vec<NeedResult>,
        moment: &Moment,
        attempt: Option<&mut Attempt>,
    ) -> Progress {
        let unsent = |progress: Result<Progress>| progress.unwrap_or_else(Progress::Unsent);
        let sent = |progress: Result<Progress>| progress.unwrap_or_else(|error| Progress::Done(Err(error)));
        match std::mem::replace(&mut self.state, State::Done) {
            State::Ready => unsent(self.start(moment)),
            State::ExpectCiphertexts(pending) => unsent(self.encrypted(pending, results)),
            State::ExpectSignature(pending) => {
                unsent(only(results).and_then(signature).and_then(|signature| self.send(pending, Some(&signature))))
            }
            State::ExpectResponse(pending) => sent(self.receive(&pending, results, moment, attempt)),
            State::ExpectSignatureCheck(claim) => sent(
                only(results)
                    .and_then(signature_check)
                    .and_then(|check| claim.settle(check))
                    .and_then(|verified| self.decrypt(Box::new(verified))),
            ),
            State::ExpectPlaintexts(verified) => sent(decrypted(*verified, results)),
            State::Done => sent(Err(Error::new(Code::InputState, "this exchange is over"))),
        }
    }

    fn start(&mut self, moment: &Moment) -> Result<Progress> {
        let pending = Box::new(Pending::unencrypted(Arc::clone(&self.draft), moment.clone())?);
        // The key can have changed since: a certificate expires, another one begins.
        let still = self.ciphertexts.as_ref().is_some_and(|texts| texts.key_id.as_deref() == pending.key_id());
        let draft = Arc::clone(&self.draft);
        let Some(merchant) = draft.signer().filter(|_| !still && !draft.to_encrypt.is_empty()) else {
            return self.sign(pending);
        };
        #[cfg(feature = "_local-keys")]
        if !merchant.keys_elsewhere {
            let key_id = pending.key_id().map(str::to_owned);
            self.ciphertexts = Some(Ciphertexts { key_id, texts: pending.encrypt_here()? });
            return self.sign(pending);
        }
        let key = merchant.encryption_key(moment.now())?;
        let needs = draft.to_encrypt.iter().map(|value| NeedKind::Encrypt {
            key_id: key.id().to_owned(),
            public_key: key.spki_der().to_vec(),
            plaintext: value.clone(),
        });
        self.state = State::ExpectCiphertexts(pending);
        Ok(Progress::Need(needs.collect()))
    }

    fn encrypted(&mut self, pending: Box<Pending<Untyped>>, results: Vec<NeedResult>) -> Result<Progress> {
        let texts = results.into_iter().map(|result| ciphertext(result).map(|bytes| base64::encode(&bytes)));
        let texts = texts.collect::<Result<_>>()?;
        self.ciphertexts = Some(Ciphertexts { key_id: pending.key_id().map(str::to_owned), texts });
        self.sign(pending)
    }

    fn sign(&mut self, mut pending: Box<Pending<Untyped>>) -> Result<Progress> {
        pending.lay_out(self.ciphertexts.as_ref().map(|texts| texts.texts.as_slice()).unwrap_or_default())?;
        let Some(merchant) = self.draft.signer() else { return self.send(pending, None) };
        #[cfg(feature = "_local-keys")]
        if let Some(key) = &merchant.private_key {
            let signature = pending.sign_here(key)?;
            return self.send(pending, Some(&signature));
        }
        let (serial_no, message) = (merchant.serial_no.clone(), pending.message()?.to_vec());
        self.state = State::ExpectSignature(pending);
        Ok(Progress::Need(vec![NeedKind::Sign { serial_no, message }]))
    }

    fn send(&mut self, pending: Box<Pending<Untyped>>, signature: Option<&[u8]>) -> Result<Progress> {
        let request = pending.request(self.host, signature)?;
        if !matches!(self.draft.replay, Replay::Safe) {
            self.request_mark = digest::sha256(pending.message()?);
        }
        self.state = State::ExpectResponse(pending);
        Ok(Progress::Need(vec![NeedKind::Send { host: self.host, request }]))
    }

    fn receive(
        &mut self,
        pending: &Pending<Untyped>,
        results: Vec<NeedResult>,
        moment: &Moment,
        attempt: Option<&mut Attempt>,
    ) -> Result<Progress> {
        let (incoming, milliseconds) = response(only(results)?)?;
        let view = incoming.view();
        if let Some(attempt) = attempt {
            attempt.note(&view, milliseconds);
        }
        let draft = Arc::clone(&self.draft);
        let Some(merchant) = draft.signer() else {
            return Ok(Progress::Done(pending.read_unsigned_view(&view).and_then(in_form).map(Box::new)));
        };
        let claim = pending.claim_view(&view, moment.now())?;
        // The claim holds its own copy.
        drop(incoming);
        self.check(merchant, claim)
    }

    fn check(&mut self, merchant: &Merchant, claim: Claim<Untyped>) -> Result<Progress> {
        let key = claim.key(&merchant.keys)?;
        let signature = claim.signature()?;
        #[cfg(feature = "_local-keys")]
        if !merchant.keys_elsewhere {
            let valid = key.verify(claim.message(), &signature);
            let check = if valid { SignatureCheck::Valid } else { SignatureCheck::Invalid };
            let verified = claim.settle(check)?;
            return self.decrypt(Box::new(verified));
        }
        let need = NeedKind::Verify {
            key_id: key.id().to_owned(),
            public_key: key.spki_der().to_vec(),
            message: claim.message().to_vec(),
            signature,
        };
        self.state = State::ExpectSignatureCheck(Box::new(claim));
        Ok(Progress::Need(vec![need]))
    }

    fn decrypt(&mut self, verified: Box<Verified<Untyped>>) -> Result<Progress> {
        if self.reads == Reads::Presence {
            return Ok(Progress::Done(Ok(verified)));
        }
        let ciphertexts = verified.to_decrypt()?;
        let Some(merchant) = self.draft.signer().filter(|_| !ciphertexts.is_empty()) else {
            return Ok(Progress::Done(Ok(verified)));
        };
        #[cfg(feature = "_local-keys")]
        if let Some(key) = &merchant.private_key {
            return Ok(Progress::Done(verified.decrypt_with(key).map(Box::new)));
        }
        let serial_no = &merchant.serial_no;
        let need = |ciphertext| NeedKind::Decrypt { serial_no: serial_no.clone(), ciphertext };
        let needs = ciphertexts.into_iter().map(need).collect();
        self.state = State::ExpectPlaintexts(verified);
        Ok(Progress::Need(needs))
    }
}

fn decrypted(verified: Verified<Untyped>, results: Vec<NeedResult>) -> Result<Progress> {
    let plaintexts = results.into_iter().map(plaintext).collect::<Result<Vec<_>>>()?;
    Ok(Progress::Done(verified.decrypted(plaintexts).map(Box::new)))
}

/// Nobody signed it: what does not have the documented form may be somebody else's answer.
fn in_form(answer: Verified<Untyped>) -> Result<Verified<Untyped>> {
    if let AnswerKind::Json(table) = answer.call().answer {
        codec::decode(table, answer.body(), &[])?;
    }
    Ok(answer)
}
