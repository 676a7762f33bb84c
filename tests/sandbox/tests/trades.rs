//! Digital invoices: the rules they share, and those of each trade.
#![cfg(test)]

mod support;

use serde_json::{Value, json};
use support::{
    Gateway,
    client::{Caller, Reply},
    orders::{FAMILY, invoices, issue_general, post_general, post_reverse},
};

const SUB: Option<&str> = Some("1900000109");

struct Office {
    gateway: Gateway,
    partner: Caller,
}

impl Office {
    fn new() -> Self {
        let gateway = Gateway::at_once();
        let partner = gateway.caller("partner");
        Self { gateway, partner }
    }

    /// The order of one invoice whose first line is changed.
    fn order(&self, apply_id: &str, fapiao_id: &str, changes: &[(&str, Value)]) -> Value {
        let mut body = issue_general(&self.gateway, apply_id, fapiao_id, 500);
        for (pointer, value) in changes {
            let (parent, name) = pointer.rsplit_once('/').unwrap();
            body.pointer_mut(&format!("/fapiao_information{parent}")).unwrap()[name] = value.clone();
        }
        body
    }

    fn post(&self, call: &str, body: &Value) -> Reply {
        self.gateway.call(&self.partner, "POST", &format!("{FAMILY}/fapiao-applications/{call}"), &body.to_string())
    }

    fn general(&self, changes: &[(&str, Value)]) -> Reply {
        post_general(&self.gateway, &self.partner, &self.order("apply-1", "blue-1", changes))
    }

    fn notes(&self) -> usize {
        self.gateway.last_arrival()["notes"].as_array().unwrap().len()
    }
}

#[test]
fn fields_of_digital_invoices_have_their_lengths_and_sums() {
    let office = Office::new();
    let transactions = vec![json!({"pay_channel": "WECHAT_PAY", "out_trade_no": "o", "amount": 500}); 11];
    for (pointer, value) in [
        ("/items/0/tax_code", json!("301010102020300000")),
        ("/items/0/goods_name", json!("名".repeat(129))),
        ("/items/0/specification", json!("x".repeat(21))),
        ("/items", json!(vec![json!({}); 9])),
        ("/total_amount", json!(499)),
        ("/billing_person_id", json!("1".repeat(65))),
        ("/transaction_information", json!(transactions)),
        ("/fapiao_bill_type", json!("OTHER")),
        ("/vat_refund_levy_code", json!(13)),
    ] {
        let refused = office.general(&[(pointer, value)]);
        assert_eq!(refused.field(), format!("/fapiao_information{pointer}"));
    }
    let nameless = json!([{"pay_channel": "WECHAT_PAY", "amount": 500}]);
    let field = "/fapiao_information/transaction_information/0/transaction_id";
    assert_eq!(office.general(&[("/transaction_information", nameless)]).field(), field);
    let by_number = json!([{"pay_channel": "WECHAT_PAY", "out_trade_no": "o-1", "amount": 500}]);
    assert_eq!(office.general(&[("/transaction_information", by_number)]).status, 202);
}

#[test]
fn what_the_pages_only_advise_is_noted() {
    let office = Office::new();
    let changes = [
        ("/items/1/quantity", json!(100_000_000)),
        ("/items/0/tax_rate", json!(1234)),
        ("/billing_person_id", json!("somebody")),
    ];
    assert_eq!(office.general(&changes).status, 202);
    assert_eq!(office.notes(), 3, "{}", office.gateway.last_arrival());
    assert_eq!(post_general(&office.gateway, &office.partner, &office.order("apply-2", "blue-2", &[])).status, 202);
    assert_eq!(office.notes(), 0, "{}", office.gateway.last_arrival());
}

#[test]
fn an_application_takes_five_ids_of_digital_invoices_and_a_new_one_after_a_failure_or_a_reversal() {
    let office = Office::new();
    let issue = |id: &str| post_general(&office.gateway, &office.partner, &office.order("apply-1", id, &[]));
    let transactions = "/fapiao_information/transaction_information/0/amount";
    office.gateway.control_post("/settings", &json!({"issue_result": "failure"}));
    assert_eq!(issue("a").status, 202);
    assert_eq!((issue("a").code().1.as_str(), office.notes()), ("RESOURCE_ALREADY_EXISTS", 0));
    office.gateway.control_post("/settings", &json!({"issue_result": "success"}));
    assert_eq!((issue("b").status, office.notes()), (202, 0));
    assert_eq!((issue("b").code().1.as_str(), office.notes()), ("RESOURCE_ALREADY_EXISTS", 0));
    // The transactions are used up as long as an invoice stands.
    assert_eq!(issue("c").code().1, "INVALID_REQUEST");
    let mut larger = office.order("apply-1", "c", &[]);
    *larger.pointer_mut(transactions).unwrap() = json!(1000);
    assert_eq!((post_general(&office.gateway, &office.partner, &larger).status, office.notes()), (202, 1));
    for id in ["d", "e"] {
        let whole = json!({"sub_mchid": SUB, "reverse_reason": "SALES_RETURN"});
        assert_eq!(post_reverse(&office.gateway, &office.partner, "apply-1", &whole).status, 202);
        assert_eq!((issue(id).status, office.notes()), (202, 0), "{id}");
    }
    let whole = json!({"sub_mchid": SUB, "reverse_reason": "SALES_RETURN"});
    post_reverse(&office.gateway, &office.partner, "apply-1", &whole);
    assert_eq!(issue("f").code().1, "INVALID_REQUEST");
    assert_eq!(invoices(&office.gateway, &office.partner, SUB, "apply-1").len(), 5);
}

