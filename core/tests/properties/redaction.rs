//! Nothing that core shows holds a secret or personal data: every public type, every error, every state of a flow.

use crate::fixtures::{ID, MAIL, NOW, PHONE, SECRET, TOKEN, account, answer, callers, config, direct};
use crate::fixtures::{moment, partner, ring, sub_merchant};
use crate::types::assert_every_type_was_shown;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fapiao::account as accounts;
use fapiao::callers::Host;
use fapiao::catalogue;
use fapiao::codec::{Decimal, Digits};
use fapiao::ffi::{Caller, Request, report};
use fapiao::keys::{ApiV3Key, Serial, WechatPayKey};
use fapiao::pay::types::{BuyerInformation, BuyerType};
use fapiao::pay::{FapiaoToIssue, Issue, LineToIssue, QueryAnswer};
use fapiao::schema::System;
use fapiao::{Attachment, Code, Hosts, MerchantCertificate, Pending, Personal, Reply, Secret, SignatureCheck};
use std::collections::BTreeSet;
use std::fmt::Debug;

mod callbacks;
mod flows;
mod lives;
mod pushes;

const KEY: &str = include_str!("../../../tests/keys/direct.key.pem");
const CERTIFICATE: &[u8] = include_bytes!("../../../tests/keys/direct.cert.pem");
const API_V3_KEY: &str = "k3y-0f-7he-4p1v3-c4llb4ck5-01234";
const FILE: &str = "%PDF-1.7 invoice of Zhang San";

/// What was shown, with the names of the types it came from.
#[derive(Default)]
struct Shown {
    types: BTreeSet<String>,
    texts: Vec<String>,
}

impl Shown {
    fn show<T: Debug>(&mut self, value: &T) {
        let name = std::any::type_name::<T>().split('<').next().unwrap_or_default();
        self.types.insert(name.rsplit("::").next().unwrap_or_default().to_owned());
        self.texts.extend([format!("{value:?}"), format!("{value:#?}")]);
    }

    fn error(&mut self, error: &fapiao::Error) {
        self.show(error);
        self.texts.extend([error.to_string(), error.message().to_owned(), format!("{:?}", error.details())]);
        let report: serde_json::Value = serde_json::from_str(&report::error(error)).unwrap();
        // What the gateway said is marked as unauthenticated and documented as not to be logged.
        self.texts.extend(
            report
                .as_object()
                .unwrap()
                .iter()
                .filter(|(name, _)| *name != "remote")
                .map(|(_, value)| value.to_string()),
        );
        if let Some(remote) = error.remote() {
            self.show(remote);
        }
        if let Some(help) = error.remote_help() {
            self.show(&help);
        }
    }

    fn assert_nothing_leaks(&self) {
        let key: String = KEY.lines().filter(|line| !line.starts_with('-')).collect();
        let key_lines = KEY.lines().filter(|line| !line.starts_with('-') && line.len() > 20);
        let secrets = [SECRET, TOKEN, API_V3_KEY, PHONE, MAIL, &FILE[9..], "%2F0f%2B7he"];
        let bytes = |text: &str| format!("{:?}", text.as_bytes()).trim_matches(['[', ']']).to_owned();
        let der = STANDARD.decode(key).unwrap();
        let mut needles: Vec<_> = secrets.iter().flat_map(|secret| [(*secret).to_owned(), bytes(secret)]).collect();
        needles.extend(secrets.iter().map(|secret| STANDARD.encode(secret)));
        needles.extend(key_lines.flat_map(|line| [line.to_owned(), bytes(line)]));
        needles
            .extend(der.chunks_exact(24).skip(2).map(|chunk| format!("{chunk:?}").trim_matches(['[', ']']).to_owned()));
        for text in &self.texts {
            let flat = text.split_whitespace().collect::<Vec<_>>().join(" ").replace(", ]", "]");
            for needle in &needles {
                assert!(!text.contains(needle.as_str()) && !flat.contains(needle.as_str()), "`{needle}` in {text}");
            }
        }
    }
}

fn buyer() -> BuyerInformation {
    let mut buyer = BuyerInformation::new("INDIVIDUAL", "Z");
    (buyer.phone, buyer.email) = (Some(PHONE.into()), Some(MAIL.into()));
    buyer
}

fn issue() -> Issue {
    let line =
        LineToIssue { tax_code: "1".to_owned(), quantity: 1.into(), total_amount: 1.into(), ..Default::default() };
    Issue::new("WITH_WECHATPAY", "4200", buyer(), [FapiaoToIssue::new("f1", 1, [line])])
}

