//! Any call by any caller: `CALL`, then the payload. It makes a request that arrives as it was signed, or is refused as input.
#![no_main]

use fapiao::Attachment;
use fapiao::catalogue;
use fapiao::ffi::Request;
use fapiao::schema::Layout;
use fapiao_fuzz::{CALLERS, check_refusal, moment};
use libfuzzer_sys::fuzz_target;
use serde_json::value::RawValue;

fuzz_target!(|data: &str| {
    let Some((name, payload)) = data.split_once('\n') else { return };
    for caller in &CALLERS.by_name {
        let mut call = Request::new(name, payload);
        let layout = catalogue::call(name).map(|call| call.layout);
        if let Some(Layout::Upload { .. }) = layout {
            call.file = Some(Attachment::pdf("f.pdf", b"%PDF-1.7".as_slice()));
        }
        let pending = match caller.prepare(call.clone(), moment()) {
            Ok(pending) => pending,
            Err(error) => {
                check_refusal(&error);
                continue;
            }
        };
        let message = pending.message().unwrap();
        let request = if message.is_empty() { pending.unsigned() } else { pending.attach(&[0; 256]) };
        let Ok(request) = request.map_err(|error| check_refusal(&error)) else { continue };
        let target = request.uri().path_and_query().unwrap().as_str();
        if matches!(layout, Some(Layout::Json)) {
            assert!(target.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~%/?=&".contains(&b)), "{target}");
            if !request.body().is_empty() {
                serde_json::from_slice::<&RawValue>(request.body()).unwrap();
            }
        }
        if !message.is_empty() {
            assert_eq!(message.split(|byte| *byte == b'\n').nth(1), Some(target.as_bytes()));
        }
        let _ = caller.flow(call).unwrap().step(&moment()).unwrap();
    }
});
