//! The engine for JavaScript: converts in, calls core, converts out.
//!
//! RSA is not in it: a flow's key operations surface as needs, which the facade gives to WebCrypto or to a key service.
#![cfg(target_arch = "wasm32")]
#![expect(missing_docs, reason = "private to the facade, whose `engine.ts` describes it")]

mod convert;

use convert::{Array, Thrown, Uint8Array, outcome, thrown, work};
use fapiao::flow::{Attempt, Decision, Given};
use fapiao::wire::{self, Incoming, WireAnswer, WireCall, report};
use fapiao::{Attachment, MerchantCertificate, Settled, Step};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// A caller.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Door(wire::Door);

#[wasm_bindgen]
impl Door {
    #[wasm_bindgen(constructor)]
    pub fn new(config: &str) -> Result<Door, Thrown> {
        wire::Door::open(config).map(Door).map_err(|error| thrown(&error))
    }

    /// A sub-merchant's, under this provider's keys.
    #[wasm_bindgen(js_name = subMerchant)]
    pub fn sub_merchant(&self, number: &str) -> Result<Door, Thrown> {
        self.0.sub_merchant(number).map(Door).map_err(|error| thrown(&error))
    }

    #[wasm_bindgen(js_name = withAccessToken)]
    pub fn with_access_token(&self, token: &str) -> Result<Door, Thrown> {
        self.0.with_access_token(token).map(Door).map_err(|error| thrown(&error))
    }

    pub fn flow(&self, call: &str, payload: &str) -> Result<Flow, Thrown> {
        self.open(WireCall::new(call, payload))
    }

    #[wasm_bindgen(js_name = flowWithFile)]
    pub fn flow_with_file(
        &self,
        call: &str,
        payload: &str,
        filename: &str,
        content_type: &str,
        bytes: Vec<u8>,
    ) -> Result<Flow, Thrown> {
        let file = Attachment::new(filename, content_type, bytes);
        self.open(WireCall::with_file(call, payload, file))
    }
}

impl Door {
    #[inline(never)]
    fn open(&self, call: WireCall<'_>) -> Result<Flow, Thrown> {
        self.0.flow(call).map(Flow::new).map_err(|error| thrown(&error))
    }
}

/// One call on its way. The facade frees it in `finally`.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Flow {
    flow: fapiao::Flow<WireAnswer>,
    /// What became of it, once it is over.
    course: Option<(Decision, Vec<Attempt>)>,
}

#[wasm_bindgen]
impl Flow {
    pub fn once(&mut self) {
        self.flow.once();
    }

    pub fn step(&mut self, now: f64, entropy: &[u8]) -> Result<JsValue, Thrown> {
        Ok(match self.flow.step_plain(&convert::moment(now, entropy)?).map_err(|error| thrown(&error))? {
            Step::Need(needs) => {
                let list = Array::new();
                for need in needs {
                    list.push(work(need));
                }
                list.into()
            }
            Step::Done(done) => {
                self.course = Some((done.decision, done.attempts));
                outcome(done.result)
            }
        })
    }

    pub fn signed(&mut self, id: u32, signature: Vec<u8>) -> Result<(), Thrown> {
        self.give(id, Given::Signed(signature))
    }

    pub fn checked(&mut self, id: u32, valid: bool) -> Result<(), Thrown> {
        self.give(id, Given::Checked(if valid { Settled::Valid } else { Settled::Invalid }))
    }

    pub fn sealed(&mut self, id: u32, ciphertext: Vec<u8>) -> Result<(), Thrown> {
        self.give(id, Given::Sealed(ciphertext))
    }

    pub fn opened(&mut self, id: u32, plaintext: Vec<u8>) -> Result<(), Thrown> {
        self.give(id, Given::Opened(plaintext))
    }

    pub fn answered(
        &mut self,
        id: u32,
        status: u16,
        headers: &str,
        body: Vec<u8>,
        milliseconds: u32,
    ) -> Result<(), Thrown> {
        let response = convert::response(status, headers, body)?;
        self.give(id, Given::Answered { response, milliseconds: milliseconds.into() })
    }

    #[wasm_bindgen(js_name = notSent)]
    pub fn not_sent(&mut self, id: u32) -> Result<(), Thrown> {
        self.give(id, Given::NotSent)
    }

    pub fn lost(&mut self, id: u32) -> Result<(), Thrown> {
        self.give(id, Given::Lost)
    }

    pub fn waited(&mut self, id: u32) -> Result<(), Thrown> {
        self.give(id, Given::Waited)
    }

    pub fn failed(&mut self, id: u32, why: String) -> Result<(), Thrown> {
        self.give(id, Given::Failed(why))
    }

    /// What became of it, as JSON: made when it is asked for, since a success needs none of it.
    pub fn report(&self) -> Option<String> {
        self.course.as_ref().map(|(decision, attempts)| report::course(*decision, attempts))
    }

    fn new(flow: fapiao::Flow<WireAnswer>) -> Self {
        Self { flow, course: None }
    }

    fn give(&mut self, id: u32, given: Given<Incoming>) -> Result<(), Thrown> {
        self.flow.give_plain(id, given).map_err(|error| thrown(&error))
    }
}

/// PKCS#8 DER of a private key in any form, checked against its certificate where there is one.
#[wasm_bindgen(js_name = privateKeyDer)]
pub fn private_key_der(key: &[u8], certificate: Option<String>) -> Result<JsValue, Thrown> {
    let der = match certificate {
        Some(certificate) => MerchantCertificate::load(certificate.as_bytes())
            .and_then(|certificate| fapiao::keys::private_key_der_of(key, &certificate)),
        None => fapiao::keys::private_key_der(key),
    };
    Ok(Uint8Array::copy(&der.map_err(|error| thrown(&error))?).into())
}
