//! Any order of the same verified facts ends in the same state.

use crate::run::APPLY;
use fapiao::life::{InvoiceLife, LifeConfig};
use proptest::prelude::*;
use serde_json::{Value, json};

const T: i64 = 1_764_300_000;
const STATUSES: [&str; 7] =
    ["ISSUE_ACCEPTED", "ISSUE_FAILED", "ISSUED", "REVERSE_ACCEPTED", "REVERSE_FAILED", "REVERSED", "NEW"];
const CARDS: [&str; 4] = ["INSERT_ACCEPTED", "INSERTED", "DISCARD_ACCEPTED", "DISCARDED"];
const EVENTS: [&str; 6] = [
    "FAPIAO.USER_APPLIED",
    "FAPIAO.ISSUED",
    "FAPIAO.REVERSED",
    "FAPIAO.CARD_INSERTED",
    "FAPIAO.CARD_DISCARDED",
    "FAPIAO.NEW",
];

fn one_of(values: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    prop::sample::select(values)
}

fn request() -> impl Strategy<Value = Value> {
    prop::collection::btree_set(prop::sample::select(&["f1", "f2", "f3"][..]), 1..3).prop_map(|ids| {
        let list: Vec<_> = ids.iter().map(|id| json!({"fapiao_id": id, "total_amount": 5_000})).collect();
        json!({"fapiao_apply_id": APPLY, "fapiao_information": list})
    })
}

fn query() -> impl Strategy<Value = Value> {
    let invoice = (prop::sample::select(&["f1", "f2", "f3"][..]), one_of(&STATUSES), one_of(&CARDS), 1..3_i64);
    prop::collection::vec(invoice, 0..3).prop_map(|invoices| {
        let show = |(id, status, card, amount): &(&str, &str, &str, i64)| {
            json!({"fapiao_id": id, "status": status, "total_amount": amount * 5_000, "card_information": {"card_status": card},
                "blue_fapiao": {"fapiao_number": format!("{amount}")}, "fapiao_error_code": "BIZ_ERROR"})
        };
        let list: Vec<_> = invoices.iter().map(show).collect();
        let answer = json!({"total_count": list.len(), "fapiao_information": list});
        json!({"input": "answer", "call": "query", "request": {"fapiao_apply_id": APPLY}, "answer": answer})
    })
}

fn event() -> impl Strategy<Value = Value> {
    (0..EVENTS.len(), 0..STATUSES.len(), 0..4_usize).prop_map(|(name, status, count)| {
        let show = |n: usize| json!({"fapiao_id": format!("f{}", n + 1), "fapiao_status": STATUSES[status], "card_status": CARDS[n]});
        let list: Vec<_> = (0..count.min(3)).map(show).collect();
        let resource = json!({"mchid": "1900000001", "fapiao_apply_id": APPLY, "fapiao_information": list});
        let id = format!("n{}", (name + status) % 5);
        json!({"input": "event", "event": {"id": id, "event_type": EVENTS[name], "resource": resource}})
    })
}

fn call() -> impl Strategy<Value = Value> {
    let outcome = one_of(&["sent", "answer", "yes", "no", "unknown"]);
    (one_of(&["issue", "reverse"]), request(), 1..4_i64, outcome).prop_map(|(call, request, attempt, outcome)| {
        let input = if ["sent", "answer"].contains(&outcome) { outcome } else { "failure" };
        json!({"input": input, "call": call, "request": request, "attempt": attempt, "in_doubt": format!("doubt {outcome}"),
            "decision": {"effect": outcome}, "error": {"code": "remote.api", "remote": {"code": "SYSTEM_ERROR", "status": 500}}})
    })
}

fn program() -> impl Strategy<Value = Value> {
    let refund = (1..3_i64, one_of(&["asked", "paid", "cancelled"]));
    prop_oneof![
        (1..4_i64).prop_map(|amount| json!({"input": "order", "amount": amount * 5_000})),
        refund.prop_map(
            |(n, state)| json!({"input": "refund", "refund_id": format!("r{n}"), "amount": n * 1_000, "state": state})
        ),
        one_of(&["buyer", "entrance", "take_back", "reissue", "closed"]).prop_map(|name| json!({"input": name})),
        one_of(&["ISSUED", "REVERSED"])
            .prop_map(|status| json!({"input": "saved", "fapiao_id": "f1", "status": status})),
        Just(json!({"input": "failure", "call": "query", "request": {"fapiao_apply_id": APPLY, "fapiao_id": "f1"},
            "error": {"code": "remote.api", "remote": {"code": "RESOURCE_NOT_EXISTS", "status": 404}}})),
    ]
}

fn facts() -> impl Strategy<Value = Vec<(Value, i64)>> {
    let fact = prop_oneof![query(), event(), call(), program()];
    prop::collection::vec((fact, T..T + 2_000), 1..16)
}

fn lived(facts: &[(Value, i64)]) -> InvoiceLife {
    let config = json!({"way": "direct", "mchid": "1900000001", "fapiao_apply_id": APPLY});
    let mut life = InvoiceLife::open(LifeConfig::parse(&config.to_string()).unwrap());
    for (fact, at) in facts {
        life.take(&fact.to_string(), *at).unwrap();
    }
    life
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn any_order_of_the_same_verified_facts_ends_in_the_same_state(
        (facts, shuffled) in facts().prop_flat_map(|facts| (Just(facts.clone()), Just([facts.clone(), facts].concat()).prop_shuffle())),
        later in 0..200_000_i64,
    ) {
        let (one, other) = (lived(&facts), lived(&shuffled));
        prop_assert_eq!(one.to_text(), other.to_text());
        let now = T + later;
        prop_assert_eq!(one.state(now).unwrap(), other.state(now).unwrap());
        prop_assert_eq!(&InvoiceLife::parse(&one.to_text()).unwrap(), &one);
        prop_assert!(!one.next(now).unwrap().is_empty());
    }

    #[test]
    fn whatever_comes_as_a_text_nothing_panics(text in ".*", now in any::<i64>()) {
        let _ = InvoiceLife::parse(&text);
        let mut life = lived(&[]);
        let _ = life.take(&text, now);
        let _ = life.take(&json!({"input": text, "call": text, "request": {"fapiao_apply_id": text}}).to_string(), now);
        let _ = life.state(now);
    }
}
