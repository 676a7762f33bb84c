//! The engine for JavaScript: converts in, calls core, converts out.
//!
//! RSA is not in it: a flow's key operations surface as needs, which the facade gives to WebCrypto or to a key service.
#![cfg(target_arch = "wasm32")]
#![expect(missing_docs, reason = "private to the facade, whose `engine.ts` describes it")]

mod convert;

use convert::{Array, Items, Thrown, Uint8Array, thrown};
use fapiao::ffi::{self, Incoming, Request};
use fapiao::flow::NeedResult;
use fapiao::{Attachment, MerchantCertificate};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// A caller.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Caller(ffi::Caller);

#[wasm_bindgen]
impl Caller {
    #[wasm_bindgen(constructor)]
    pub fn new(config: &str) -> Result<Caller, Thrown> {
        ffi::Caller::open(config).map(Caller).map_err(|error| thrown(&error))
    }

    /// The caller that is made of this one.
    pub fn derived(&self, what: &str, text: &str) -> Result<Caller, Thrown> {
        self.0.derived(what, text).map(Caller).map_err(|error| thrown(&error))
    }

    pub fn receiver(&self) -> Result<Receiver, Thrown> {
        ffi::Receiver::new([&self.0]).map(Receiver).map_err(|error| thrown(&error))
    }

    pub fn flow(
        &self,
        call: &str,
        payload: &str,
        filename: Option<String>,
        media_type: Option<String>,
        bytes: Option<Vec<u8>>,
    ) -> Result<Flow, Thrown> {
        let name = |given: Option<String>| given.unwrap_or_default();
        let mut call = Request::new(call, payload);
        call.file = bytes.map(|bytes| Attachment::new(name(filename), name(media_type), bytes));
        self.0.flow(call).map(Flow).map_err(|error| thrown(&error))
    }
}

/// The merchants whose callbacks arrive at one URL.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Receiver(ffi::Receiver);

#[wasm_bindgen]
impl Receiver {
    pub fn and(&self, caller: &Caller) -> Result<Receiver, Thrown> {
        self.0.and(&caller.0).map(Receiver).map_err(|error| thrown(&error))
    }

    /// What became of a callback, or the signature to check first: then this again, with what was found.
    pub fn receive(&self, headers: &str, body: Vec<u8>, now: f64, valid: Option<bool>) -> Result<Array, Thrown> {
        // It came in: there is no status.
        let callback = Incoming::of_lines(200, headers, body).map_err(|error| thrown(&error))?;
        Ok(Items::of_callback(&self.0.receive(&callback, convert::seconds(now)).settled(valid)))
    }
}

/// Receives what is pushed to the server of one account.
#[wasm_bindgen]
#[derive(Debug)]
pub struct PushReceiver(ffi::PushReceiver);

#[wasm_bindgen]
impl PushReceiver {
    #[wasm_bindgen(constructor)]
    pub fn new(config: &str) -> Result<PushReceiver, Thrown> {
        ffi::PushReceiver::open(config).map(PushReceiver).map_err(|error| thrown(&error))
    }

    /// What became of a push, as JSON.
    pub fn receive(&self, query: &str, body: &[u8]) -> String {
        self.0.receive_for_floats(query, body)
    }
}

/// What an invoice's life says to a question, as JSON.
#[wasm_bindgen]
pub fn life(question: &str) -> Result<String, Thrown> {
    ffi::life(question).map_err(|error| thrown(&error))
}

/// A number in another unit, as text.
#[wasm_bindgen]
pub fn amount(wanted: &str, text: &str) -> Result<String, Thrown> {
    ffi::amount(wanted, text).map_err(|error| thrown(&error))
}

/// One call on its way. The facade frees it once it is over; the garbage collector frees one that nobody went on with.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Flow(ffi::Flow);

#[wasm_bindgen]
impl Flow {
    pub fn once(&mut self) {
        self.0.once();
    }

    #[wasm_bindgen(js_name = clientRepeats)]
    pub fn client_repeats(&mut self) {
        self.0.client_repeats();
    }

    #[wasm_bindgen(js_name = keepDoubt)]
    pub fn keep_doubt(&mut self) {
        self.0.keep_doubt();
    }

    pub fn resume(&mut self, in_doubt: &str) -> Result<(), Thrown> {
        self.0.resume(in_doubt).map_err(|error| thrown(&error))
    }

    #[wasm_bindgen(js_name = assumeInDoubt)]
    pub fn assume_in_doubt(&mut self, last_send: f64) {
        self.0.assume_in_doubt(convert::seconds(last_send));
    }

    #[wasm_bindgen(js_name = inDoubt)]
    pub fn in_doubt(&self) -> Option<String> {
        self.0.in_doubt()
    }

    pub fn step(&mut self, now: f64, entropy: &[u8]) -> Result<Array, Thrown> {
        let moment = convert::moment(now, entropy)?;
        self.0.step(&moment).map(|step| Items::of(&step)).map_err(|error| thrown(&error))
    }

    /// What came of a need, by name.
    pub fn give(&mut self, id: u32, name: &str, bytes: Vec<u8>) -> Result<(), Thrown> {
        let result = ffi::parse_result(name, bytes).ok_or_else(|| name.to_owned())?;
        self.0.give(id, result).map_err(|error| thrown(&error))
    }

    /// What came of a request, and the step after it.
    #[expect(clippy::too_many_arguments, reason = "one crossing takes everything along")]
    pub fn answered(
        &mut self,
        id: u32,
        status: u16,
        headers: &str,
        body: Vec<u8>,
        milliseconds: u32,
        now: f64,
        entropy: &[u8],
    ) -> Result<Array, Thrown> {
        let response = Incoming::of_lines(status, headers, body).map_err(|error| thrown(&error))?;
        let result = NeedResult::Answered { response, milliseconds: milliseconds.into() };
        self.0.give(id, result).map_err(|error| thrown(&error))?;
        self.step(now, entropy)
    }

    /// What became of it, as JSON: made when it is asked for, since a success needs none of it.
    pub fn report(&self) -> Option<String> {
        self.0.report()
    }

    /// The warnings alone, as JSON; nothing where there are none.
    pub fn warnings(&self) -> Option<String> {
        self.0.warnings()
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
