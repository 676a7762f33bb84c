//! An answer, whatever it is: `CALL STATUS`, header lines, an empty line, the body.
//!
//! Nothing panics, no unsigned answer verifies, and the typed reader and the table reader agree, of every call of the list.
#![no_main]

use fapiao::catalogue::{self, Visitor};
use fapiao::{Operation, Pending, Reply, ffi};
use fapiao_fuzz::{CALLERS, NOW, SAMPLES, Sample, check_error, moment};
use http::Response;
use libfuzzer_sys::fuzz_target;

type Answer = Response<Vec<u8>>;

fuzz_target!(|data: &[u8]| {
    let Some((call, response)) = parse(data) else { return };
    let Some(sample) = SAMPLES.iter().find(|sample| sample.call == call) else { return };
    let as_json = read(&pending(sample), &response);
    let typed = catalogue::visit(call, Typed { pending: pending(sample), response: &response }).unwrap();
    assert_eq!(typed.err(), as_json.as_ref().err().copied());
    if let (Ok(answer), true) = (as_json, sample.has_json) {
        serde_json::from_str::<&serde_json::value::RawValue>(&answer.json).unwrap();
    }
    forged(&pending(sample), &response);
});

struct Typed<'a> {
    pending: Pending<ffi::Response>,
    response: &'a Answer,
}

impl Visitor for Typed<'_> {
    type Output = Result<(), &'static str>;

    fn visit<O: Operation>(self) -> Self::Output {
        read(&self.pending.retype::<O::Answer>(), self.response).map(drop)
    }
}

fn pending(sample: &Sample) -> Pending<ffi::Response> {
    sample.caller.prepare(sample.request(), moment()).unwrap()
}

fn parse(data: &[u8]) -> Option<(&str, Answer)> {
    let split = data.windows(2).position(|pair| pair == b"\n\n")?;
    let (head, body) = data.split_at(split);
    let mut lines = std::str::from_utf8(head).ok()?.split('\n');
    let (call, status) = lines.next()?.split_once(' ')?;
    let mut response = Response::builder().status(status.parse::<u16>().ok()?);
    for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
        response = response.header(name, value);
    }
    Some((call, response.body(body.get(2..)?.to_vec()).ok()?))
}

/// With a real check, whatever came.
fn forged(pending: &Pending<ffi::Response>, response: &Answer) {
    match pending.claim(response, NOW).and_then(|claim| claim.check_with(&CALLERS.ring)) {
        Ok(verified) => drop(verified.leave_encrypted().parse()),
        Err(error) => check_error(&error),
    }
}

/// As if the check had passed.
fn read<A: Reply>(pending: &Pending<A>, response: &Answer) -> Result<A, &'static str> {
    let read = || {
        if pending.unsigned().is_ok() {
            return pending.read_unsigned(response)?.parse();
        }
        let verified = pending.claim(response, NOW)?.settle(fapiao::SignatureCheck::Valid)?;
        let _ = verified.to_decrypt();
        verified.leave_encrypted().parse()
    };
    read().map_err(|error| {
        check_error(&error);
        error.code().as_str()
    })
}
