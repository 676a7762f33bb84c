//! A direct merchant that is told of its invoices.

use serde_json::{Value, json};

use super::{
    Gateway,
    client::{Caller, Reply},
    orders::FAMILY,
    receiver::{Receiver, open},
};

/// A merchant with an address for callbacks.
pub(crate) struct Merchant {
    pub(crate) gateway: Gateway,
    pub(crate) direct: Caller,
    pub(crate) receiver: Receiver,
}

impl Merchant {
    pub(crate) fn new() -> Self {
        let gateway = Gateway::start(&["--issue-seconds", "5"]);
        let (direct, receiver) = (gateway.caller("direct"), Receiver::start());
        let address = json!({"callback_url": receiver.url}).to_string();
        let path = format!("{FAMILY}/merchant/development-config");
        assert_eq!(gateway.call(&direct, "PATCH", &path, &address).status, 200);
        Self { gateway, direct, receiver }
    }

    /// Everything the gateway has sent since it was last asked, all that is due included.
    pub(crate) fn told(&self) -> Vec<Reply> {
        self.gateway.control_get("/callbacks");
        self.receiver.take()
    }

    pub(crate) fn content(&self, callback: &Reply) -> Value {
        self.gateway.verify(callback).unwrap();
        let plain = open(self.gateway.text("/pay/direct/api_v3_key"), &callback.json()["resource"]).unwrap();
        serde_json::from_slice(&plain).unwrap()
    }

    /// The one event that is told.
    pub(crate) fn only(&self) -> (String, Value) {
        let told = self.told();
        assert_eq!(told.len(), 1);
        (told[0].json()["event_type"].as_str().unwrap().to_owned(), self.content(&told[0]))
    }

    pub(crate) fn trigger(&self, kind: &str) -> Value {
        let wanted = json!({"event_type": kind, "mchid": "1900000001", "fapiao_apply_id": "apply-1",
            "fapiao_information": [{"fapiao_id": "blue-1", "fapiao_status": "ISSUED", "card_status": "INSERTED"}]});
        let (status, notification) = self.gateway.control_post("/callbacks", &wanted);
        assert_eq!(status, 200, "{notification}");
        notification
    }

    /// One event under a fault, and its notification.
    pub(crate) fn under(&self, fault: &Value) -> (Vec<Reply>, Value) {
        self.gateway.fault(fault);
        let notification = self.trigger("FAPIAO.ISSUED");
        (self.receiver.take(), notification)
    }
}
