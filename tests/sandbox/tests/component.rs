//! The third-party platform: tickets, its own token, and those of the account that authorised it.
#![cfg(test)]

mod support;

use serde_json::{Value, json};
use support::{
    Gateway,
    account_server::{AccountServer, element},
};

/// A platform with an address, which reads its tickets there.
struct Platform {
    gateway: Gateway,
    server: AccountServer,
}

impl Platform {
    fn new() -> Self {
        let (gateway, server) = (Gateway::start(&[]), AccountServer::start());
        let address = json!({"receiver": "component", "url": server.url});
        assert_eq!(gateway.control_post("/push-url", &address).0, 200);
        Self { gateway, server }
    }

    fn tickets(&self) -> Vec<String> {
        self.gateway.control_get("/pushes");
        let open = |pushed: &support::account_server::Pushed| {
            assert_eq!(pushed.value("openid"), None);
            pushed.open(&self.gateway.info["component"], self.gateway.text("/component/appid")).unwrap()
        };
        let read = |content: String| {
            assert_eq!(element(&content, "InfoType").unwrap(), "component_verify_ticket");
            element(&content, "ComponentVerifyTicket").unwrap()
        };
        self.server.take().iter().map(open).map(read).collect()
    }

    fn post(&self, call: &str, token: &str, body: &Value) -> Value {
        let mut whole = json!({"component_appid": self.gateway.text("/component/appid")});
        whole.as_object_mut().unwrap().extend(body.as_object().unwrap().clone());
        let target = format!("/cgi-bin/component/{call}?component_access_token={token}");
        self.gateway.send(&self.gateway.plain("POST", &target, &whole.to_string())).unwrap().json()
    }

    fn component_token(&self, ticket: &str) -> Value {
        let secret = self.gateway.text("/component/secret");
        self.post("api_component_token", "", &json!({"component_appsecret": secret, "component_verify_ticket": ticket}))
    }

    fn token(&self) -> String {
        let answer = self.component_token(self.tickets().last().unwrap());
        answer["component_access_token"].as_str().unwrap().to_owned()
    }

    /// The account's tokens, by a new authorisation.
    fn authorised(&self, token: &str) -> Value {
        let (_, code) = self.gateway.control_post("/component-authorisation", &json!({}));
        self.post("api_query_auth", token, &json!({"authorization_code": code["authorization_code"]}))["authorization_info"]
            .clone()
    }

    fn refresh(&self, token: &str, refresh_token: &Value) -> Value {
        let appid = self.gateway.text("/account/appid");
        let body = json!({"authorizer_appid": appid, "authorizer_refresh_token": refresh_token});
        self.post("api_authorizer_token", token, &body)
    }

    /// What a call of the account answers to a token.
    fn use_token(&self, token: &Value) -> i64 {
        let target = format!("/card/invoice/seturl?access_token={}", token.as_str().unwrap());
        let answer = self.gateway.send(&self.gateway.plain("POST", &target, "{}")).unwrap().json();
        answer["errcode"].as_i64().unwrap()
    }
}

#[test]
fn tickets_are_pushed_again_and_again_and_each_is_good_for_twelve_hours() {
    let platform = Platform::new();
    let first = platform.tickets();
    platform.gateway.advance(1200);
    let more = platform.tickets();
    assert_eq!((first.len(), more.len(), more[0] == more[1]), (1, 2, false));
    assert_eq!(platform.component_token("ticket@@@other")["errcode"], 61006);
    let answer = platform.component_token(&first[0]);
    assert!(answer["expires_in"].as_i64().unwrap() > 7190);
    assert_eq!(platform.component_token(&more[1])["component_access_token"], answer["component_access_token"]);
    platform.gateway.set(&json!({"ticket_seconds": 0}));
    platform.gateway.advance(12 * 3600);
    platform.server.take();
    platform.gateway.advance(12 * 3600);
    assert!(platform.tickets().is_empty());
    assert_eq!(platform.component_token(&first[0])["errcode"], 61005);
    let wanted = json!({"event": "component_verify_ticket", "ComponentVerifyTicket": "ticket@@@mine"});
    assert_eq!(platform.gateway.control_post("/pushes", &wanted).0, 200);
    assert_eq!(platform.tickets(), ["ticket@@@mine"]);
    assert!(platform.component_token("ticket@@@mine")["component_access_token"].is_string());
}

