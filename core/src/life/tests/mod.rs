//! One test for each rule of an invoice's life, named after it.

#![expect(clippy::arithmetic_side_effects, clippy::needless_pass_by_value, reason = "tests")]

mod calls;
mod events;
mod inputs;
mod keeping;
mod refunds;
mod several;
mod tax;
mod text;
mod title;

use super::{InvoiceLife, LifeConfig, LifeStep};
use serde_json::{Value, json};

pub(super) const T: i64 = 1_764_300_000;
pub(super) const APPLY: &str = "4200000444201910177461284488";

/// A life, and the time.
pub(super) struct Told {
    pub(super) life: InvoiceLife,
    pub(super) now: i64,
}

pub(super) fn life(way: &str) -> Told {
    let sub = (way.starts_with("partner")).then_some("1900000109");
    let config = json!({"way": way, "mchid": "1900000001", "sub_mchid": sub, "fapiao_apply_id": APPLY});
    Told { life: InvoiceLife::open(LifeConfig::parse(&config.to_string()).unwrap()), now: T }
}

/// A life whose order (100 yuan) and buyer are known.
pub(super) fn ready(way: &str) -> Told {
    let mut told = life(way);
    told.take(json!({"input": "order", "amount": 10_000}));
    told.take(json!({"input": "buyer"}));
    told
}

/// A life with one invoice, `f1`, of the whole order, that a query showed with this status.
pub(super) fn with(way: &str, status: &str) -> Told {
    let mut told = ready(way);
    told.sent("f1", 1);
    told.accepted("f1", 1);
    told.after(20);
    told.query(&[("f1", status, None)]);
    told
}

pub(super) fn issue_call(told: &Told) -> String {
    told.life.config().issue_call.clone()
}

fn about(ids: &str) -> Value {
    let list: Vec<_> = ids.split(' ').map(|id| json!({"fapiao_id": id})).collect();
    json!({"fapiao_apply_id": APPLY, "fapiao_information": list})
}

impl Told {
    pub(super) fn take(&mut self, input: Value) -> bool {
        self.life.take(&input.to_string(), self.now).unwrap()
    }

    pub(super) fn refuses(&mut self, input: Value) -> (String, String) {
        let before = self.life.clone();
        let error = self.life.take(&input.to_string(), self.now).unwrap_err();
        assert_eq!(self.life, before, "nothing is taken in of what is refused");
        (error.code().as_str().to_owned(), error.field().unwrap_or_default().to_owned())
    }

    pub(super) fn after(&mut self, seconds: i64) -> &mut Self {
        self.now += seconds;
        self
    }

    pub(super) fn sent(&mut self, ids: &str, attempt: i64) {
        let call = issue_call(self);
        self.take(json!({"input": "sent", "call": call, "request": about(ids), "attempt": attempt}));
    }

    pub(super) fn accepted(&mut self, ids: &str, attempt: i64) {
        let call = issue_call(self);
        self.take(json!({"input": "answer", "call": call, "request": about(ids), "attempt": attempt}));
    }

    pub(super) fn failed(&mut self, ids: &str, attempt: i64, effect: &str, code: &str) {
        let call = issue_call(self);
        self.fails(&call, about(ids), attempt, effect, code);
    }

    pub(super) fn fails(&mut self, call: &str, request: Value, attempt: i64, effect: &str, code: &str) {
        let error = json!({"code": "remote.api", "remote": {"status": 404, "code": code}});
        let decision = json!({"effect": effect});
        let input = json!({"input": "failure", "call": call, "request": request, "attempt": attempt, "error": error, "decision": decision});
        self.take(input);
    }

    pub(super) fn reverse(&mut self, ids: &str, attempt: i64) {
        self.take(json!({"input": "sent", "call": "reverse", "request": about(ids), "attempt": attempt}));
        self.take(json!({"input": "answer", "call": "reverse", "request": about(ids), "attempt": attempt}));
    }