fn query_answer() -> String {
    let sealed = [PHONE, MAIL].map(|text| STANDARD.encode(text));
    let [phone, mail] = &sealed;
    format!(
        r#"{{"total_count":1,"mobile":"{PHONE}","fapiao_information":[{{"fapiao_id":"1","status":"ISSUED","total_amount":1,
        "tax_amount":1,"amount":1,"seller_information":{{"name":"n","taxpayer_id":"1","address":"a"}},
        "buyer_information":{{"type":"INDIVIDUAL","name":"Z","phone":"{phone}","email":"{mail}","mail2":"{MAIL}"}},
        "extra_information":{{"drawer":"d"}},"items":[]}}]}}"#
    )
}

fn opened<A: Reply>(pending: &Pending<A>) -> fapiao::Verified<A> {
    let claim = pending.claim(&answer(query_answer().as_bytes()), NOW).unwrap();
    let plaintexts = vec![PHONE.as_bytes().to_vec(), MAIL.as_bytes().to_vec()];
    claim.settle(SignatureCheck::Valid).unwrap().decrypted(plaintexts.into_iter().map(Some).collect()).unwrap()
}

fn values(shown: &mut Shown) {
    shown.show(&Secret::new(SECRET));
    shown.show(&Personal::new(PHONE));
    shown.show(&ApiV3Key::new(API_V3_KEY.as_bytes()).unwrap());
    shown.show(&MerchantCertificate::load(CERTIFICATE).unwrap());
    shown.show(&MerchantCertificate::load(CERTIFICATE).unwrap().validity());
    shown.show::<WechatPayKey>(ring().find("1900000001", ID).unwrap());
    shown.show(&ring().find("1900000001", ID).unwrap().kind());
    shown.show(&Serial::new(ID));
    shown.show(&ring());
    shown.show(&moment());
    shown.show(&Attachment::pdf(PHONE, FILE.as_bytes()));
    shown.show(&config("1900000001"));
    shown.show(&(direct(), partner()).0);
    shown.show(&partner());
    shown.show(&sub_merchant());
    shown.show(&account());
    shown.show(&crate::fixtures::component());
    shown.show(&Hosts::of(System::Pay));
    shown.show(&Host::Main);
    shown.show(&callers()[3]);
    shown.show(&Request::with_file(
        "issue",
        &format!("{{\"phone\":\"{PHONE}\"}}"),
        Attachment::pdf("f", FILE.as_bytes()),
    ));
    shown.show(&Digits::from("1"));
    shown.show(&Decimal::from("1.5"));
    shown.show(&BuyerType::Individual);
    shown.show(&buyer());
    shown.show(&buyer().extra);
    shown.show(&issue());
    catalogue::calls().for_each(|call| shown.show(call));
    shown.show(&Code::InputJson);
    shown.show(&Code::InputJson.fault());
}

/// A discount line with a unit: the documents leave it out.
fn warned(shown: &mut Shown) {
    let payload = format!(
        r#"{{"fapiao_apply_id":"1","buyer_information":{{"type":"INDIVIDUAL","name":"n","phone":"{PHONE}"}},"fapiao_information":{{
        "fapiao_id":"f1","total_amount":0,"billing_person_id":"1","fapiao_bill_type":"COMM_FAPIAO",
        "items":[{{"tax_code":"3010101020203000000","goods_name":"g","total_amount":1,"tax_rate":1,"discount":false}},
        {{"tax_code":"3010101020203000000","goods_name":"g","unit":"{PHONE}","total_amount":-1,"tax_rate":1,"discount":true}}],
        "transaction_information":[{{"pay_channel":"WECHAT_PAY","transaction_id":"1","amount":1}}]}}}}"#
    );
    let pending = Caller::from(&sub_merchant()).prepare(Request::new("issue_general", &payload), moment()).unwrap();
    let [warning] = pending.warnings() else { panic!("{:?}", pending.warnings()) };
    assert_eq!(warning.field, "/fapiao_information/items/1/unit");
    shown.show(warning);
    shown.show(&fapiao::SeenAnswers::new());
}

