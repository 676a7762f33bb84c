//! Texts from outside, made fit for a log line: bounded, printable, on one line.

/// As much of a text as fits, unprintable characters as blanks.
pub(crate) fn line(text: &str, most: usize) -> String {
    let shown = |character: char| if is_shown(character) { character } else { ' ' };
    text.chars().take(most).map(shown).collect()
}

/// A name from outside, such as a code or a field: what no name has in it becomes `?`.
pub(crate) fn name(text: &str, most: usize) -> String {
    let shown = |c: char| if c.is_ascii_graphic() || c.is_alphanumeric() { c } else { '?' };
    text.chars().take(most).map(shown).collect()
}

/// The beginning of a page without its markup; long runs of letters and digits, such as tokens, signatures and telephone
/// numbers, are left out.
pub(crate) fn excerpt(page: &[u8], most: usize) -> String {
    // Enough to find a few words behind a page's head.
    let page = String::from_utf8_lossy(page.get(..page.len().min(16 * 1024)).unwrap_or_default());
    let mut text = String::new();
    let mut inside_tag = false;
    for character in page.chars() {
        match character {
            '<' => inside_tag = true,
            '>' if inside_tag => {
                inside_tag = false;
                text.push(' ');
            }
            _ if !inside_tag => text.push(if is_shown(character) { character } else { ' ' }),
            _ => {}
        }
    }
    let words = text.split_whitespace().map(|word| if is_sensitive(word) { "…" } else { word });
    words.collect::<Vec<_>>().join(" ").chars().take(most).collect()
}

/// Whether a character takes room on a line and leaves the direction of the line as it is.
pub(crate) fn is_shown(character: char) -> bool {
    let invisible = matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    let private = matches!(character, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..);
    character == ' ' || !(invisible || private || character.is_control() || character.is_whitespace())
}

fn is_sensitive(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let secret = word
        .split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '+' | '/' | '_' | '-'))
        .any(|run| run.len() >= 24);
    secret || digits >= 11 || word.contains('@') || word.contains("token=") || word.contains("secret=")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_excerpt_holds_the_words_of_a_page_and_no_secret() {
        let page = "<html><title>405</title>\n您的访问被阻断 Request ID: ab12<br>GET /x?access_token=abc 13800138000 \
            4f0c3a2b1d5e6f708192a3b4c5d6e7f8";
        assert_eq!(excerpt(page.as_bytes(), 200), "405 您的访问被阻断 Request ID: ab12 GET … … …");
    }

    #[test]
    fn a_name_that_was_tampered_with_is_not_taken_for_a_real_one() {
        assert_eq!(name("PARAM_ERROR\n", 64), "PARAM_ERROR?");
        assert_eq!(name("/body/购买方\u{1b}[2K", 64), "/body/购买方?[2K");
    }

    proptest! {
        #[test]
        fn nothing_breaks_a_line(text in ".*", bytes in any::<Vec<u8>>(), most in 0_usize..300) {
            for shown in [line(&text, most), name(&text, most), excerpt(&bytes, most), excerpt(text.as_bytes(), most)] {
                prop_assert!(shown.chars().count() <= most && shown.chars().all(is_shown));
            }
        }
    }
}
