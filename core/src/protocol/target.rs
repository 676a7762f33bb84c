//! The request target: path and query exactly as sent, so that what is signed is what arrives.
//!
//! HTTP libraries re-encode what they think needs it after the signature is made. Where every byte outside RFC 3986 *unreserved*
//! is `%XX` in upper case, none finds anything to change.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Every byte outside RFC 3986 *unreserved*.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// `template` with its `{name}` segments filled in, and the query.
pub(crate) fn target(template: &str, path: &[(&str, String)], query: &[(String, String)]) -> String {
    let mut target = String::with_capacity(template.len().saturating_add(64));
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, following)) = after.split_once('}') else { break };
        target.push_str(before);
        if let Some((_, value)) = path.iter().find(|(field, _)| *field == name) {
            encode(value, &mut target);
        }
        rest = following;
    }
    target.push_str(rest);
    append_query(&mut target, query.iter().map(|(name, value)| (name, value)));
    target
}

/// Adds pairs to a target that may have a query already.
pub(crate) fn append_query<'a>(target: &mut String, query: impl IntoIterator<Item = (&'a String, &'a String)>) {
    let mut separator = if target.contains('?') { '&' } else { '?' };
    for (name, value) in query {
        target.push(separator);
        encode(name, target);
        target.push('=');
        encode(value, target);
        separator = '&';
    }
}

fn encode(text: &str, into: &mut String) {
    into.extend(utf8_percent_encode(text, RESERVED));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_outside_unreserved_is_upper_case_percent() {
        let query = [("q".to_owned(), "' ( ) * ! ~ + & = % | 中".to_owned())];
        let made = target("/a/{id}/b", &[("id", "x|*/".to_owned())], &query);
        assert_eq!(made, "/a/x%7C%2A%2F/b?q=%27%20%28%20%29%20%2A%20%21%20~%20%2B%20%26%20%3D%20%25%20%7C%20%E4%B8%AD");
    }
}
