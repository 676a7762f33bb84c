//! The file name in `Content-Disposition`, as servers write it.
//!
//! [RFC 6266](https://www.rfc-editor.org/rfc/rfc6266), [RFC 8187](https://www.rfc-editor.org/rfc/rfc8187). Names in raw UTF-8
//! are against both and common.

use crate::printable::is_shown;
use percent_encoding::percent_decode_str;
use std::borrow::Cow;

/// Longest name kept, characters.
const MAX_CHARS: usize = 200;
/// Names that Windows keeps for devices, whatever extension follows.
const RESERVED: [&str; 4] = ["con", "prn", "aux", "nul"];

/// The name to save a file under: one part of a path, never a path.
pub(super) fn filename(header: &[u8]) -> Option<String> {
    let header = text(header)?;
    let (_, rest) = header.split_once(';')?;
    let parameters = parameters(rest);
    let value = |wanted: &str| parameters.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted));
    let extended = value("filename*").and_then(|(_, value)| extended(value));
    let name = extended.or_else(|| value("filename").map(|(_, value)| value.clone()))?;
    harmless(&name)
}

/// The header as text. Some clients hand UTF-8 over as if each byte were a character.
fn text(header: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(header).ok()?;
    let bytes: Option<Vec<u8>> = text.chars().map(|character| u8::try_from(u32::from(character)).ok()).collect();
    let again = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    Some(again.unwrap_or_else(|| text.to_owned()))
}

/// Names and values, quotes taken off. What cannot be read ends the list.
fn parameters(mut rest: &str) -> Vec<(&str, String)> {
    let mut found = Vec::new();
    while let Some((name, after)) = rest.split_once('=') {
        let after = after.trim_start();
        let (value, following) = if let Some(quoted) = after.strip_prefix('"') {
            unquote(quoted)
        } else {
            let (value, following) = after.split_once(';').unwrap_or((after, ""));
            (value.trim().to_owned(), following)
        };
        // A parameter without a value may stand before this one.
        found.push((name.rsplit(';').next().unwrap_or(name).trim(), value));
        rest = following;
    }
    found
}

/// What stands before the closing quote, and what follows the next semicolon.
fn unquote(quoted: &str) -> (String, &str) {
    let mut value = String::new();
    let mut characters = quoted.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => break,
            '\\' => value.extend(characters.next()),
            other => value.push(other),
        }
    }
    let following = characters.as_str();
    (value, following.split_once(';').map_or("", |(_, following)| following))
}

/// `charset'language'percent-encoded`.
fn extended(value: &str) -> Option<String> {
    let mut parts = value.splitn(3, '\'');
    let (charset, _language, encoded) = (parts.next()?, parts.next()?, parts.next()?);
    let bytes = Cow::from(percent_decode_str(encoded));
    match charset.to_ascii_lowercase().as_str() {
        "utf-8" => String::from_utf8(bytes.into_owned()).ok(),
        "iso-8859-1" => Some(bytes.iter().map(|byte| char::from(*byte)).collect()),
        _ => None,
    }
}

/// The name without what leads out of a folder or means something to a file system.
fn harmless(name: &str) -> Option<String> {
    let last = name.rsplit(['/', '\\']).next()?;
    let kept = last.chars().filter(|c| is_shown(*c) && !matches!(c, ':' | '*' | '?' | '"' | '<' | '>' | '|'));
    let kept: String = kept.take(MAX_CHARS).collect();
    let name = kept.trim_matches(['.', ' ']);
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    let numbered =
        matches!(stem.get(..3), Some("com" | "lpt")) && stem.len() == 4 && stem.ends_with(|c: char| c.is_ascii_digit());
    if name.is_empty() {
        return None;
    }
    let mark = if numbered || RESERVED.contains(&stem.as_str()) { "_" } else { "" };
    Some(format!("{mark}{name}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_read_as_servers_write_them() {
        for (header, wanted) in [
            ("attachment; filename=\"a.pdf\"", "a.pdf"),
            ("attachment; filename=\"????.pdf\"; filename*=UTF-8''%E5%8F%91%E7%A5%A8%202026.pdf", "发票 2026.pdf"),
            ("attachment; filename*=utf-8'zh'%E5%8F%91.pdf; filename=\"x.pdf\"", "发.pdf"),
            ("attachment; filename*=iso-8859-1''%e9.pdf", "é.pdf"),
            ("attachment; filename*=gbk''%b7%a2.pdf; filename=x.pdf", "x.pdf"),
            ("attachment; FileName=\"a.pdf\"", "a.pdf"),
            ("attachment; filename = \"a.pdf\"", "a.pdf"),
            ("attachment; filename=\"a;b.pdf\"; x=1", "a;b.pdf"),
            ("attachment; filename=\"a\\\"b.pdf\"", "ab.pdf"),
            ("attachment; filename=\"发票.pdf\"", "发票.pdf"),
            ("attachment; flag; filename=a.pdf", "a.pdf"),
        ] {
            assert_eq!(filename(header.as_bytes()).as_deref(), Some(wanted), "{header}");
        }
        let bytes_as_characters: String = "attachment; filename=\"发票.pdf\"".bytes().map(char::from).collect();
        assert_eq!(filename(bytes_as_characters.as_bytes()).as_deref(), Some("发票.pdf"));
    }

    #[test]
    fn nothing_is_read_from_a_parameter_that_looks_alike() {
        for header in [
            "",
            "attachment",
            "attachment; xfilename=\"evil.exe\"",
            "attachment; x=\"filename=evil.exe\"",
            "filename=a.pdf",
        ] {
            assert_eq!(filename(header.as_bytes()), None, "{header}");
        }
    }

    #[test]
    fn a_name_leads_nowhere() {
        for (name, wanted) in [
            ("../../etc/x.pdf", Some("x.pdf")),
            ("c:\\\\windows\\\\x.pdf", Some("x.pdf")),
            ("..", None),
            ("con.pdf", Some("_con.pdf")),
            ("LPT1", Some("_LPT1")),
            ("company.pdf", Some("company.pdf")),
            ("a\u{202e}fdp.exe", Some("afdp.exe")),
            (" x.pdf. ", Some("x.pdf")),
        ] {
            let header = format!("attachment; filename=\"{name}\"");
            assert_eq!(filename(header.as_bytes()).as_deref(), wanted, "{name}");
        }
    }

    proptest! {
        #[test]
        fn any_header_gives_one_part_of_a_path_or_nothing(header in any::<Vec<u8>>(), name in "\\PC*") {
            let named = format!("attachment; filename=\"{name}\"");
            for name in [filename(&header), filename(named.as_bytes())].into_iter().flatten() {
                prop_assert!(!name.is_empty() && !name.contains(['/', '\\', '\0', '\n']) && name != "..");
            }
        }
    }
}
