//! The key ring: who finds what, and which key encrypts.

#![expect(clippy::unwrap_used, reason = "tests")]

use fapiao::keys::{KeyRing, WechatPayKeyKind};

const PUBLIC: &[u8] = include_bytes!("../../tests/keys/wechatpay.pub.pem");
const EARLIER: &[u8] = include_bytes!("../../tests/keys/platform-1.cert.pem");
const LATER: &[u8] = include_bytes!("../../tests/keys/platform-2.cert.pem");
const AUTHORITY: &[u8] = include_bytes!("../../tests/keys/ca.cert.pem");
const SERIAL_EARLIER: &str = "7132D72A03E93CDDF8C03BBD1F37EEDF00000001";
const SERIAL_LATER: &str = "7132D72A03E93CDDF8C03BBD1F37EEDF00000002";
const ID: &str = "PUB_KEY_ID_0119000001002026112200000000001";
const MCHID: &str = "1900000001";
/// 2026-11-22.
const NOW: i64 = 1_795_305_600;

fn code<T>(result: fapiao::Result<T>) -> &'static str {
    result.map(|_| ()).unwrap_err().code().as_str()
}

fn certificates() -> KeyRing {
    KeyRing::new().certificate(MCHID, EARLIER).unwrap().certificate(MCHID, LATER).unwrap()
}

#[test]
fn both_kinds_live_in_one_ring() {
    let ring = certificates().public_key(MCHID, ID, PUBLIC).unwrap();
    let public = ring.find(MCHID, ID).unwrap();
    assert_eq!((public.kind(), public.id(), public.mchid()), (WechatPayKeyKind::PublicKey, ID, MCHID));
    assert!(public.validity().is_none());
    assert_eq!(public.max_plaintext_bytes(), 214);
    let certificate = ring.find(MCHID, &SERIAL_EARLIER.to_lowercase()).unwrap();
    assert_eq!((certificate.kind(), certificate.id()), (WechatPayKeyKind::Certificate, SERIAL_EARLIER));
    assert!(certificate.validity().unwrap().contains(NOW));
    assert_eq!(ring.keys(MCHID).count(), 3);
    assert_eq!(ring.find(MCHID, &format!("00{SERIAL_LATER}")).unwrap().id(), SERIAL_LATER);
}

#[test]
fn adding_leaves_the_older_ring_as_it_was() {
    let old = KeyRing::new().certificate(MCHID, EARLIER).unwrap();
    let new = old.clone().certificate(MCHID, LATER).unwrap();
    assert_eq!((old.keys(MCHID).count(), new.keys(MCHID).count()), (1, 2));
}

#[test]
fn an_unknown_id_says_which_kind_is_missing() {
    let error = certificates().find(MCHID, "PUB_KEY_ID_77").unwrap_err();
    assert_eq!(
        error.to_string(),
        "verify.unknown_serial: no public key with this id is loaded for merchant 1900000001"
    );
    let loaded = format!("{SERIAL_EARLIER} {SERIAL_LATER}");
    let details = [("kind", "public_key".into()), ("serial", "PUB_KEY_ID_77".into()), ("loaded", loaded)];
    assert_eq!(error.details(), details);
    let ring = KeyRing::new().public_key(MCHID, ID, PUBLIC).unwrap();
    let error = ring.find(MCHID, "7132\r\n<script>").unwrap_err();
    assert_eq!(error.details().first().unwrap().1, "certificate");
    assert_eq!(error.details().get(1).unwrap().1, "7132script");
}

#[test]
fn a_key_belongs_to_one_merchant() {
    let ring = certificates();
    assert_eq!(code(ring.find("1900000100", SERIAL_EARLIER)), "key.merchant");
    assert_eq!(code(ring.find("1900000100", "77")), "verify.unknown_serial");
    assert_eq!(code(ring.encryption_key("1900000100", NOW, Some(SERIAL_EARLIER))), "key.merchant");
    let ring = ring.certificate("1900000100", EARLIER).unwrap();
    assert_eq!(ring.find("1900000100", SERIAL_EARLIER).unwrap().mchid(), "1900000100");
    assert_eq!(ring.find(MCHID, SERIAL_EARLIER).unwrap().mchid(), MCHID);
}

#[test]
fn the_certificate_with_the_latest_start_seals() {
    let ring = certificates();
    assert_eq!(ring.encryption_key(MCHID, NOW, None).unwrap().id(), SERIAL_LATER);
    let (first, last) = (1_735_689_600, 2_082_758_400);
    assert_eq!(ring.encryption_key(MCHID, first, None).unwrap().id(), SERIAL_EARLIER, "the later one has not begun");
    assert_eq!(ring.encryption_key(MCHID, last, None).unwrap().id(), SERIAL_LATER);
    assert_eq!(code(ring.encryption_key(MCHID, last + 1, None)), "key.missing");
    assert_eq!(code(ring.encryption_key(MCHID, first - 1, None)), "key.missing");
}

