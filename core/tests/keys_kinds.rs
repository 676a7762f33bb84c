//! Whatever is not the key that is needed is named in the error.

#![expect(clippy::unwrap_used, reason = "tests")]

use fapiao::Error;
use fapiao::keys::{ApiV3Key, KeyRing, MerchantCertificate, private_key_der};

const KEY: &str = include_str!("../../tests/keys/direct.key.pem");
const CERTIFICATE: &str = include_str!("../../tests/keys/direct.cert.pem");
const PLATFORM: &str = include_str!("../../tests/keys/platform-1.cert.pem");
const PUBLIC: &str = include_str!("../../tests/keys/wechatpay.pub.pem");
const ID: &str = "PUB_KEY_ID_0119000001002026112200000000001";

// Made for this test with openssl; they open nothing.
const EC_SEC1: &str = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----
-----BEGIN EC PRIVATE KEY-----
MHcCAQEEIIN62cxTexp3gzSAZLYaNQpUNwgniW2mE8VuIyOhG7bXoAoGCCqGSM49
AwEHoUQDQgAEYmHwNt1pgUm5x4wNJ1P35Heh0MJYhpzjz9UbenxQ2POLhvV2Opfy
2RnZhZuOGunkoMlxKCnP6XwlwmQi46dG+A==
-----END EC PRIVATE KEY-----";
const EC_PKCS8: &str = "-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgg3rZzFN7GneDNIBk
tho1ClQ3CCeJbaYTxW4jI6EbttehRANCAARiYfA23WmBSbnHjA0nU/fkd6HQwliG
nOPP1Rt6fFDY84uG9XY6l/LZGdmFm44a6eSgyXEoKc/pfCXCZCLjp0b4
-----END PRIVATE KEY-----";
const ENCRYPTED: &str = "-----BEGIN ENCRYPTED PRIVATE KEY-----
MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAgCPn3kLqLjAwICCAAw
DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEELSsi9+XWXYiA5KOrIGhamIEgZBZ
MVTRt2AAfPAN0SfRt6Mm8+nBo+eCOpMZgVt3EMzP4El4TKe02PyyT8J/9S9dg6W8
iV5D56j2w9y6zB/w4oAEQpmL/52jgzkejgNQF4pukeiqOswg9+6HEangJsT48aST
5roy2T0VfzumrNKqChlK0YJ1HkZ+TmypyuorJiG6b15A2gqP+Y8LBueM88WzmW4=
-----END ENCRYPTED PRIVATE KEY-----";
const ENCRYPTED_PEM: &str = "-----BEGIN RSA PRIVATE KEY-----
Proc-Type: 4,ENCRYPTED
DEK-Info: AES-128-CBC,C9F4F461ACF334B215D489FB3964BB9C

