//! A message as XML and as JSON, its elements in the order of the official samples.

use std::fmt::Write;

use serde_json::{Map, Value};

use super::Format;

/// Names and values; a value is a text or a number.
#[derive(Debug, Clone, Default)]
pub(crate) struct Message(Vec<(String, Value)>);

impl Message {
    /// Sets an element, in its place if it is there.
    pub(super) fn set(&mut self, name: &str, value: impl Into<Value>) {
        let value = value.into();
        match self.0.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name.to_owned(), value)),
        }
    }

    /// Sets an element; where a number stood, a text that is one becomes it.
    pub(super) fn set_as_before(&mut self, name: &str, value: Value) {
        let was_number = self.0.iter().any(|(known, old)| known == name && old.is_number());
        let number = value.as_str().filter(|_| was_number).and_then(|text| text.parse::<i64>().ok());
        self.set(name, number.map_or(value, Value::from));
    }

    /// The text of an element.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name)?.1.as_str()
    }

    /// The same, with whatever its sender says of the event itself changed.
    pub(super) fn altered(&self) -> Self {
        const KEPT: [&str; 7] = ["ToUserName", "FromUserName", "CreateTime", "MsgType", "Event", "AppId", "InfoType"];
        let alter = |(name, value): &(String, Value)| match value {
            Value::String(text) if !KEPT.contains(&name.as_str()) => (name.clone(), format!("{text}-forged").into()),
            _ => (name.clone(), value.clone()),
        };
        Self(self.0.iter().map(alter).collect())
    }

    /// The message in a format.
    pub(super) fn write(&self, format: Format) -> String {
        match format {
            Format::Json => self.json(),
            Format::Xml => self.xml(),
        }
    }

    /// XML whose document type makes a long text of a short one.
    pub(super) fn xml_with_entities(&self) -> String {
        let mut types = r#"<!ENTITY a0 "fapiao">"#.to_owned();
        for level in 1..8 {
            let below = format!("&a{};", level - 1).repeat(10);
            let _infallible = write!(types, r#"<!ENTITY a{level} "{below}">"#);
        }
        let xml = self.xml();
        let inner = xml.strip_suffix("</xml>").unwrap_or(&xml);
        format!("<!DOCTYPE xml [{types}]>{inner}<Note>&a7;</Note></xml>")
    }

    /// The message as the control API shows it.
    pub(crate) fn view(&self) -> Map<String, Value> {
        self.0.iter().cloned().collect()
    }

    fn json(&self) -> String {
        let elements: Vec<_> =
            self.0.iter().map(|(name, value)| format!("{}:{value}", Value::from(name.as_str()))).collect();
        format!("{{{}}}", elements.join(","))
    }

    fn xml(&self) -> String {
        let element = |(name, value): &(String, Value)| match value {
            Value::String(text) => {
                format!("<{name}><![CDATA[{}]]></{name}>", text.replace("]]>", "]]]]><![CDATA[>"))
            }
            other => format!("<{name}>{other}</{name}>"),
        };
        format!("<xml>{}</xml>", self.0.iter().map(element).collect::<String>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_keep_their_order_and_texts_their_characters() {
        let mut message = Message::default();
        message.set("Title", "a <&]]>\"\n");
        message.set("CreateTime", 7);
        message.set("Title", "a <&]]>\"");
        message.set_as_before("CreateTime", "8".into());
        assert_eq!(message.write(Format::Json), r#"{"Title":"a <&]]>\"","CreateTime":8}"#);
        assert_eq!(
            message.write(Format::Xml),
            "<xml><Title><![CDATA[a <&]]]]><![CDATA[>\"]]></Title><CreateTime>8</CreateTime></xml>"
        );
        assert_eq!(message.altered().text("Title"), Some("a <&]]>\"-forged"));
    }
}