#[test]
fn a_digital_invoice_can_be_had_for_a_year() {
    let office = Office::new();
    assert_eq!(office.general(&[]).status, 202);
    let url = |office: &Office| {
        let answer = support::orders::files(&office.gateway, &office.partner, SUB, "apply-1").json();
        answer["fapiao_download_info_list"][0].get("download_url").cloned()
    };
    office.gateway.advance(364 * 86_400);
    assert!(url(&office).is_some());
    office.gateway.advance(2 * 86_400);
    assert_eq!(url(&office), None);
}

#[test]
fn real_estate_is_leased_with_a_sealed_certificate() {
    let office = Office::new();
    let lease = json!({"province": "广东省", "city": "深圳市", "address": "沙盒路1号",
        "lease_period_start": "2026-11-01T00:00:00+08:00", "lease_period_end": "2027-10-31T00:00:00+08:00",
        "cross_city_flag": false, "certificate_no": office.gateway.seal("粤2026深圳不动产权第0000001号"), "plate_no": ["粤B00001"]});
    let post = |id: &str, name: &str, value: Value| {
        let mut lease = lease.clone();
        lease[name] = value;
        office
            .post("real-estate-leasing", &office.order(id, id, &[("/items/0/real_estate_leasing_information", lease)]))
    };
    assert_eq!(post("a", "cross_city_flag", json!(true)).status, 202);
    let at = "/fapiao_information/items/0/real_estate_leasing_information";
    assert_eq!(post("b", "certificate_no", json!("plain")).field(), format!("{at}/certificate_no"));
    assert_eq!(post("b", "lease_period_end", json!("2027-10-31")).field(), format!("{at}/lease_period_end"));
    assert_eq!(post("b", "plate_no", json!("粤B00001")).field(), format!("{at}/plate_no"));
    assert_eq!(
        office
            .post(
                "issue-general",
                &office.order("b", "b", &[("/items/0/real_estate_leasing_information", lease.clone())])
            )
            .field(),
        at
    );
}

#[test]
fn refined_oil_is_measured_in_tons_or_litres() {
    let office = Office::new();
    let sale = json!({"station": "沙盒加油站", "trade_time": "2026-11-22T08:00:00+08:00", "gun_number": "3"});
    let post = |id: &str, unit: &str, sale: &Value| {
        let changes = [("/items/0/unit", json!(unit)), ("/items/0/refined_oil_information", sale.clone())];
        office.post("issue-refined-oil", &office.order(id, id, &changes))
    };
    assert_eq!((post("a", "LETER", &sale).status, office.notes()), (202, 0));
    assert_eq!((post("b", "LITER", &sale).status, office.notes()), (202, 1));
    let without = json!({"station": "沙盒加油站", "trade_time": "2026-11-22T08:00:00+08:00"});
    assert_eq!(post("c", "TON", &without).field(), "/fapiao_information/items/0/refined_oil_information/gun_number");
}

#[test]
fn passengers_travel_under_their_code_and_a_class_on_ships_only() {
    let office = Office::new();
    let post = |id: &str, name: &str, value: Value| {
        let mut journey = json!({"name": "李四", "certificate_type": "PASSPORT", "certificate_number": office.gateway.seal("E00000001"),
            "departure_date": "2026-11-22T08:00:00+08:00", "departure_place": "深圳", "destination": "广州",
            "transportation_type": "LONG_DISTANCE_BUS"});
        journey[name] = value;
        office.post("issue-passenger-transport", &office.order(id, id, &[("/items/0/passenger_information", journey)]))
    };
    let at = "/fapiao_information/items/0/passenger_information";
    assert_eq!(post("a", "destination", json!("珠海")).status, 202);
    assert_eq!(post("b", "transportation_type", json!("SHIP")).field(), format!("{at}/transportation_classes"));
    assert_eq!(
        post("b", "transportation_classes", json!("SHIP_FIRST_CLASS_CABIN")).field(),
        format!("{at}/transportation_classes")
    );
    assert_eq!(post("b", "name", json!("名".repeat(21))).field(), format!("{at}/name"));
    assert_eq!(post("b", "certificate_type", json!("DRIVING_LICENCE")).field(), format!("{at}/certificate_type"));
    let other = office.order(
        "b",
        "b",
        &[("/items/0/tax_code", json!("1010101020203000000")), ("/items/1/tax_code", json!("1010101020203000000"))],
    );
    assert_eq!(office.post("issue-passenger-transport", &other).field(), "/fapiao_information/items/0/tax_code");
}