SLP4ekezFwxeDkF7J1tlgp+yuY9CNZR/YasHpCsI7UyXbZJeUI8HeKwy6Svz7F+l
-----END RSA PRIVATE KEY-----";
const OPENSSH: &str = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA\n-----END OPENSSH PRIVATE KEY-----";
const EC_PUBLIC: &str = "-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEYmHwNt1pgUm5x4wNJ1P35Heh0MJY
hpzjz9UbenxQ2POLhvV2Opfy2RnZhZuOGunkoMlxKCnP6XwlwmQi46dG+A==
-----END PUBLIC KEY-----";
const REQUEST: &str = "-----BEGIN CERTIFICATE REQUEST-----
MIHFMG4CAQAwDDEKMAgGA1UEAwwBMTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IA
BGJh8DbdaYFJuceMDSdT9+R3odDCWIac48/VG3p8UNjzi4b1djqX8tkZ2YWbjhrp
5KDJcSgpz+l8JcJkIuOnRvigADAKBggqhkjOPQQDAgNHADBEAiAQFKOzYZQQBS29
9vBACX95G77OJ/M62isuIQpmIPt6nwIgS2ieOgVhCTmZh3H5aIqoCBcZfi6Pk89+
p4qMp+d/jt4=
-----END CERTIFICATE REQUEST-----";
const EC_CERTIFICATE: &str = "-----BEGIN CERTIFICATE-----
MIIBbTCCAROgAwIBAgIUdpGbcOubTv4tNssFV+J6T91ivgowCgYIKoZIzj0EAwIw
DDEKMAgGA1UEAwwBMTAeFw0yNjExMjIwNjI1NTVaFw0zNjExMTkwNjI1NTVaMAwx
CjAIBgNVBAMMATEwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARiYfA23WmBSbnH
jA0nU/fkd6HQwliGnOPP1Rt6fFDY84uG9XY6l/LZGdmFm44a6eSgyXEoKc/pfCXC
ZCLjp0b4o1MwUTAdBgNVHQ4EFgQUyGN1VypmLvOMRqOw07EKAljHpd4wHwYDVR0j
BBgwFoAUyGN1VypmLvOMRqOw07EKAljHpd4wDwYDVR0TAQH/BAUwAwEB/zAKBggq
hkjOPQQDAgNIADBFAiEAophrsS8cLsJhjpmdPoo3oK+qvXCOnrpUyuW0Yy5pYOgC
IAeS7gg3K81zgWBt4luI7HoIVAO0zKwmF8ZKpNSIg97O
-----END CERTIFICATE-----";
const PKCS12_START: &str = "MFsCAQMwVgYJKoZIhvcNAQcBoEkERzBFMEMGCSqGSIb3DQEHBqA2MDQCAQAwLwYJKoZIhvcNAQcBMBwGCiqGSIb3DQEMAQYw\
DgQIIpE+d96sVr0CAggAgAQAAAAA";
const ED25519: &str = "-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIHqMlOwfukFGDaprZ1ngZYSlQBEUuV8ZdqCoZTwFwjna
-----END PRIVATE KEY-----";
const SHORT_PUBLIC: &str = "-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCp5obIYoC3pBAhvsTA5P+E6VEW
7CX349GUVqBbj+veiXP/OfKwW2OOVfV5V3UTkPv2Zdn7Ll0QGJrbfRSQXdjVZxfZ
4Nt+9+9kA2VG9mK9Cip3M3QhAFCZ6huLuDEnLiU2fynKRLIDrz71yCuhcG9pancv
6cGxt+hSrY4wZckw+wIDAQAB
-----END PUBLIC KEY-----";

fn private(text: &str) -> String {
    shown(&private_key_der(text.as_bytes()).unwrap_err())
}

fn public(text: &str) -> String {
    shown(&KeyRing::new().public_key("1900000001", ID, text.as_bytes()).unwrap_err())
}

fn certificate(text: &str) -> String {
    shown(&MerchantCertificate::load(text.as_bytes()).unwrap_err())
}

fn shown(error: &Error) -> String {
    error.to_string()
}

#[test]
fn in_place_of_a_private_key() {
    let cases = [
        (CERTIFICATE, "key.kind: this is a certificate, a private key is needed"),
        (PUBLIC, "key.kind: this is a public key, a private key is needed"),
        (REQUEST, "key.kind: this is a certificate signing request, a private key is needed"),
        (EC_SEC1, "key.kind: this is an EC private key, an RSA private key is needed"),
        (EC_PKCS8, "key.kind: this is an EC private key, an RSA private key is needed"),
        (ED25519, "key.kind: this is a key of an algorithm other than RSA, an RSA private key is needed"),
        (
            ENCRYPTED,
            "key.kind: this is a private key encrypted with a password, a private key is needed; decrypt it first",
        ),
        (
            ENCRYPTED_PEM,
            "key.kind: this is a private key encrypted with a password, a private key is needed; decrypt it first",
        ),
        (OPENSSH, "key.kind: this is a private key in OpenSSH's own format, a private key is needed"),
        (
            PKCS12_START,
            "key.kind: this is a PKCS#12 file (.p12), a private key is needed; apiclient_key.pem lies beside it",
        ),
        (
            "0123456789abcdef0123456789ABCDEF",
            "key.kind: this is an APIv2 or APIv3 key (32 characters), a private key is needed",
        ),
        (ID, "key.kind: this is the id of a WeChat Pay public key, a private key is needed"),
        ("5157F09EFDC096DE15EBE81A47057A7200000001", "key.kind: this is a serial number, a private key is needed"),
        ("/etc/wechat/apiclient_key.pem", "key.format: this is the name of a file: pass what the file contains"),
    ];
    for (text, expected) in cases {
        assert_eq!(private(text), expected);
    }
}