    /// A query that shows these invoices and no others.
    pub(super) fn query(&mut self, shown: &[(&str, &str, Option<&str>)]) {
        let each = 10_000 / i64::try_from(shown.len().max(1)).unwrap();
        let invoice = |(id, status, card): &(&str, &str, Option<&str>)| {
            let card = card.map(|card| json!({"card_appid": "wx1", "card_openid": "o1", "card_status": card}));
            json!({"fapiao_id": id, "status": status, "card_information": card, "total_amount": each,
                "blue_fapiao": {"fapiao_number": "24312000000012345678"}})
        };
        let list: Vec<_> = shown.iter().map(invoice).collect();
        let answer = json!({"total_count": list.len(), "fapiao_information": list});
        let request = json!({"fapiao_apply_id": APPLY});
        self.take(json!({"input": "answer", "call": "query", "request": request, "answer": answer}));
    }

    /// A query that finds nothing.
    pub(super) fn query_404(&mut self) {
        self.fails("query", json!({"fapiao_apply_id": APPLY}), 1, "no", "RESOURCE_NOT_EXISTS");
    }

    pub(super) fn event(&mut self, id: &str, name: &str, inside: &[(&str, &str, &str)]) -> bool {
        let sub = self.life.config().sub_mchid.clone();
        let list: Vec<_> = inside
            .iter()
            .map(|(id, status, card)| json!({"fapiao_id": id, "fapiao_status": status, "card_status": card}))
            .collect();
        let resource =
            json!({"mchid": "1900000001", "sub_mchid": sub, "fapiao_apply_id": APPLY, "fapiao_information": list});
        self.take(json!({"input": "event", "event": {"id": id, "event_type": name, "resource": resource}}))
    }

    pub(super) fn refund(&mut self, id: &str, amount: i64, state: &str) {
        self.take(json!({"input": "refund", "refund_id": id, "amount": amount, "state": state}));
    }

    pub(super) fn state(&self) -> Value {
        serde_json::from_str(&self.life.state(self.now).unwrap()).unwrap()
    }

    pub(super) fn whole(&self) -> String {
        self.state()["whole"].as_str().unwrap().to_owned()
    }

    pub(super) fn tax(&self, id: &str) -> String {
        self.invoice(id)["tax"].as_str().unwrap().to_owned()
    }

    pub(super) fn card(&self, id: &str) -> String {
        self.invoice(id)["card"].as_str().unwrap_or("none").to_owned()
    }

    pub(super) fn invoice(&self, id: &str) -> Value {
        let state = self.state();
        let invoices = state["invoices"].as_array().unwrap();
        invoices.iter().find(|invoice| invoice["fapiao_id"] == id).unwrap().clone()
    }

    /// The steps in short: `call query`, `wait 10 query`, `person accounting`, `end`.
    pub(super) fn next(&self) -> Vec<String> {
        let steps = self.life.next(self.now).unwrap();
        assert!(!steps.is_empty());
        let short = |step: &LifeStep| match step {
            LifeStep::Call(call) => format!("call {}", call.call),
            LifeStep::Wait { until, then } => format!("wait {} {}", until - self.now, then.call),
            LifeStep::Person { who, .. } => format!("person {who}"),
            LifeStep::End => "end".to_owned(),
        };
        steps.iter().map(short).collect()
    }

    /// The first step's call, due or not, with its request.
    pub(super) fn call(&self) -> (String, Value) {
        let call = self.life.next(self.now).unwrap().into_iter().find_map(|step| match step {
            LifeStep::Call(call) | LifeStep::Wait { then: call, .. } => Some(call),
            _ => None,
        });
        let call = call.unwrap();
        (call.call, serde_json::from_str(&call.request).unwrap())
    }

    /// What must not be done with an invoice, or with the whole.
    pub(super) fn forbids(&self, act: &str, id: Option<&str>) -> bool {
        let forbidden = self.life.forbidden(self.now).unwrap();
        forbidden.iter().any(|one| one.act == act && one.fapiao_id.as_deref() == id && !one.because.is_empty())
    }

    /// `yes`, `not_now` or `no`.
    pub(super) fn may_refund(&self, amount: i64) -> String {
        let answer = self.life.may_refund(amount, self.now).unwrap().to_json();
        serde_json::from_str::<Value>(&answer).unwrap()["answer"].as_str().unwrap().to_owned()
    }

    pub(super) fn deadline(&self, what: &str) -> Option<i64> {
        self.life.deadlines(self.now).unwrap().into_iter().find(|one| one.what == what).map(|one| one.at)
    }
}
