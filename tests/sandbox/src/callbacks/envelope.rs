//! The body of a notification.

use serde_json::{Value, json};

use super::Notification;
use crate::{faults::Planned, pay::aead::Sealed, random, settings::Envelope};

/// Writes a notification, with what faults do to it before it is signed.
pub(super) fn write(notification: &Notification, key: &str, form: Envelope, planned: &[Planned]) -> String {
    let has = |name: &str| planned.iter().any(|fault| fault.kind.name == name);
    let mut resource = notification.resource.clone();
    if has("callback_old_status") {
        set_back(&mut resource, notification.event_type.before());
    }
    if has("callback_empty_list") {
        empty(&mut resource);
    }
    let other_key = random::alphanumeric(32);
    let key = if has("callback_other_api_v3_key") { &other_key } else { key };
    let associated_data = if form == Envelope::Full { "fapiao" } else { "" };
    let mut sealed = Sealed::new(key, associated_data, resource.to_string().as_bytes());
    if let (Some(last), true) = (sealed.ciphertext.last_mut(), has("callback_tampered_tag")) {
        *last ^= 1;
    }
    let mut sealed = sealed.view();
    let mut body = json!({
        "id": notification.id,
        "create_time": notification.create_time,
        "resource_type": "encrypt-resource",
        "event_type": notification.event_type,
    });
    let add = |object: &mut Value, name: &str, value: Value| {
        object.as_object_mut().map(|object| object.insert(name.to_owned(), value));
    };
    if form == Envelope::Full {
        add(&mut body, "summary", notification.event_type.summary().into());
        add(&mut sealed, "original_type", "fapiao".into());
    }
    add(&mut body, "resource", sealed);
    body.to_string()
}

/// An id in the shape of the official example.
pub(crate) fn id() -> String {
    let part = |length| random::hex_upper(length).to_ascii_lowercase();
    format!("{}-{}-{}-{}-{}", part(8), part(4), part(4), part(4), part(12))
}

fn set_back(resource: &mut Value, (fapiao_status, card_status): (&str, &str)) {
    let entries = resource.get_mut("fapiao_information").and_then(Value::as_array_mut);
    for entry in entries.into_iter().flatten().filter_map(Value::as_object_mut) {
        entry.insert("fapiao_status".to_owned(), fapiao_status.into());
        entry.insert("card_status".to_owned(), card_status.into());
    }
}

fn empty(resource: &mut Value) {
    if let Some(Value::Array(entries)) = resource.get_mut("fapiao_information") {
        entries.clear();
    }
}
