//! XML bodies as JSON: one object, under the names of the elements.

use crate::json::{Members, list, quote};
use roxmltree::{Document, Node, ParsingOptions};

/// Most elements and texts of a body.
const MAX_NODES: u32 = 4096;
/// Deepest nesting of elements.
const DEEPEST: usize = 8;

/// The children of the root element as a JSON object: a text as a string without the white space around it, elements in an element
/// as an object, and elements of the same name as a list. Nothing for what is not well-formed, too deep or too large, or has a
/// document type, whose entities could unfold.
pub(super) fn to_json(text: &str) -> Option<String> {
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MAX_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).ok()?;
    object(document.root_element(), 0)
}

fn object(element: Node<'_, '_>, depth: usize) -> Option<String> {
    if depth > DEEPEST {
        return None;
    }
    let children: Vec<_> = element.children().filter(Node::is_element).collect();
    let mut json = Members::new();
    for (index, child) in children.iter().enumerate() {
        let name = child.tag_name().name();
        let same = |other: &&Node<'_, '_>| other.tag_name().name() == name;
        if children.iter().take(index).any(|earlier| same(&earlier)) {
            continue;
        }
        let values: Option<Vec<_>> = children.iter().filter(same).map(|child| value(*child, depth)).collect();
        match values?.as_slice() {
            [value] => json.json(name, value),
            values => json.json(name, &list(values.iter().cloned())),
        };
    }
    Some(json.end())
}

fn value(element: Node<'_, '_>, depth: usize) -> Option<String> {
    if element.children().any(|child| child.is_element()) {
        return object(element, depth.saturating_add(1));
    }
    let text: String = element.children().filter_map(|child| child.text()).collect();
    let mut quoted = String::new();
    quote(text.trim(), &mut quoted);
    Some(quoted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_members() {
        let read =
            to_json("<xml>\n <A>\n <![CDATA[ b ]]>\n</A><N>7</N><E/><O><I>1</I></O><I>1</I><I>2</I></xml>").unwrap();
        assert_eq!(read, r#"{"A":"b","N":"7","E":"","O":{"I":"1"},"I":["1","2"]}"#);
        assert_eq!(to_json("<xml/>").unwrap(), "{}");
        assert_eq!(to_json("<xml><A>&lt;&amp;</A></xml>").unwrap(), r#"{"A":"<&"}"#);
    }

    #[test]
    fn what_could_unfold_or_is_no_xml_is_refused() {
        let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><xml><A>&b;</A></xml>";
        let outside = "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><xml><A>&a;</A></xml>";
        let deep = format!("<xml>{}{}</xml>", "<a>".repeat(30), "</a>".repeat(30));
        let wide = format!("<xml>{}</xml>", "<a/>".repeat(5000));
        for text in [bomb, outside, &deep, &wide, "", "<xml>", "<xml></xm>", "{}", "<xml>&unknown;</xml>"] {
            assert_eq!(to_json(text), None, "{}", text.get(..20).unwrap_or(text));
        }
    }
}
