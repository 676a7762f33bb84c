//! The strings to sign. [Official page](https://pay.weixin.qq.com/docs/merchant/development/interface-rules/basic-rules.html)

/// `METHOD\nTARGET\nTIMESTAMP\nNONCE\nBODY\n`; of an upload, the body is the `meta` part.
pub(crate) fn of_request(method: &str, target: &str, timestamp: i64, nonce: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("{method}\n{target}\n{timestamp}\n{nonce}\n");
    with_body(&head, body)
}

/// `TIMESTAMP\nNONCE\nBODY\n`, with the timestamp's digits as they came and the raw body.
pub(crate) fn of_response(timestamp: &str, nonce: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("{timestamp}\n{nonce}\n");
    with_body(&head, body)
}

fn with_body(head: &str, body: &[u8]) -> Vec<u8> {
    let mut message = Vec::with_capacity(head.len().saturating_add(body.len()).saturating_add(1));
    message.extend_from_slice(head.as_bytes());
    message.extend_from_slice(body);
    message.push(b'\n');
    message
}