#[test]
fn a_public_key_seals_before_certificates_and_a_pinned_one_before_all() {
    let second = "PUB_KEY_ID_0119000001002026112200000000002";
    let ring = certificates().public_key(MCHID, second, PUBLIC).unwrap().public_key(MCHID, ID, PUBLIC).unwrap();
    assert_eq!(ring.encryption_key(MCHID, NOW, None).unwrap().id(), second, "the greatest id");
    assert_eq!(ring.encryption_key(MCHID, NOW, Some(ID)).unwrap().id(), ID);
    assert_eq!(ring.encryption_key(MCHID, NOW, Some(SERIAL_EARLIER)).unwrap().id(), SERIAL_EARLIER);
    assert_eq!(code(ring.encryption_key(MCHID, NOW, Some("PUB_KEY_ID_77"))), "key.missing");
    assert_eq!(code(KeyRing::new().encryption_key(MCHID, NOW, None)), "key.missing");
}

#[test]
fn wrong_names_are_refused() {
    let ring = KeyRing::new;
    assert_eq!(code(ring().public_key(MCHID, "0119000001002026112200000000001", PUBLIC)), "input.config");
    assert_eq!(code(ring().public_key(MCHID, "PUB_KEY_ID_ 1", PUBLIC)), "input.config");
    assert_eq!(code(ring().public_key("", ID, PUBLIC)), "input.config");
    assert_eq!(code(ring().public_key("wx1234", ID, PUBLIC)), "input.config");
    assert!(ring().public_key(MCHID, &format!(" {ID}\n"), PUBLIC).is_ok(), "pasted with white space");
}

#[test]
fn one_id_names_one_key() {
    let ring = KeyRing::new().public_key(MCHID, ID, PUBLIC).unwrap();
    assert!(ring.clone().public_key(MCHID, ID, PUBLIC).is_ok());
    let spki = certificates().find(MCHID, SERIAL_EARLIER).unwrap().spki_der().to_vec();
    assert_eq!(code(ring.public_key(MCHID, ID, &spki)), "input.config");
}

#[cfg(feature = "_local-keys")]
#[test]
fn keys_verify_what_was_signed_and_seal_what_opens() {
    use fapiao::{Moment, keys::PrivateKey};
    let moment = Moment::new(NOW, [7; 32]).unwrap();
    let private = PrivateKey::load(include_bytes!("../../tests/keys/wechatpay.key.pem")).unwrap();
    let ring = KeyRing::new().public_key(MCHID, ID, PUBLIC).unwrap();
    let key = ring.find(MCHID, ID).unwrap();
    assert_eq!(private.public_key_der(), key.spki_der());
    let signature = private.sign(b"1\n2\n\n", &moment).unwrap();
    assert!(key.verify(b"1\n2\n\n", &signature));
    assert!(!key.verify(b"1\n2\n", &signature));
    let sealed = key.encrypt("张三".as_bytes(), &moment, "/buyer_information/name").unwrap();
    assert_eq!(private.decrypt(&sealed).unwrap().as_slice(), "张三".as_bytes());
    let error = key.encrypt(&[b'x'; 215], &moment, "/buyer_information/name").unwrap_err();
    assert_eq!(error.to_string(), "seal.length: the value has 215 bytes of UTF-8, 214 fit");
    assert_eq!(error.field(), Some("/buyer_information/name"));
    for wrong in [&sealed[..255], &[0; 256], &[0xff; 256], &[], &[1; 257]] {
        assert_eq!(
            private.decrypt(wrong).unwrap_err().to_string(),
            "open.failed: the field was not encrypted for this private key"
        );
    }
}

#[test]
fn every_certificate_of_a_file_is_read_but_the_authority_of_a_chain() {
    let chain = [EARLIER, AUTHORITY, LATER].concat();
    let ring = KeyRing::new().certificate(MCHID, &chain).unwrap();
    assert_eq!(ring.keys(MCHID).count(), 2);
}

#[test]
fn the_certificate_of_an_authority_alone_is_told() {
    let error = KeyRing::new().certificate(MCHID, AUTHORITY).unwrap_err();
    assert_eq!(error.code().as_str(), "key.kind");
    assert!(error.message().contains("authority"), "{error}");
}
