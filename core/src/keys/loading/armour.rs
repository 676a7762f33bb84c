//! From what people have in files, variables and databases to the DER inside.

use super::format::{Format, Wanted, classify, wrong};
use crate::base64;
use crate::error::{Code, Error, Result};
use crate::printable::is_shown;
use percent_encoding::percent_decode_str;
use zeroize::Zeroizing;

/// Real keys and certificates stay below 8 KiB; more is a wrong file.
const MAX_BYTES: usize = 64 * 1024;
const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
const DASHES: &str = "-----";

/// What one block of the input holds.
pub(super) enum Block {
    Der(Zeroizing<Vec<u8>>),
    /// Recognised without being readable.
    Wrong(Format),
}

/// Takes PEM (any number of blocks, any line ends, `\n` written out, on one line, in quotes), Base64 without armour,
/// Base64 of PEM, or DER.
pub(super) fn blocks(input: &[u8], wanted: Wanted) -> Result<Vec<Block>> {
    if input.len() > MAX_BYTES {
        return Err(malformed(format!("{} bytes are too many for {}", input.len(), wanted.name())));
    }
    if is_der(input) {
        return Ok(vec![Block::Der(Zeroizing::new(input.to_vec()))]);
    }
    let input = input.strip_prefix(b"\xef\xbb\xbf").unwrap_or(input);
    if input.starts_with(b"\xff\xfe") || input.starts_with(b"\xfe\xff") {
        return Err(malformed("this text is UTF-16: save it as UTF-8"));
    }
    // What tools write around the blocks, such as a name, can be in any encoding.
    let text = visible(&Zeroizing::new(String::from_utf8_lossy(input).into_owned()));
    let text = unescape(&percent_decoded(text));
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '"' || c == '\'' || c == '\0');
    if text.is_empty() {
        return Err(malformed(format!("this is empty, {} is needed", wanted.name())));
    }
    if text.contains(BEGIN) { pem(text) } else { bare(text, wanted) }
}

fn malformed(message: impl Into<String>) -> Error {
    Error::new(Code::KeyFormat, message)
}

// RSA keys are longer than 127 bytes: their length is in the long form, which no text can look like.
fn is_der(input: &[u8]) -> bool {
    matches!(input, [0x30, second, ..] if *second >= 0x80) || classify(input).is_ok()
}

/// The text without characters that no eye sees, which chats and web pages put in.
fn visible(text: &str) -> Zeroizing<String> {
    let shown = |character: char| match character {
        '\u{a0}' | '\u{3000}' => Some(' '),
        _ if character.is_whitespace() || is_shown(character) => Some(character),
        _ => None,
    };
    Zeroizing::new(text.chars().filter_map(shown).collect())
}

/// The text as it was before it went into a URL. Neither PEM nor Base64 has a percent sign of its own.
fn percent_decoded(text: Zeroizing<String>) -> Zeroizing<String> {
    if !text.contains('%') {
        return text;
    }
    Zeroizing::new(percent_decode_str(&text).decode_utf8_lossy().into_owned())
}

/// Undoes `\n`, `\r`, `\t` and `\/` as JSON, YAML and shells write them; runs of backslashes count as one.
fn unescape(text: &str) -> Zeroizing<String> {
    let mut plain = Zeroizing::new(String::with_capacity(text.len()));
    let mut escaped = false;
    for c in text.chars() {
        match c {
            '\\' => escaped = true,
            'n' | 'r' | 't' if escaped => {
                plain.push('\n');
                escaped = false;
            }
            _ => {
                plain.push(c);
                escaped = false;
            }
        }
    }
    plain
}

fn pem(text: &str) -> Result<Vec<Block>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once(BEGIN) {
        let (label, after) = after.split_once(DASHES).ok_or_else(|| malformed("the BEGIN line is damaged"))?;
        let (body, after) =
            after.split_once(END).ok_or_else(|| malformed("the PEM text is cut short: its END line is missing"))?;
        found.push(block(label, body)?);
        rest = after;
    }
    Ok(found)
}

fn block(label: &str, body: &str) -> Result<Block> {
    if body.contains("Proc-Type:") && body.contains("ENCRYPTED") {
        return Ok(Block::Wrong(Format::EncryptedPrivate));
    }
    if label.starts_with("OPENSSH") {
        return Ok(Block::Wrong(Format::OpenSshPrivate));
    }
    let decoded = decode(body).ok_or_else(|| malformed(damage(body)))?;
    // A text on one line has blanks between what were lines, and nothing is missing from it.
    if has_blanks(body) && classify(&decoded).is_err() {
        return Err(malformed(damage(body)));
    }
    Ok(Block::Der(decoded))
}

/// What happened to Base64 that cannot be read.
fn damage(body: &str) -> &'static str {
    if body.contains('<') {
        return "HTML stands between BEGIN and END: copy the text as plain text";
    }
    if has_blanks(body) {
        return "the text between BEGIN and END has blanks where + was, as forms and URLs turn them: copy it from the file";
    }
    "the text between BEGIN and END is not Base64"
}

fn has_blanks(body: &str) -> bool {
    body.lines().any(|line| line.trim().contains(' '))
}

fn bare(text: &str, wanted: Wanted) -> Result<Vec<Block>> {
    let Some(decoded) = decode(text) else { return Err(undecoded(text, wanted)) };
    if is_der(&decoded) {
        return Ok(vec![Block::Der(decoded)]);
    }
    match core::str::from_utf8(&decoded) {
        Ok(inner) if inner.contains(BEGIN) => pem(inner),
        _ => Err(undecoded(text, wanted)),
    }
}

fn decode(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let mut compact = Zeroizing::new(Vec::with_capacity(text.len()));
    let standard = |byte: u8| match byte {
        b'-' => b'+',
        b'_' => b'/',
        other => other,
    };
    // Base64url differs in two characters only.
    compact.extend(text.bytes().filter(|byte| !byte.is_ascii_whitespace()).map(standard));
    base64::decode_unpadded(&compact)
}

/// Says what a text is that is no key at all.
fn undecoded(text: &str, wanted: Wanted) -> Error {
    let alphanumeric = text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if alphanumeric && text.len() == 32 {
        return wrong(Format::ApiKeyText, wanted);
    }
    if text.get(..11).is_some_and(|start| start.eq_ignore_ascii_case("PUB_KEY_ID_")) {
        return wrong(Format::KeyId, wanted);
    }
    if (8..=40).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return wrong(Format::SerialNumber, wanted);
    }
    if text.starts_with('$') || (text.starts_with("{{") && text.ends_with("}}")) {
        return malformed("this is the name of a variable: pass what the variable holds");
    }
    let ends = [".pem", ".key", ".crt", ".cer", ".der", ".p12", ".pfx", ".txt"];
    let lower = text.to_ascii_lowercase();
    if !text.contains('\n') && ends.iter().any(|end| lower.ends_with(end)) {
        return malformed("this is the name of a file: pass what the file contains");
    }
    if lower.contains("begin ") && lower.contains("end ") {
        return malformed("the BEGIN line is damaged: it starts and ends with five hyphens");
    }
    malformed("this is neither PEM nor DER nor Base64")
}