#[test]
fn in_place_of_a_public_key() {
    assert_eq!(public(CERTIFICATE), "key.kind: this is a certificate, a public key is needed");
    assert_eq!(public(KEY), "key.kind: this is a private key, a public key is needed");
    assert_eq!(public(EC_PUBLIC), "key.kind: this is an EC public key, an RSA public key is needed");
    assert_eq!(public(SHORT_PUBLIC), "key.length: the RSA key has 1024 bits, 2048 to 4096 are needed");
}

#[test]
fn in_place_of_a_certificate() {
    assert_eq!(certificate(KEY), "key.kind: this is a private key, a certificate is needed");
    assert_eq!(certificate(PUBLIC), "key.kind: this is a public key, a certificate is needed");
    let expected = "key.kind: this certificate holds no RSA key, one with an RSA key is needed";
    assert_eq!(certificate(EC_CERTIFICATE), expected);
}

#[test]
fn in_place_of_the_api_v3_key() {
    let error = |text: &str| shown(&ApiV3Key::new(text.as_bytes()).unwrap_err());
    assert_eq!(error(KEY), "key.kind: this is a private key, the APIv3 key is needed");
    assert_eq!(error(CERTIFICATE), "key.kind: this is a certificate, the APIv3 key is needed");
}

#[test]
fn a_merchants_own_certificate_is_no_platform_certificate() {
    let error = KeyRing::new().certificate("1900000001", CERTIFICATE.as_bytes()).unwrap_err();
    let expected =
        "key.kind: this is the API certificate of merchant 1900000001, a platform certificate of WeChat Pay is needed";
    assert_eq!(shown(&error), expected);
    assert!(KeyRing::new().certificate("1900000001", PLATFORM.as_bytes()).is_ok());
}

#[test]
fn damaged_input() {
    let cut = KEY.split_at(KEY.len() / 2).0;
    let starred = KEY.replacen("MII", "M*I", 1);
    let cases = [
        ("", "key.format: this is empty, a private key is needed"),
        (" \r\n\t\"\"", "key.format: this is empty, a private key is needed"),
        ("hello, world", "key.format: this is neither PEM nor DER nor Base64"),
        (cut, "key.format: the PEM text is cut short: its END line is missing"),
        (&starred, "key.format: the text between BEGIN and END is not Base64"),
        ("-----BEGIN PRIVATE KEY", "key.format: the BEGIN line is damaged"),
    ];
    for (text, expected) in cases {
        assert_eq!(private(text), expected);
    }
    let der = private_key_der(KEY.as_bytes()).unwrap();
    let short = private_key_der(der.split_at(1000).0).unwrap_err();
    let missing = der.len() - 1000;
    assert_eq!(shown(&short), format!("key.format: the key is cut short: its last {missing} bytes are missing"));
    let long = private_key_der(&[der.as_slice(), b"more"].concat()).unwrap_err();
    assert_eq!(shown(&long), "key.format: 4 bytes follow the end of the key");
    let utf16: Vec<u8> = [0xfeff].into_iter().chain(KEY.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(shown(&private_key_der(&utf16).unwrap_err()), "key.format: this text is UTF-16: save it as UTF-8");
    let huge = private_key_der(&vec![b'A'; 65_537]).unwrap_err();
    assert_eq!(shown(&huge), "key.format: 65537 bytes are too many for a private key");
}
