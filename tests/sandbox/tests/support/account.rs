//! The Official Account side: a token, posts with it, and an invoice on its way into a wallet.

use serde_json::{Value, json};

use super::{Gateway, client::Reply};

/// An account with its token, whose contact is set.
pub(crate) struct Desk {
    pub(crate) gateway: Gateway,
    token: String,
    pub(crate) s_pappid: String,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let mut desk = Self::bare(Gateway::at_once());
        desk.ok("setbizattr?action=set_contact", &json!({"contact": {"phone": "0755-86013388", "time_out": 600}}));
        desk.s_pappid = s_pappid(&desk.ok("seturl", &json!({})));
        desk
    }

    /// One that has set nothing.
    pub(crate) fn bare(gateway: Gateway) -> Self {
        let body = json!({"grant_type": "client_credential", "appid": gateway.text("/account/appid"),
            "secret": gateway.text("/account/secret")});
        let draft = gateway.plain("POST", "/cgi-bin/stable_token", &body.to_string());
        let token = gateway.send(&draft).unwrap().json()["access_token"].as_str().unwrap().to_owned();
        Self { gateway, token, s_pappid: String::new() }
    }

    /// The same with a new token, once the old one is over.
    pub(crate) fn renewed(self) -> Self {
        Self { s_pappid: self.s_pappid, ..Self::bare(self.gateway) }
    }

    /// Posts to a path below `/card/invoice/`, or to a whole one.
    pub(crate) fn post(&self, path: &str, body: &str) -> Reply {
        let path = if path.starts_with('/') { path.to_owned() } else { format!("/card/invoice/{path}") };
        let sign = if path.contains('?') { '&' } else { '?' };
        let reply =
            self.gateway.send(&self.gateway.plain("POST", &format!("{path}{sign}access_token={}", self.token), body));
        let reply = reply.unwrap();
        assert_eq!(reply.status, 200);
        reply
    }

    /// The errcode of an answer.
    pub(crate) fn code(&self, path: &str, body: &Value) -> i64 {
        self.post(path, &body.to_string()).json()["errcode"].as_i64().unwrap()
    }

    /// The answer of a success.
    pub(crate) fn ok(&self, path: &str, body: &Value) -> Value {
        let answer = self.post(path, &body.to_string()).json();
        assert_eq!(answer["errcode"], 0, "{path}: {answer}");
        answer
    }

    pub(crate) fn ticket(&self) -> String {
        let target = format!("/cgi-bin/ticket/getticket?access_token={}&type=wx_card", self.token);
        let answer = self.gateway.send(&self.gateway.plain("GET", &target, "")).unwrap().json();
        answer["ticket"].as_str().unwrap().to_owned()
    }

    /// What asks for the link of an order.
    pub(crate) fn link(&self, order_id: &str) -> Value {
        json!({"s_pappid": self.s_pappid, "order_id": order_id, "money": 11_300, "timestamp": 1_474_875_876, "source": "web",
            "redirect_url": "https://shop.example.com", "ticket": self.ticket(), "type": 1})
    }

    /// What names an order.
    pub(crate) fn order(&self, order_id: &str) -> Value {
        json!({"order_id": order_id, "s_pappid": self.s_pappid})
    }

    /// Has a user authorise an order.
    pub(crate) fn authorised(&self, order_id: &str, openid: &str) {
        self.ok("getauthurl", &self.link(order_id));
        let (status, _) = self.gateway.control_post("/authorisation", &json!({"order_id": order_id, "openid": openid}));
        assert_eq!(status, 200);
    }

    pub(crate) fn template(&self) -> String {
        let body = json!({"invoice_info": {"base_info": {"logo_url": "http://mmbiz.qpic.cn/a", "title": "测试商户"},
            "payee": "测试有限公司", "type": "广东省增值税普通发票"}});
        self.ok("platform/createcard", &body)["card_id"].as_str().unwrap().to_owned()
    }

    pub(crate) fn upload(&self) -> String {
        let mut draft =
            self.gateway.plain("POST", &format!("/card/invoice/platform/setpdf?access_token={}", self.token), "");
        draft.set("Content-Type", "multipart/form-data; boundary=cut");
        draft.body = b"--cut\r\nContent-Disposition: form-data; name=\"pdf\"; filename=\"a.pdf\"\r\n\
            Content-Type: application/pdf\r\n\r\n%PDF-1.7 an invoice\r\n--cut--\r\n"
            .to_vec();
        let answer = self.gateway.send(&draft).unwrap().json();
        answer["s_media_id"].as_str().unwrap().to_owned()
    }

    /// What inserts an invoice of that number.
    pub(crate) fn card(&self, order_id: &str, card_id: &str, billing_no: &str) -> Value {
        let data = json!({"fee": 11_300, "title": "测试企业", "billing_time": "1480342498", "billing_no": billing_no,
            "billing_code": "144031539110", "info": [{"name": "咨询服务", "num": 1.5, "unit": "次", "price": 5000}],
            "fee_without_tax": 10_000, "tax": 1300, "s_pdf_media_id": self.upload(), "check_code": "12345678901234567890"});
        json!({"order_id": order_id, "card_id": card_id, "appid": self.gateway.text("/account/appid"),
            "card_ext": {"nonce_str": "tsdgsafgf", "user_card": {"invoice_user_data": data}}})
    }

    /// An invoice in a user's wallet; gives what `chooseInvoice` would.
    pub(crate) fn inserted(&self, order_id: &str, openid: &str, billing_no: &str) -> Value {
        self.authorised(order_id, openid);
        self.ok("insert", &self.card(order_id, &self.template(), billing_no));
        let cards = self.gateway.control_get("/invoice-cards");
        let card = cards["cards"].as_array().unwrap().last().unwrap();
        json!({"card_id": card["card_id"], "encrypt_code": card["encrypt_code"]})
    }
}

/// The platform's id out of its link.
fn s_pappid(answer: &Value) -> String {
    let (_, query) = answer["invoice_url"].as_str().unwrap().split_once("s_pappid=").unwrap();
    query.replace("%3D", "=")
}
