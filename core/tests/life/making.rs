//! Calls on their way to the gateway and back, and how they are told.

use crate::run::{APPLY, Fate, Run};
use crate::sabotage::Sabotage;
use crate::world::{InFlight, Invoice, Request};
use fapiao::life::LifeCall;
use serde_json::{Value, json};

/// How long a request can be on its way: the gateway refuses older ones.
const LATE: i64 = 250;
/// How old the answer of a query can be, seconds.
const LAG: i64 = 60;

impl Run {
    /// Makes a call that the life proposed.
    pub(crate) fn make(&mut self, call: &LifeCall, fate: Fate) {
        let request: Value = serde_json::from_str(&call.request).unwrap();
        if call.call == "query" {
            self.query(&request, fate);
            self.now += 1;
            return;
        }
        let what = request_of(&request, &call.call);
        if self.sabotage != Sabotage::ForgetsWhatItSends {
            self.tell(json!({"input": "sent", "call": call.call, "request": request, "attempt": call.attempt}));
        }
        let report = |effect: &str, code: &str| {
            let error = json!({"code": "remote.api", "remote": {"status": 429, "code": code}});
            json!({"input": "failure", "call": call.call, "request": request, "attempt": call.attempt,
                "error": error, "decision": {"effect": effect}})
        };
        match fate {
            Fate::Heard | Fate::Stale => {
                self.gateway.take(&what, self.now);
                self.now += 1;
                self.tell(json!({"input": "answer", "call": call.call, "request": request, "attempt": call.attempt}));
                if let (Sabotage::TakesAcceptedForDone, Request::Reverse(ids)) = (self.sabotage, &what) {
                    for id in ids {
                        self.event(&format!("x{id}"), "FAPIAO.REVERSED", &[(id.clone(), "REVERSED", "")]);
                    }
                }
                return;
            }
            Fate::AnswerLost => self.gateway.take(&what, self.now),
            Fate::Late => self.gateway.in_flight.push(InFlight { arrives: self.now + LATE, request: what }),
            Fate::Lost | Fate::Refused => {}
        }
        self.now += 1;
        if fate == Fate::Refused {
            self.tell(report("no", "FREQUENCY_LIMITED"));
        } else if let (Sabotage::TakesLostForIssueFailed, "issue_general") = (self.sabotage, call.call.as_str()) {
            let answer = json!({"fapiao_information": [{"fapiao_id": request["fapiao_information"]["fapiao_id"], "status": "ISSUE_FAILED"}]});
            let asked = json!({"fapiao_apply_id": APPLY});
            self.tell(json!({"input": "answer", "call": "query", "request": asked, "answer": answer}));
        } else if self.sabotage == Sabotage::TakesLostForFailed {
            self.tell(report("no", "SYSTEM_ERROR"));
        } else if self.sabotage != Sabotage::ForgetsWhatItSends {
            self.tell(report("unknown", "SYSTEM_ERROR"));
        }
    }

    fn query(&mut self, request: &Value, fate: Fate) {
        let invoices = match fate {
            Fate::Stale if self.now - self.gateway.changed <= LAG => self.gateway.before.clone(),
            Fate::Heard | Fate::Stale => self.gateway.invoices.clone(),
            _ => {
                let error = json!({"code": "send.lost"});
                self.tell(json!({"input": "failure", "call": "query", "request": request, "error": error, "decision": {"effect": "no"}}));
                return;
            }
        };
        if invoices.is_empty() {
            let error = json!({"code": "remote.api", "remote": {"status": 404, "code": "RESOURCE_NOT_EXISTS"}});
            let input = json!({"input": "failure", "call": "query", "request": request, "error": error, "decision": {"effect": "no"}});
            let at = self.now + if self.sabotage == Sabotage::BelievesTheFirst404 { 400 } else { 0 };
            self.life.take(&input.to_string(), at).unwrap();
            return;
        }
        let show = |(id, invoice): (&String, &Invoice)| {
            let card = invoice.card.map(|card| json!({"card_appid": "a", "card_openid": "o", "card_status": card}));
            json!({"fapiao_id": id, "status": invoice.status.text(), "total_amount": invoice.amount,
                "card_information": card, "blue_fapiao": {"fapiao_number": "24312000000012345678"}})
        };
        if (self.sabotage, fate) == (Sabotage::TellsOldAnswersAsNew, Fate::Stale) {
            self.now += 400;
        }
        let list: Vec<_> = invoices.iter().map(show).collect();
        let answer = json!({"total_count": list.len(), "fapiao_information": list});
        self.tell(json!({"input": "answer", "call": "query", "request": request, "answer": answer}));
        for (id, invoice) in &invoices {
            self.heard(id, invoice.status);
        }
    }
}

/// What a request asks the gateway for.
pub(crate) fn request_of(request: &Value, call: &str) -> Request {
    let list = match &request["fapiao_information"] {
        Value::Array(list) => list.clone(),
        one => vec![one.clone()],
    };
    let id = |one: &Value| one["fapiao_id"].as_str().unwrap().to_owned();
    if call == "reverse" {
        return Request::Reverse(list.iter().map(id).collect());
    }
    Request::Issue(list.iter().map(|one| (id(one), one["total_amount"].as_i64().unwrap())).collect())
}
