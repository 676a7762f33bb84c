//! Every form in which a right key is found in the wild loads, and gives the same key.

#![expect(clippy::unwrap_used, reason = "tests")]

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use fapiao::keys::{KeyRing, MerchantCertificate, private_key_der, public_key_of};

const KEY: &str = include_str!("../../tests/keys/direct.key.pem");
const CERTIFICATE: &str = include_str!("../../tests/keys/direct.cert.pem");
const PLATFORM: &str = include_str!("../../tests/keys/platform-1.cert.pem");
const PUBLIC: &str = include_str!("../../tests/keys/wechatpay.pub.pem");
const MCHID: &str = "1900000001";
const ID: &str = "PUB_KEY_ID_0119000001002026112200000000001";

fn der(pem: &str) -> Vec<u8> {
    let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    STANDARD.decode(body).unwrap()
}

fn pem(label: &str, der: &[u8]) -> String {
    let body = STANDARD.encode(der);
    let lines: Vec<&str> = body.as_bytes().chunks(64).map(|line| core::str::from_utf8(line).unwrap()).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}

/// The PEM text, its DER, and both the way editors, shells, JSON and databases leave them.
fn forms(pem: &str) -> Vec<(&'static str, Vec<u8>)> {
    let der = der(pem);
    let trimmed = pem.trim_end();
    let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let lines: Vec<&str> = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let text = |text: String| text.into_bytes();
    vec![
        ("PEM", text(pem.into())),
        ("PEM without its last newline", text(trimmed.into())),
        ("CRLF", text(pem.replace('\n', "\r\n"))),
        ("CR", text(pem.replace('\n', "\r"))),
        ("blank lines", text(pem.replace('\n', "\n\n"))),
        ("percent-encoded line ends", text(pem.replace('\n', "%0A"))),
        ("percent-encoded", text(pem.replace('+', "%2B").replace('\n', "%0D%0A").replace(' ', "%20"))),
        ("zero width spaces", text(pem.replace('\n', "\u{200b}\n"))),
        ("no-break spaces", text(pem.replace('\n', "\u{a0}\n"))),
        ("Base64url", text(body.replace('+', "-").replace('/', "_"))),
        ("indented", text(pem.replace('\n', "\n    "))),
        ("byte order mark", text(format!("\u{feff}{pem}"))),
        ("\\n written out", text(trimmed.replace('\n', "\\n"))),
        ("\\r\\n written out", text(pem.replace('\n', "\\r\\n"))),
        ("\\\\n written out twice", text(pem.replace('\n', "\\\\n"))),
        ("slashes escaped by PHP", text(pem.replace('\n', "\\n").replace('/', "\\/"))),
        ("double quotes", text(format!("\"{}\"\n", trimmed.replace('\n', "\\n")))),
        ("single quotes", text(format!("'{pem}'"))),
        ("surrounding space", text(format!("\n \t{pem} \n"))),
        ("on one line", text(trimmed.replace('\n', " "))),
        ("on one line without spaces", text(trimmed.replace('\n', ""))),
        ("text before and after", text(format!("Bag Attributes\n    localKeyID: 01\n{pem}\nend of file\n"))),
        ("a name in GBK before", [b"friendlyName: \xd5\xc5\xc8\xfd\n", pem.as_bytes()].concat()),
        ("behind another block", text(format!("-----BEGIN OTHER-----\nBggqhkjOPQMBBw==\n-----END OTHER-----\n{pem}"))),
        ("NUL at the end", text(format!("{pem}\0"))),
        ("DER", der.clone()),
        ("DER with a newline behind", [der.as_slice(), b"\n"].concat()),
        ("Base64 on one line", text(body.clone())),
        ("Base64 without padding", text(STANDARD_NO_PAD.encode(&der))),
        ("Base64 on many lines", text(lines.join("\n"))),
        ("Base64 in quotes", text(format!("'{body}'\n"))),
        ("Base64 of the PEM", text(STANDARD.encode(pem))),
    ]
}

#[test]
fn private_keys() {
    let pkcs8 = der(KEY);
    // PKCS#8 puts 26 bytes before the PKCS#1 key.
    let pkcs1 = pem("RSA PRIVATE KEY", pkcs8.get(26..).unwrap());
    for (form, bytes) in forms(KEY).into_iter().chain(forms(&pkcs1)) {
        assert!(*private_key_der(&bytes).unwrap() == pkcs8, "{form}");
    }
}

