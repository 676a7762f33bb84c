//! The ticket that is pushed to a third-party platform, as a store keeps it.
//! [Official page](https://developers.weixin.qq.com/doc/oplatform/Third-party_Platforms/2.0/api/Before_Develop/component_verify_ticket.html)

use crate::error::{Code, Error, Result};
use crate::json::{Members, Object, Raw};
use crate::secret::Secret;

/// The version of the text.
const VERSION: i64 = 1;
/// For how long a ticket is valid, seconds.
pub(crate) const VALID: i64 = 12 * 60 * 60;

/// Under which key the ticket of a platform is kept.
pub(crate) fn key(appid: &str) -> String {
    format!("fapiao:component_verify_ticket:{appid}")
}

/// The text of a ticket that was pushed at this time.
pub(crate) fn text(ticket: &Secret, pushed_at: i64) -> String {
    Members::new()
        .number("ticket", Some(VERSION))
        .text("value", Some(ticket.reveal()))
        .number("pushed_at", Some(pushed_at))
        .end()
}

/// The ticket of a text that was kept, while it is valid.
pub(super) fn read(text: Option<&str>, now: i64) -> Result<Secret> {
    let wrong = |what: &str| Error::new(Code::SendTicket, what.to_owned()).at("component_verify_ticket");
    let text = text.ok_or_else(|| wrong("no ticket was pushed to the platform yet, or none was kept"))?;
    let object = Object::parse(text).ok_or_else(|| wrong("the ticket that is kept cannot be read"))?;
    let number = |name: &str| object.value(name).and_then(|raw| raw.get().parse::<i64>().ok());
    let ticket = object.value("value").and_then(Raw::owned_text).filter(|ticket| !ticket.is_empty());
    let (Some(VERSION), Some(ticket), Some(pushed_at)) = (number("ticket"), ticket, number("pushed_at")) else {
        return Err(wrong("the ticket that is kept cannot be read"));
    };
    if now.saturating_sub(pushed_at) >= VALID {
        return Err(wrong("the last ticket that was pushed is older than 12 hours"));
    }
    Ok(Secret::new(ticket))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_is_valid_for_twelve_hours() {
        let kept = text(&Secret::new("t"), 1000);
        let read = |now| read(Some(&kept), now).map(|ticket| ticket.reveal().to_owned());
        assert_eq!(read(1000 + VALID - 1).ok().as_deref(), Some("t"));
        assert_eq!(read(1000 + VALID).err().map(|error| error.code()), Some(Code::SendTicket));
    }

    #[test]
    fn what_is_no_ticket_is_told() {
        for text in [
            None,
            Some(""),
            Some("{}"),
            Some("{\"ticket\":2,\"value\":\"t\",\"pushed_at\":1}"),
            Some("{\"ticket\":1,\"value\":\"\",\"pushed_at\":1}"),
        ] {
            assert_eq!(read(text, 1).err().map(|error| error.code()), Some(Code::SendTicket), "{text:?}");
        }
    }
}