fn steps(shown: &mut Shown) {
    let pending = sub_merchant().prepare(fapiao::pay::Query::new("1"), moment()).unwrap();
    shown.show(&pending);
    let claim = pending.claim(&answer(query_answer().as_bytes()), NOW).unwrap();
    shown.show(&claim);
    shown.error(&claim.settle(SignatureCheck::Invalid).unwrap_err());
    shown.show(&SignatureCheck::Valid);
    shown.show(&opened(&pending));
    let read: QueryAnswer = opened(&pending).parse().unwrap();
    assert_eq!(read.fapiao_information.as_ref().unwrap()[0].buyer_information.phone.as_ref().unwrap().reveal(), PHONE);
    shown.show(&read);
    let wire = Request::new("query", r#"{"fapiao_apply_id":"1"}"#);
    shown.show(&opened(&Caller::from(&sub_merchant()).prepare(wire, moment()).unwrap()).parse().unwrap());
    let tokens = account().prepare(accounts::StableToken::new(), moment()).unwrap();
    let body = format!(r#"{{"access_token":"{TOKEN}","expires_in":7200,"refresh_token":"{TOKEN}"}}"#);
    shown.show(&tokens.read_unsigned(&answer(body.as_bytes())).unwrap().parse().unwrap());
    let link = fapiao::pay::DownloadFile::new("https://pay.wechatpay.cn/f");
    let mut file = answer(FILE.as_bytes());
    file.headers_mut().insert("sm3-digest", http::HeaderValue::from_static("00"));
    shown.error(&sub_merchant().prepare(link, moment()).unwrap().read_unsigned(&file).unwrap_err());
    let pdf = account().prepare(accounts::DownloadPdf::new("https://mp.weixin.qq.com/f"), moment()).unwrap();
    shown.show(&pdf.read_unsigned(&file).unwrap().parse().unwrap());
}

/// Payloads with secrets wherever a refusal might repeat them, and answers that quote them.
fn errors(shown: &mut Shown) {
    let secret = [PHONE, MAIL, TOKEN];
    for text in secret {
        for place in
            ["fapiao_apply_id", "buyer_information", "scene", "fapiao_information", "s_media_id", "download_url"]
        {
            for value in [format!("\"{text}😀\""), format!("[\"{text}\"]"), format!("{{\"a\":\"{text}\"}}")] {
                for (call, caller) in catalogue::calls().flat_map(|call| callers().map(|caller| (call.name, caller))) {
                    if let Err(error) =
                        caller.prepare(Request::new(call, &format!("{{\"{place}\":{value}}}")), moment())
                    {
                        shown.error(&error);
                    }
                }
            }
        }
        let body = format!(
            r#"{{"code":"PARAM_ERROR","message":"{text}","detail":{{"value":"{text}"}},"errcode":1,"errmsg":"{text}"}}"#
        );
        for (status, body) in [(400, body.as_str()), (500, text), (302, text), (200, body.as_str()), (200, text)] {
            let mut response = answer(body.as_bytes());
            *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
            let pending = direct().prepare(fapiao::pay::Query::new("1"), moment()).unwrap();
            let read = crate::fixtures::read(&pending, &response);
            shown.error(&read.unwrap_err());
            let pending = account().prepare(accounts::GetPdf::new("1"), moment()).unwrap();
            shown.error(&crate::fixtures::read(&pending, &response).unwrap_err());
        }
    }
    for bytes in [KEY.as_bytes(), &KEY.as_bytes()[..800], SECRET.as_bytes(), API_V3_KEY.as_bytes()] {
        let errors = [
            MerchantCertificate::load(bytes).err(),
            fapiao::KeyRing::new().public_key("1", ID, bytes).err(),
            fapiao::KeyRing::new().certificate("1", bytes).err(),
            ApiV3Key::new(&[bytes, b"\n"].concat()).err(),
            fapiao::keys::private_key_der(bytes.get(1..).unwrap()).err(),
        ];
        errors.iter().flatten().for_each(|error| shown.error(error));
    }
}

#[test]
fn nothing_shown_holds_a_secret() {
    let mut shown = Shown::default();
    values(&mut shown);
    warned(&mut shown);
    steps(&mut shown);
    errors(&mut shown);
    flows::flows(&mut shown);
    callbacks::callbacks(&mut shown);
    pushes::pushes(&mut shown);
    lives::lives(&mut shown);
    shown.show(&fapiao::Fen::new(1));
    shown.show(&fapiao::Quantity::new(1));
    shown.show(&fapiao::UnitPrice::new(1));
    shown.show(&fapiao::Rate::new(1));
    #[cfg(feature = "_local-keys")]
    {
        let key = fapiao::PrivateKey::load(KEY.as_bytes()).unwrap();
        shown.show(&key);
        shown.show(&direct_with(key));
    }
    assert!(shown.texts.len() > 2_000, "only {} texts were looked at", shown.texts.len());
    shown.assert_nothing_leaks();
    assert_every_type_was_shown(&shown.types);
}

#[cfg(feature = "_local-keys")]
fn direct_with(key: fapiao::PrivateKey) -> fapiao::Direct {
    fapiao::Direct::new(config("1900000001").private_key(key)).unwrap()
}