#[test]
fn private_keys_below_a_wrong_label() {
    let pkcs8 = der(KEY);
    let mislabelled = pem("RSA PRIVATE KEY", &pkcs8);
    assert_eq!(*private_key_der(mislabelled.as_bytes()).unwrap(), pkcs8);
}

#[test]
fn a_private_key_behind_its_certificate() {
    let both = format!("{CERTIFICATE}{KEY}");
    assert_eq!(*private_key_der(both.as_bytes()).unwrap(), der(KEY));
    assert_eq!(MerchantCertificate::load(both.as_bytes()).unwrap().mchid(), Some(MCHID));
}

#[test]
fn public_keys() {
    let spki = der(PUBLIC);
    // SPKI puts 24 bytes before the PKCS#1 key.
    let pkcs1 = pem("RSA PUBLIC KEY", spki.get(24..).unwrap());
    for (form, bytes) in forms(PUBLIC).into_iter().chain(forms(&pkcs1)) {
        let ring = KeyRing::new().public_key(MCHID, ID, &bytes).unwrap_or_else(|error| panic!("{form}: {error}"));
        assert_eq!(ring.find(MCHID, ID).unwrap().spki_der(), spki, "{form}");
    }
}

#[test]
fn certificates() {
    for (form, bytes) in forms(CERTIFICATE) {
        let certificate = MerchantCertificate::load(&bytes).unwrap_or_else(|error| panic!("{form}: {error}"));
        assert_eq!(certificate.serial_no(), "5157F09EFDC096DE15EBE81A47057A7200000001", "{form}");
    }
    for (form, bytes) in forms(PLATFORM) {
        let ring = KeyRing::new().certificate(MCHID, &bytes).unwrap_or_else(|error| panic!("{form}: {error}"));
        assert!(ring.find(MCHID, "7132D72A03E93CDDF8C03BBD1F37EEDF00000001").is_ok(), "{form}");
    }
}

#[test]
fn a_private_key_gives_the_public_key_of_its_certificate() {
    let certificate = MerchantCertificate::load(CERTIFICATE.as_bytes()).unwrap();
    assert_eq!(public_key_of(KEY.as_bytes()).unwrap(), certificate.public_key_der());
}

#[test]
fn a_merchant_certificate_says_what_it_holds() {
    let certificate = MerchantCertificate::load(CERTIFICATE.as_bytes()).unwrap();
    assert_eq!(certificate.mchid(), Some("1900000001"));
    assert!(certificate.has_serial("005157f09efdc096de15ebe81a47057a7200000001"));
    assert!(!certificate.has_serial("5157F09EFDC096DE15EBE81A47057A7200000100"));
    assert_eq!((certificate.validity().not_before, certificate.validity().not_after), (1_735_689_600, 2_051_222_400));
    assert!(certificate.validity().contains(1_735_689_600) && !certificate.validity().contains(1_735_689_599));
}

#[cfg(feature = "_local-keys")]
#[test]
fn a_private_key_knows_its_certificate_and_nothing_of_it_shows() {
    use fapiao::keys::PrivateKey;
    let certificate = MerchantCertificate::load(CERTIFICATE.as_bytes()).unwrap();
    let key = PrivateKey::load(KEY.as_bytes()).unwrap();
    key.belongs_to(&certificate).unwrap();
    assert_eq!(format!("{key:?}"), "PrivateKey(…)");
    let stranger = PrivateKey::load(include_bytes!("../../tests/keys/stranger.key.pem")).unwrap();
    assert_eq!(stranger.belongs_to(&certificate).unwrap_err().code().as_str(), "key.mismatch");
}

#[test]
fn what_happened_to_a_damaged_text_is_named() {
    let lines = KEY.replace('+', " ");
    assert!(lines.lines().any(|line| line.trim().contains(' ') && !line.starts_with('-')), "a key with a +");
    for (text, word) in
        [(lines, "blanks"), (KEY.replace('\n', "<br>"), "HTML"), ("${FAPIAO_PRIVATE_KEY}".to_owned(), "variable")]
    {
        let error = private_key_der(text.as_bytes()).unwrap_err();
        assert!(error.message().contains(word), "{word}: {error}");
    }
}
