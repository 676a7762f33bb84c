//! An answer that cannot be believed, or an error, says why.

use crate::fixtures::{NONCE, NOW, direct, moment};
use crate::signatures::{check, signature, signed};
use fapiao::account::GetPdf;
use fapiao::pay::FapiaoFiles;
use fapiao::{Account, Code, Error};
use http::{HeaderValue, Response};

const BODY: &[u8] = br#"{"fapiao_download_info_list":[]}"#;

fn with_header(mut response: Response<Vec<u8>>, name: &'static str, value: &str) -> Response<Vec<u8>> {
    response.headers_mut().insert(name, HeaderValue::from_str(value).unwrap());
    response
}

fn said(response: &Response<Vec<u8>>) -> (Code, String) {
    let error = check(response).unwrap_err();
    (error.code(), error.message().to_owned())
}

fn refused(status: u16, body: &str) -> Error {
    let response = Response::builder().status(status).body(body.as_bytes().to_vec()).unwrap();
    direct().prepare(FapiaoFiles::new("apply-1"), moment()).unwrap().claim(&response, NOW).unwrap_err()
}

fn account_answer(body: &[u8]) -> Result<String, Error> {
    let account = Account::new("wx1").unwrap().with_access_token("t");
    let pending = account.prepare(GetPdf::new("1"), moment()).unwrap();
    pending.read_unsigned(&Response::new(body.to_vec()))?.parse().map(|answer| answer.pdf_url)
}

#[test]
fn white_space_around_a_header_is_no_part_of_it() {
    let right = signed(BODY);
    for name in ["wechatpay-serial", "wechatpay-nonce", "wechatpay-timestamp", "wechatpay-signature"] {
        let value = right.headers()[name].to_str().unwrap().to_owned();
        for around in [format!("{value} "), format!(" {value}"), format!("{value}\t")] {
            assert!(check(&with_header(right.clone(), name, &around)).is_ok(), "{name}");
        }
    }
}

#[test]
fn headers_joined_on_the_way_are_named() {
    let right = signed(BODY);
    for name in ["wechatpay-serial", "wechatpay-nonce", "wechatpay-timestamp", "wechatpay-signature"] {
        let value = right.headers()[name].to_str().unwrap().to_owned();
        let (code, message) = said(&with_header(right.clone(), name, &format!("{value}, {value}")));
        assert!(code == Code::VerifyHeaderTwice && message.contains("joined"), "{name}: {message}");
    }
}

#[test]
fn a_time_in_milliseconds_is_named() {
    let time = (NOW * 1000).to_string();
    let answer = with_header(signed(BODY), "wechatpay-timestamp", &time);
    let (code, message) = said(&with_header(answer, "wechatpay-signature", &signature(&time, NONCE, BODY)));
    assert!(code == Code::VerifyHeader && message.contains("milliseconds"), "{message}");
}

#[test]
fn what_the_body_is_instead_is_named() {
    for (body, word) in [
        (&b"\x1f\x8b\x08rest"[..], "gzip"),
        (b"\x28\xb5\x2f\xfdrest", "zstd"),
        (b"\x78\x9crest", "deflate"),
        (b"<xml><return_code>FAIL</return_code></xml>", "XML"),
        (b"<html>", "web page"),
    ] {
        let altered = signed(BODY).map(|_| body.to_vec());
        let unsigned = Response::new(body.to_vec());
        for (answer, code) in [(altered, Code::VerifySignature), (unsigned, Code::VerifyHeaderMissing)] {
            let (seen, message) = said(&answer);
            assert!(seen == code && message.contains(word), "{word}: {message}");
        }
    }
    let brotli = with_header(signed(BODY).map(|_| b"\x0b\x02".to_vec()), "content-encoding", "br");
    assert!(said(&brotli).1.contains("compressed"));
}

#[test]
fn the_field_of_a_parameter_error_is_found_in_each_of_its_shapes() {
    for (detail, message) in [
        (r#"{"field":"/total_amount","value":1}"#, "m"),
        (r#"{"location":null,"value":["x","/total_amount"]}"#, "m"),
        ("null", "输入源“/total_amount”映射到字段“金额”必填性规则校验失败"),
    ] {
        let error = refused(400, &format!(r#"{{"code":"PARAM_ERROR","message":"{message}","detail":{detail}}}"#));
        assert_eq!(error.field(), Some("/total_amount"), "{detail} {message}");
    }
    let hostile = refused(400, r#"{"code":"PARAM_ERROR","detail":{"field":"/x\r\n2026 INFO issued\u001b[2K"}}"#);
    assert_eq!(hostile.field(), Some("/x??2026?INFO?issued?[2K"));
}

#[test]
fn what_the_gateway_saw_is_compared_with_what_was_signed() {
    let body = |method: &str, url: &str| {
        format!(
            r#"{{"code":"SIGN_ERROR","detail":{{"field":"signature","sign_information":{{"method":"{method}","url":"{url}"}}}}}}"#
        )
    };
    let url = "/v3/new-tax-control-fapiao/fapiao-applications/apply-1/fapiao-files";
    let saw = |method, url| refused(401, &body(method, url)).details().to_vec();
    assert_eq!(saw("POST", "/v3/other"), [("gateway_saw_another", "method, url".to_owned())]);
    assert_eq!(saw("GET", url), []);
}

#[test]
fn advice_is_about_what_the_gateway_said() {
    let help = |field: &str| refused(401, &format!(r#"{{"code":"SIGN_ERROR","detail":{{"field":"{field}"}}}}"#)).help();
    assert!(help("timestamp").contains("clock") && help("serial_no").contains("serial number"));
    assert!(refused(403, r#"{"code":"NO_AUTH"}"#).help_zh().contains("商户平台"));
    assert_eq!(refused(400, r#"{"code":"NEW_CODE"}"#).help(), Code::RemoteApi.help());
}

#[test]
fn the_first_words_of_a_foreign_page_are_kept() {
    let error = refused(405, "<html><title>405</title>您的访问被阻断 Request ID: ab12</html>");
    assert_eq!(error.code(), Code::RemoteNotJson);
    assert_eq!(error.remote().unwrap().page.as_deref(), Some("405 您的访问被阻断 Request ID: ab12"));
}

#[test]
fn the_errcode_decides_whatever_became_of_its_message() {
    for message in [&b"a\x14b"[..], b"a\nb", b"\xc1\xee\xc5\xc6", b"\xe4\xbb"] {
        let error = account_answer(&[&b"{\"errcode\":40001,\"errmsg\":\""[..], message, b"\"}"].concat()).unwrap_err();
        assert_eq!(error.code(), Code::RemoteErrcode);
        assert_eq!(error.remote().unwrap().code.as_deref(), Some("40001"));
    }
    let damaged =
        account_answer(b"{\"errcode\":0,\"errmsg\":\"ok\x01\\ud83d\",\"pdf_url\":\"https://mp.weixin.qq.com/x\"}");
    assert_eq!(damaged.unwrap(), "https://mp.weixin.qq.com/x");
    let address =
        br#"{"errcode":40164,"errmsg":"invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist rid: 1"}"#;
    let error = account_answer(address).unwrap_err();
    assert_eq!(error.details(), [("address", "203.0.113.9".to_owned())]);
    assert!(error.help().contains("white list"));
}
