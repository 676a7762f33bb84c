//! Pushes: who receives them, what became of one, and what it says.

use super::Shown;
use crate::fixtures::{PHONE, TOKEN};
use fapiao::pushes::{CONTENTS, Push, PushAnswer, PushContent, PushReceiver, PushReception};
use sha1::{Digest, Sha1};

pub(super) fn pushes(shown: &mut Shown) {
    assert_eq!(CONTENTS.len(), 5, "one of each below");
    let receiver = PushReceiver::new("wx1", TOKEN).unwrap();
    let encrypted = receiver.clone().encrypted(&"A".repeat(43)).unwrap();
    shown.show(&receiver);
    shown.show(&encrypted);
    shown.show(&fapiao::ffi::PushReceiver::open(&format!(r#"{{"appid":"wx1","token":"{TOKEN}"}}"#)).unwrap());
    for reception in PushReception::ALL {
        shown.show(&reception);
    }
    let mut texts = ["1", "2", TOKEN];
    texts.sort_unstable();
    let signature = format!("{:x}", Sha1::digest(texts.concat().as_bytes()));
    let query = format!("signature={signature}&timestamp=1&nonce=2");
    let common = r#""ToUserName":"gh_1","FromUserName":"o1","CreateTime":1,"MsgType":"event""#;
    let bodies = [
        format!(r#"{{{common},"Event":"user_authorize_invoice","SuccOrderId":"1"}}"#),
        format!(r#"{{{common},"Event":"update_invoice_status","Status":"s","CardId":"c","Code":"1"}}"#),
        format!(
            r#"{{{common},"Event":"submit_invoice_title","title":"{PHONE}","phone":"{PHONE}","tax_no":"{PHONE}","bank_no":"{PHONE}"}}"#
        ),
        format!(r#"{{{common},"Event":"cloud_invoice_invoiceresult_event","status":100}}"#),
        format!(
            r#"{{"AppId":"wx1","CreateTime":1,"InfoType":"component_verify_ticket","ComponentVerifyTicket":"{TOKEN}"}}"#
        ),
        format!(r#"{{{common},"Event":"unknown","a":"{PHONE}"}}"#),
    ];
    for body in &bodies {
        let result = receiver.receive(&query, body.as_bytes());
        shown.show(&PushAnswer::of(&result));
        let push = result.unwrap();
        shown.show(&push);
        let Push::Event(event) = push else { panic!("no event: {body}") };
        shown.show(&event);
        shown.show(&event.event_type);
        let content = event.content().unwrap();
        shown.show(&content);
        if let PushContent::ComponentVerifyTicket(ticket) = content {
            shown.show(&ticket);
            shown.show(&event.to_keep().unwrap());
        }
    }
    for (receiver, query, body) in [
        (&receiver, query.as_str(), PHONE),
        (&receiver, "signature=0&timestamp=1&nonce=2", PHONE),
        (&encrypted, query.as_str(), bodies[0].as_str()),
        (&receiver, PHONE, ""),
    ] {
        shown.error(&receiver.receive(query, body.as_bytes()).unwrap_err());
    }
    for key in [TOKEN, PHONE] {
        shown.error(&PushReceiver::new("wx1", "t").unwrap().encrypted(key).unwrap_err());
    }
}
