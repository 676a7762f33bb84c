//! Needs, ends and results in plain parts, for doors into languages that take texts and bytes.

use super::callback::{Callback, SignatureToCheck};
use super::response::Response;
use super::{Incoming, Outgoing, report};
use crate::flow::{NeedKind, NeedResult, Step};
use crate::protocol::SignatureCheck;

/// Where the parts of a step go.
pub trait EventSink {
    /// What may go wrong with it.
    type Error;

    /// A need begins with its id and kind: `sign`, `verify`, `encrypt`, `decrypt`, `send`, `load`, `store` or `wait`, as in [`NeedKind`]. Or the end
    /// does, under id 0: `answer` or `error`.
    ///
    /// # Errors
    /// Its own.
    fn begin(&mut self, id: u32, kind: &str) -> Result<(), Self::Error>;

    /// A text that belongs to it.
    ///
    /// # Errors
    /// Its own.
    fn text(&mut self, text: &str) -> Result<(), Self::Error>;

    /// Bytes that belong to it.
    ///
    /// # Errors
    /// Its own.
    fn bytes(&mut self, bytes: &[u8]) -> Result<(), Self::Error>;
}

/// Tells a step: what each work takes, in the order of its fields. A request is its method, its URL, the lines of its headers
/// and, if there is one, its body; an answer its JSON and, if there is one, its file; an error what [`report::occurrence`] tells.
///
/// # Errors
/// What goes wrong with the parts.
pub fn emit<P: EventSink>(step: &Step<Response, Outgoing>, to: &mut P) -> Result<(), P::Error> {
    match step {
        Step::Need(needs) => needs.iter().try_for_each(|need| need_parts(need.id, &need.kind, to)),
        Step::Done(outcome) => match &outcome.result {
            Ok(answer) => {
                to.begin(0, "answer")?;
                to.text(&answer.json)?;
                answer.bytes.as_ref().map_or(Ok(()), |file| to.bytes(file))
            }
            Err(error) => {
                to.begin(0, "error")?;
                to.text(&report::occurrence(error))
            }
        },
    }
}

impl SignatureToCheck<'_> {
    fn tell<P: EventSink>(&self, id: u32, to: &mut P) -> Result<(), P::Error> {
        to.begin(id, "verify")?;
        to.text(self.key_id)?;
        to.bytes(self.public_key)?;
        to.bytes(self.message)?;
        to.bytes(self.signature)
    }
}

impl Callback {
    /// Tells the signature to check, like the need of a call, or else what became of it: `callback`, and its JSON.
    ///
    /// # Errors
    /// What goes wrong with the parts.
    pub fn emit<P: EventSink>(&self, to: &mut P) -> Result<(), P::Error> {
        if let Some(check) = self.to_check() {
            return check.tell(0, to);
        }
        to.begin(0, "callback")?;
        to.text(&self.report_for_floats())
    }
}

/// What came of a need, by name: `signed`, `encrypted` and `decrypted` with bytes, `loaded` with version, line feed and text, `stored`
/// with its version, and `failed`, `lost race`, `valid`, `invalid`, `not sent`, `lost` and `waited` without. `None` for any other
/// name.
pub fn parse_result(name: &str, bytes: Vec<u8>) -> Option<NeedResult<Incoming>> {
    Some(match name {
        "signed" => NeedResult::Signed(bytes),
        "encrypted" => NeedResult::Encrypted(bytes),
        "decrypted" => NeedResult::Decrypted(bytes),
        "failed" if bytes.is_empty() => NeedResult::Failed,
        "loaded" => loaded(&String::from_utf8(bytes).ok()?),
        "stored" => NeedResult::Stored { version: String::from_utf8(bytes).ok()? },
        "lost race" => NeedResult::LostRace,
        "valid" => NeedResult::Checked(SignatureCheck::Valid),
        "invalid" => NeedResult::Checked(SignatureCheck::Invalid),
        "not sent" => NeedResult::NotSent,
        "lost" => NeedResult::Lost,
        "waited" => NeedResult::Waited,
        _ => return None,
    })
}

/// The version, a line feed, and the text; of nothing, nothing.
fn loaded(kept: &str) -> NeedResult<Incoming> {
    let (version, text) = kept.split_once('\n').unzip();
    NeedResult::Loaded { text: text.map(str::to_owned), version: version.map(str::to_owned) }
}