#[test]
fn a_component_token_is_asked_for_with_everything_right() {
    let platform = Platform::new();
    let ticket = platform.tickets().remove(0);
    let secret = platform.gateway.text("/component/secret");
    for (name, value, code) in [("component_appid", "wx1", 61011), ("component_appsecret", "x", 40125)] {
        let mut body = json!({"component_appsecret": secret, "component_verify_ticket": ticket});
        body[name] = json!(value);
        assert_eq!(platform.post("api_component_token", "", &body)["errcode"], code, "{name}");
    }
    assert_eq!(platform.post("api_create_preauthcode", "", &json!({}))["errcode"], 41001);
    assert_eq!(platform.post("api_create_preauthcode", "x", &json!({}))["errcode"], 40014);
    let token = platform.component_token(&ticket)["component_access_token"].as_str().unwrap().to_owned();
    assert!(platform.post("api_create_preauthcode", &token, &json!({}))["pre_auth_code"].is_string());
    platform.gateway.fault(&json!({"fault": "token_invalid"}));
    assert_eq!(platform.post("api_create_preauthcode", &token, &json!({}))["errcode"], 40001);
    platform.gateway.advance(7200);
    assert_eq!(platform.post("api_create_preauthcode", &token, &json!({}))["errcode"], 42001);
}

#[test]
fn an_authorised_account_s_tokens_work_in_place_of_its_own() {
    let platform = Platform::new();
    let token = platform.token();
    assert_eq!(platform.refresh(&token, &json!("x"))["errcode"], 61003);
    let (_, code) = platform.gateway.control_post("/component-authorisation", &json!({}));
    let body = json!({"authorization_code": code["authorization_code"]});
    let info = platform.post("api_query_auth", &token, &body)["authorization_info"].clone();
    assert_eq!(info["authorizer_appid"], platform.gateway.text("/account/appid"));
    assert_eq!(platform.use_token(&info["authorizer_access_token"]), 0);
    assert_eq!(platform.post("api_query_auth", &token, &body)["errcode"], 61009);
    let (_, late) = platform.gateway.control_post("/component-authorisation", &json!({}));
    platform.gateway.advance(3600);
    let body = json!({"authorization_code": late["authorization_code"]});
    assert_eq!(platform.post("api_query_auth", &token, &body)["errcode"], 61010);
    assert_eq!(platform.use_token(&json!("x")), 40014);
}

#[test]
fn a_refresh_token_works_once_and_access_tokens_overlap_for_five_minutes() {
    let platform = Platform::new();
    let token = platform.token();
    let first = platform.authorised(&token);
    platform.gateway.advance(6901);
    let token = platform.token();
    let second = platform.refresh(&token, &first["authorizer_refresh_token"]);
    assert_ne!(second["authorizer_access_token"], first["authorizer_access_token"]);
    assert_eq!(platform.refresh(&token, &first["authorizer_refresh_token"])["errcode"], 61023);
    assert_eq!(platform.use_token(&first["authorizer_access_token"]), 0);
    platform.gateway.advance(300);
    assert_eq!(platform.use_token(&first["authorizer_access_token"]), 42001);
    assert_eq!(platform.use_token(&second["authorizer_access_token"]), 0);
    let third = platform.refresh(&token, &second["authorizer_refresh_token"]);
    assert_eq!(third["authorizer_access_token"], second["authorizer_access_token"]);
    platform.gateway.set(&json!({"refresh_tokens": "keep"}));
    for _ in 0..2 {
        let kept = platform.refresh(&token, &third["authorizer_refresh_token"]);
        assert_eq!(kept["authorizer_refresh_token"], third["authorizer_refresh_token"]);
    }
    let again = platform.authorised(&token);
    assert_eq!(platform.use_token(&second["authorizer_access_token"]), 40014);
    assert_eq!(platform.use_token(&again["authorizer_access_token"]), 0);
    let effects = platform.gateway.control_get("/ledger/effects")["effects"].clone();
    let authorizer = effects.as_array().unwrap().iter().find(|effect| effect["keys"]["mode"] == "authorizer").unwrap();
    assert_eq!(authorizer["count"], 3);
}
