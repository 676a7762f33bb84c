//! An own platform's invoices: all orders of what it, the gateway and the program can tell.

use crate::run::{APPLY, ORDER};
use crate::show;
use fapiao::life::{InvoiceLife, LifeConfig, LifeStep};
use serde_json::{Value, json};
use std::collections::HashMap;

const START: i64 = 1_764_300_000;

/// A life, and what is true.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Clone)]
struct Own {
    life: InvoiceLife,
    now: i64,
    issued: bool,
    red: bool,
    inserted: bool,
    gone: bool,
    refund: bool,
    told: Vec<&'static str>,
}

impl Own {
    fn new() -> Self {
        let config = json!({"way": "self_built", "mchid": "1900000001", "fapiao_apply_id": APPLY});
        let life = InvoiceLife::open(LifeConfig::parse(&config.to_string()).unwrap());
        let mut own = Self {
            life,
            now: START,
            issued: false,
            red: false,
            inserted: false,
            gone: false,
            refund: false,
            told: Vec::new(),
        };
        own.take(json!({"input": "order", "amount": ORDER}));
        own.take(json!({"input": "buyer"}));
        own
    }

    #[expect(clippy::needless_pass_by_value, reason = "inputs are built in place")]
    fn take(&mut self, input: Value) {
        self.life.take(&input.to_string(), self.now).unwrap();
    }