fn need_parts<P: EventSink>(id: u32, kind: &NeedKind<Outgoing>, to: &mut P) -> Result<(), P::Error> {
    match kind {
        NeedKind::Sign { serial_no, message } => {
            to.begin(id, "sign")?;
            to.text(serial_no)?;
            to.bytes(message)
        }
        NeedKind::Verify { key_id, public_key, message, signature } => {
            SignatureToCheck { key_id, public_key, message, signature }.tell(id, to)
        }
        NeedKind::Encrypt { key_id, public_key, plaintext } => {
            to.begin(id, "encrypt")?;
            to.text(key_id)?;
            to.bytes(public_key)?;
            to.bytes(plaintext.reveal().as_bytes())
        }
        NeedKind::Decrypt { serial_no, ciphertext } => {
            to.begin(id, "decrypt")?;
            to.text(serial_no)?;
            to.bytes(ciphertext)
        }
        NeedKind::Send { request, .. } => {
            to.begin(id, "send")?;
            to.text(request.method.as_str())?;
            to.text(&request.url)?;
            to.text(&request.header_lines())?;
            if request.body.is_empty() { Ok(()) } else { to.bytes(&request.body) }
        }
        NeedKind::Load { key } => {
            to.begin(id, "load")?;
            to.text(key)
        }
        NeedKind::Store { key, text, version } => {
            to.begin(id, "store")?;
            to.text(key)?;
            to.text(text)?;
            version.as_ref().map_or(Ok(()), |version| to.text(version))
        }
        NeedKind::Wait { milliseconds } => {
            to.begin(id, "wait")?;
            to.text(&milliseconds.to_string())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::Need;
    use crate::schema::Method;
    use crate::secret::Personal;
    use std::convert::Infallible;

    #[derive(Default)]
    struct Told(Vec<String>);

    impl EventSink for Told {
        type Error = Infallible;

        fn begin(&mut self, id: u32, kind: &str) -> Result<(), Infallible> {
            self.0.push(format!("{id} {kind}"));
            Ok(())
        }

        fn text(&mut self, text: &str) -> Result<(), Infallible> {
            self.0.push(text.to_owned());
            Ok(())
        }

        fn bytes(&mut self, bytes: &[u8]) -> Result<(), Infallible> {
            self.0.push(format!("{bytes:?}"));
            Ok(())
        }
    }

    fn told(work: Vec<NeedKind<Outgoing>>) -> Vec<String> {
        let needs = (1..).zip(work).map(|(id, kind)| Need { id, kind }).collect();
        let mut told = Told::default();
        let Ok(()) = emit(&Step::Need(needs), &mut told);
        told.0
    }

    #[test]
    fn a_need_tells_its_parts_in_the_order_of_its_fields() {
        let (key_id, public_key) = ("PUB_KEY_ID_1".to_owned(), vec![1]);
        let verify = NeedKind::Verify {
            key_id: key_id.clone(),
            public_key: public_key.clone(),
            message: vec![2],
            signature: vec![3],
        };
        let encrypt = NeedKind::Encrypt { key_id, public_key, plaintext: Personal::new("A") };
        let decrypt = NeedKind::Decrypt { serial_no: "5A".to_owned(), ciphertext: vec![4] };
        assert_eq!(told(vec![verify]), ["1 verify", "PUB_KEY_ID_1", "[1]", "[2]", "[3]"]);
        assert_eq!(
            told(vec![encrypt, decrypt]),
            ["1 encrypt", "PUB_KEY_ID_1", "[1]", "[65]", "2 decrypt", "5A", "[4]"]
        );
        assert_eq!(told(vec![NeedKind::Wait { milliseconds: 250 }]), ["1 wait", "250"]);
    }

    #[test]
    fn a_request_without_a_body_ends_with_its_headers() {
        let request = |body| Outgoing::new(Method::Post, "https://example.com/".to_owned(), body);
        let send = |body| told(vec![NeedKind::Send { host: crate::callers::Host::Main, request: request(body) }]);
        assert_eq!(send(Vec::new()), ["1 send", "POST", "https://example.com/", ""]);
        assert_eq!(send(vec![7]), ["1 send", "POST", "https://example.com/", "", "[7]"]);
    }

    #[test]
    fn what_has_no_name_here_is_not_taken() {
        assert!(matches!(parse_result("valid", Vec::new()), Some(NeedResult::Checked(SignatureCheck::Valid))));
        assert!(matches!(parse_result("failed", Vec::new()), Some(NeedResult::Failed)));
        assert!(parse_result("failed", vec![0xff]).is_none());
        assert!(parse_result("Signed", Vec::new()).is_none());
    }
}
