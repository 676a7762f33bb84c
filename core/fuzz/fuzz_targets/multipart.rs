//! An upload of any file under any name: `FILENAME`, `CONTENT-TYPE`, then the bytes. A reader that knows only the boundary finds exactly the file.
#![no_main]

use fapiao::Attachment;
use fapiao::ffi::{Caller, Request};
use fapiao_fuzz::{CALLERS, check_refusal, moment};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let mut parts = data.splitn(3, |byte| *byte == b'\n');
    let (Some(filename), Some(content_type), Some(file)) = (parts.next(), parts.next(), parts.next()) else { return };
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    // Line ends cannot stand in the first line, yet a name can have them.
    let (filename, content_type) = (text(filename).replace("\\n", "\r\n"), text(content_type));
    let attachment = || Attachment::new(filename.as_str(), content_type.as_str(), file);
    let pay = Request::with_file("upload_file", r#"{"file_type":"PDF"}"#, attachment());
    upload(&Caller::from(&CALLERS.sub_merchant), pay, 2, file);
    upload(&Caller::from(&CALLERS.account), Request::with_file("set_pdf", "{}", attachment()), 1, file);
});

fn upload(caller: &Caller, call: Request<'_>, parts: usize, file: &[u8]) {
    let pending = match caller.prepare(call, moment()) {
        Ok(pending) => pending,
        Err(error) => return check_refusal(&error),
    };
    let signed = !pending.message().unwrap().is_empty();
    let request = if signed { pending.attach(&[0; 256]) } else { pending.unsigned() };
    let Ok(request) = request.map_err(|error| check_refusal(&error)) else { return };
    let boundary = request.headers()["content-type"].to_str().unwrap();
    // A delimiter stands at the start of a line; the body's own first line has one too.
    let delimiter = format!("\r\n--{}", boundary.strip_prefix("multipart/form-data; boundary=").unwrap());
    let body = [b"\r\n", request.body().as_slice()].concat();
    let places: Vec<_> = positions(&body, delimiter.as_bytes()).collect();
    assert_eq!(places.len(), parts + 1, "one before each part and one at the end");
    let (start, end) = (places[parts - 1] + delimiter.len() + 2, places[parts]);
    let part = &body[start..end];
    let head = positions(part, b"\r\n\r\n").next().unwrap();
    assert_eq!(&part[head + 4..], file);
    let head = std::str::from_utf8(&part[..head]).unwrap();
    assert_eq!(head.split("\r\n").count(), 2, "two header lines: {head:?}");
    assert_eq!(&body[end + delimiter.len()..], b"--\r\n");
}

fn positions<'a>(haystack: &'a [u8], needle: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    haystack.windows(needle.len()).enumerate().filter(move |(_, window)| *window == needle).map(|(place, _)| place)
}