    /// What can be told next.
    fn choices(&self) -> Vec<&'static str> {
        let may = |call: &str| self.steps().iter().any(|step| matches!(step, LifeStep::Call(one) if one.call == call));
        let all = [
            ("issued", !self.issued),
            ("uploaded", may("upload_file")),
            ("insert", may("insert_cards")),
            ("insert, answer lost", may("insert_cards")),
            ("red", self.issued && !self.red),
            ("consume", may("consume_card")),
            ("consume, gone already", may("consume_card") && self.gone),
            ("card inserted", self.inserted),
            ("card discarded", self.inserted),
            ("query", true),
            ("refund", !self.refund),
        ];
        all.into_iter().filter(|(_, can)| *can).map(|(name, _)| name).collect()
    }

    fn tell(&mut self, what: &'static str) {
        self.told.push(what);
        self.now += 1;
        let request = json!({"fapiao_apply_id": APPLY});
        let failed = |call: &str, code: &str| {
            json!({"input": "failure", "call": call, "request": {"fapiao_apply_id": APPLY}, "decision": {"effect": "unknown"},
                "error": {"code": "remote.errcode", "remote": {"status": 200, "code": code}}})
        };
        match what {
            "issued" | "red" => {
                (self.issued, self.red) = (true, what == "red");
                self.take(json!({"input": "own_platform", "state": what}));
            }
            "uploaded" => self.take(json!({"input": "answer", "call": "upload_file", "request": {}, "answer": {}})),
            "insert" | "insert, answer lost" => {
                self.inserted = true;
                self.take(json!({"input": "sent", "call": "insert_cards", "request": request}));
                match what {
                    "insert" => self.take(json!({"input": "answer", "call": "insert_cards", "request": request})),
                    _ => self.take(failed("insert_cards", "SYSTEM_ERROR")),
                }
            }
            "consume" => {
                self.gone = true;
                self.take(json!({"input": "sent", "call": "consume_card", "request": {}}));
                self.take(json!({"input": "answer", "call": "consume_card", "request": {}}));
            }
            "consume, gone already" => self.take(failed("consume_card", "40127")),
            "card inserted" => self.event("FAPIAO.CARD_INSERTED", "INSERTED"),
            "card discarded" => {
                self.gone = true;
                self.event("FAPIAO.CARD_DISCARDED", "DISCARDED");
            }
            "query" => self.query(),
            _ => {
                self.refund = true;
                self.take(json!({"input": "refund", "refund_id": "r", "amount": ORDER, "state": "asked"}));
            }
        }
    }

    fn event(&mut self, name: &str, card: &str) {
        let resource = json!({"mchid": "1900000001", "fapiao_apply_id": APPLY,
            "fapiao_information": [{"fapiao_id": "w1", "fapiao_status": "REVERSED", "card_status": card}]});
        self.take(json!({"input": "event", "event": {"id": name, "event_type": name, "resource": resource}}));
    }

    fn query(&mut self) {
        let card = if self.gone { "DISCARDED" } else { "INSERTED" };
        let shown = json!({"fapiao_id": "w1", "status": "ISSUED", "total_amount": ORDER, "card_information": {"card_status": card}});
        let list: Vec<_> = self.inserted.then_some(shown).into_iter().collect();
        let answer = json!({"total_count": list.len(), "fapiao_information": list});
        self.take(json!({"input": "answer", "call": "query", "request": {"fapiao_apply_id": APPLY}, "answer": answer}));
    }

    fn steps(&self) -> Vec<LifeStep> {
        self.life.next(self.now).unwrap()
    }

    fn judge(&self) {
        let allowed = self.life.may_refund(ORDER, self.now).unwrap().allowed;
        assert!(!allowed || !self.issued || self.red, "money back behind a valid invoice: {:?}", self.told);
        let again = self.steps().iter().any(|step| matches!(step, LifeStep::Call(one) if one.call == "insert_cards"));
        assert!(!again || !self.inserted, "inserted twice: {:?}", self.told);
        assert!(!self.steps().is_empty());
        let forbidden = self.life.forbidden(self.now).unwrap();
        let calls = self.steps().into_iter().filter_map(|step| match step {
            LifeStep::Call(call) => Some(call.call),
            _ => None,
        });
        for call in calls {
            assert!(!forbidden.iter().any(|one| one.act == call), "{call} is proposed and forbidden: {:?}", self.told);
        }
    }

    /// The own platform does what it is asked, and every call is made when it is due: the life has to end.
    fn ends(mut self) {
        for _ in 0..100 {
            self.judge();
            let steps = self.steps();
            let [step, ..] = steps.as_slice() else { panic!("no step: {:?}", self.told) };
            let (call, at) = match step {
                LifeStep::End => {
                    let settled = self.issued == self.red || !self.refund;
                    assert!(settled && (!self.refund || !self.issued || self.red), "an end too early: {:?}", self.told);
                    return;
                }
                LifeStep::Person { who, .. } => {
                    assert_eq!(*who, "own_platform", "{:?}", self.told);
                    self.tell(if self.issued { "red" } else { "issued" });
                    continue;
                }
                LifeStep::Call(call) => (call.call.as_str(), self.now),
                LifeStep::Wait { until, then } => (then.call.as_str(), *until),
                other => panic!("{other:?}"),
            };
            self.now = at;
            self.tell(match call {
                "upload_file" => "uploaded",
                "insert_cards" => "insert",
                "consume_card" => "consume",
                _ => "query",
            });
        }
        panic!("no end: {:?}", self.told);
    }
}

#[test]
fn no_order_makes_an_own_platforms_life_say_what_is_not_so() {
    let mut seen = HashMap::new();
    let orders = explore(&Own::new(), 7, &mut seen);
    show(&format!("own platform: {orders} orders, {} points", seen.len()));
}

fn explore(own: &Own, left: u8, seen: &mut HashMap<(String, u8), u64>) -> u64 {
    // Within this test times matter only by their order, and orders that come to the same facts are counted once looked at.
    let key = (format!("{}{}{}{}", own.life.to_text(), own.issued, own.red, own.gone), left);
    if let Some(orders) = seen.get(&key) {
        return *orders;
    }
    own.judge();
    if left >= 4 {
        own.clone().ends();
    }
    let mut orders = 1;
    if left > 0 {
        for choice in own.choices() {
            let mut next = own.clone();
            next.tell(choice);
            orders += explore(&next, left - 1, seen);
        }
    }
    seen.insert(key, orders);
    orders
}
