//! Each call that sets a merchant up, each trade's invoice, and inserted cards: by core to the sandbox and back, with the payloads of
//! the vectors.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

use fapiao::ffi::{Caller, Request};
use fapiao::{Attachment, Direct, KeyRing, Partner, PrivateKey};
use fapiao_test_support::client::{Client, moment, now};
use fapiao_test_support::gateway::{Merchant, Sandbox};
use fapiao_test_support::shell;
use serde_json::{Value, json};

/// A caller with what signs for it and who signs its answers.
struct Shop {
    caller: Caller,
    key: PrivateKey,
    ring: KeyRing,
    client: Client,
}

impl Shop {
    fn new(sandbox: &Sandbox, merchant: &Merchant, caller: Caller) -> Self {
        let mut ring = KeyRing::new();
        for (id, key) in &sandbox.announced.wechatpay_keys {
            ring = ring.public_key(&merchant.mchid, id, key.as_bytes()).unwrap();
        }
        let key = PrivateKey::load(merchant.private_key.as_bytes()).unwrap();
        Self { caller, key, ring, client: Client::default() }
    }

    fn make(&self, call: &str, payload: &Value) -> Value {
        self.send(Request::new(call, &payload.to_string()))
    }

    fn send(&self, request: Request<'_>) -> Value {
        let call = request.call;
        let pending = self.caller.prepare(request, moment().unwrap()).unwrap_or_else(|error| panic!("{call}: {error}"));
        let answer = self.client.exchange(&pending.sign_with(&self.key).unwrap()).unwrap();
        let claim = pending.claim(&answer, now().unwrap());
        let claim = claim.unwrap_or_else(|error| panic!("{call}: {error} {}", String::from_utf8_lossy(answer.body())));
        let verified = claim.check_with(&self.ring).unwrap().decrypt_with(&self.key).unwrap();
        serde_json::from_str(&verified.parse().unwrap_or_else(|error| panic!("{call}: {error}")).json).unwrap()
    }
}

/// What the vectors ask with first.
fn payload(call: &str) -> Value {
    let file = shell::root().join(format!("tests/vectors/calls/{call}.json"));
    let vectors: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    vectors["cases"][0]["input"]["request"].clone()
}

#[test]
fn what_core_sends_the_sandbox_takes_and_what_it_answers_core_reads() {
    let sandbox = Sandbox::start(&["--issue-seconds", "0"]).unwrap();
    let merchants = &sandbox.announced.pay;
    let config = |merchant: &Merchant| {
        let key = PrivateKey::load(merchant.private_key.as_bytes()).unwrap();
        sandbox.announced.merchant(merchant).unwrap().private_key(key)
    };
    let provider = Partner::new(config(&merchants.partner)).unwrap();
    let sub_merchant = provider.sub_merchant(&merchants.partner.sub_mchids[0]).unwrap();
    let direct = Direct::new(config(&merchants.direct)).unwrap();
    let partner = Shop::new(&sandbox, &merchants.partner, Caller::from(&provider));
    let shop = Shop::new(&sandbox, &merchants.partner, Caller::from(&sub_merchant));
    let direct = Shop::new(&sandbox, &merchants.direct, Caller::from(&direct));

    set_up(&partner, &shop, &direct);
    issue(&sandbox, &shop);
    insert(&sandbox, &shop);
}

fn set_up(partner: &Shop, shop: &Shop, direct: &Shop) {
    for merchant in [shop, direct] {
        let template = merchant.make("card_template", &payload("card_template"));
        assert!(template["card_id"].is_string(), "{template}");
    }
    let url = json!({"callback_url": "https://shop.example/callbacks"});
    for merchant in [shop, partner, direct] {
        assert_eq!(merchant.make("update_development_config", &url)["callback_url"], url["callback_url"]);
    }
    for merchant in [partner, direct] {
        assert_eq!(merchant.make("development_config", &json!({}))["callback_url"], url["callback_url"]);
    }
    for merchant in [shop, direct] {
        assert!(merchant.make("base_information", &json!({}))["seller_information"]["name"].is_string());
        assert!(merchant.make("tax_codes", &payload("tax_codes"))["data"].is_array());
    }
    assert_eq!(shop.make("check", &json!({})), json!({}));
    let status = shop.make("check_status", &json!({}));
    assert!(status["digital_tax_mode"]["billing_person_info"][0]["id"].is_string(), "{status}");
    let mut invitation = payload("sp_invite_url");
    invitation["operate_user"] = json!("张三");
    for merchant in [partner, shop] {
        assert!(merchant.make("sp_invite_url", &invitation)["invite_url"].is_string());
    }
    assert_eq!(partner.make("sp_invite_mch_info", &payload("sp_invite_mch_info"))["total_count"], json!(0));
}

fn issue(sandbox: &Sandbox, shop: &Shop) {
    let title = json!({"source": "WEB", "appid": "wx5157f09efdc09600", "openid": "plN5twRbHym_j-QcqCzstl0HmwEs", "total_amount": 382_895});
    for call in ["issue_real_estate_leasing", "issue_refined_oil", "issue_passenger_transport"] {
        let order = call.trim_start_matches("issue_");
        let mut asked = title.clone();
        asked["fapiao_apply_id"] = json!(order);
        shop.make("title_url", &asked);
        sandbox.fill_in_title(order).unwrap();
        let filled = shop.make("user_title", &json!({"scene": "WITHOUT_WECHATPAY", "fapiao_apply_id": order}));
        assert!(filled["name"].is_string(), "{filled}");
        let mut invoice = payload(call);
        invoice["fapiao_apply_id"] = json!(order);
        invoice["fapiao_information"]["fapiao_id"] = json!(format!("f-{order}"));
        assert_eq!(shop.make(call, &invoice), json!({"accepted": true}));
        let told = shop.make("query", &json!({"fapiao_apply_id": order}));
        assert_eq!(told["fapiao_information"][0]["total_amount"], json!(382_895), "{told}");
    }
}

fn insert(sandbox: &Sandbox, shop: &Shop) {
    let pdf = Attachment::pdf("invoice.pdf", b"%PDF-1.7\n%%EOF\n".to_vec());
    let uploaded = shop.send(Request::with_file("upload_file", r#"{"file_type":"PDF"}"#, pdf));
    let mut cards = payload("insert_cards");
    cards["fapiao_card_information"][0]["fapiao_media_id"] = uploaded["fapiao_media_id"].clone();
    assert_eq!(shop.make("insert_cards", &cards), json!({"accepted": true}));
    let ledger = sandbox.look("/ledger/effects").unwrap();
    let kinds = ledger["effects"].as_array().unwrap().iter().map(|effect| effect["kind"].as_str().unwrap());
    assert!(kinds.clone().any(|kind| kind == "inserted"), "{ledger}");
}
