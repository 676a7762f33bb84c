//! The pages that say what a decision rests on, from the one table in core: `docs/decisions.md`, and the same in Chinese.

mod chinese;
mod english;

use super::MARK;
use anyhow::{Context, Result};
use fapiao::catalogue;
use fapiao::flow::{FINAL_AFTER, Heard, History, effect, resend};
use fapiao::schema::{Call, Evidence, Replay, ShownBy};
use std::fmt::Write;

/// A page in one language.
struct Page {
    /// Before the classes of calls.
    opening: &'static str,
    classes: &'static str,
    /// Names and explanations of the classes.
    safe: &'static str,
    same_ids: &'static str,
    never: &'static str,
    /// A field that makes a call one never to repeat.
    with_field: &'static str,
    /// How a call is asked about: by the query, and by what it has to show.
    by_presence: &'static str,
    by_member: &'static str,
    /// Before the table, and the heads of its columns.
    table: &'static str,
    heads: &'static str,
    heads_of_safe: &'static str,
    closing: &'static str,
    /// A text of the table in this language.
    told: fn(&'static str) -> Result<&'static str>,
    /// The names of the sources in this language, in the order of [`SOURCES`].
    sources: [&'static str; SOURCES.len()],
}

/// The sources of the table by their short names, and where each is.
const SOURCES: [(&str, &str); 7] = [
    ("own judgement", ""),
    ("A.4", "https://pay.weixin.qq.com/docs/merchant/development/interface-rules/basic-rules.html"),
    ("A.9", "https://pay.weixin.qq.com/docs/merchant/development/interface-rules/basic-rules.html"),
    ("A.10", "https://github.com/wechatpay-apiv3/wechatpay-java"),
    ("B.6", "https://pay.weixin.qq.com/doc/v3/partner/4015792576"),
    ("B #20", "https://pay.weixin.qq.com/doc/v3/partner/4015792569"),
    ("C.5", "https://github.com/binarywang/WxJava"),
];

pub(super) fn english() -> Result<String> {
    page(&english::PAGE)
}

pub(super) fn chinese() -> Result<String> {
    chinese::check()?;
    page(&chinese::PAGE)
}

fn page(page: &Page) -> Result<String> {
    let mut text = format!("<!-- {MARK} -->\n\n{}", page.opening.replace("{FINAL_AFTER}", &FINAL_AFTER.to_string()));
    text.push_str(&classes(page));
    text.push_str(page.table);
    for (name, replay) in examples() {
        let _ = writeln!(text, "\n### `{name}`\n");
        text.push_str(&rows(page, &replay)?);
    }
    text.push_str(page.closing);
    Ok(text)
}

/// The classes, each by one of its calls: what is said of a class holds for all of them.
fn examples() -> [(&'static str, Replay); 3] {
    let same_ids = catalogue::calls().map(|call| call.replay).find(|replay| matches!(replay, Replay::SameIds(_)));
    [Replay::Safe, same_ids.unwrap_or(Replay::Safe), Replay::Never(None)].map(|replay| (replay.as_str(), replay))
}

fn classes(page: &Page) -> String {
    let mut text = page.classes.to_owned();
    for (about, class) in [(page.safe, "safe"), (page.same_ids, "same_ids"), (page.never, "never")] {
        let _ = writeln!(text, "\n**`{class}`** {about}\n");
        for call in catalogue::calls() {
            if call.replay.as_str() == class {
                let _ = writeln!(text, "* {}{}", named(call), asked(page, call));
            }
            if let Some(field) = call.never_replay_if.filter(|_| class == "never") {
                let _ = writeln!(text, "* {} {}", named(call), page.with_field.replace("{FIELD}", field));
            }
        }
    }
    text
}

fn named(call: &Call) -> String {
    format!("[`{}`]({}) {}", call.name, call.page, call.title)
}

/// By what a call is asked about, where one is.
fn asked(page: &Page, call: &Call) -> String {
    let Some(Evidence { query, id, shown_by, .. }) = call.replay.evidence() else { return String::new() };
    let (pattern, member, values) = match shown_by {
        ShownBy::Member(member, values) => (page.by_member, member, values),
        _ => (page.by_presence, "", &[][..]),
    };
    let values: Vec<_> = values.iter().map(|value| format!("`{value}`")).collect();
    pattern
        .replace("{QUERY}", query.name)
        .replace("{ID}", id)
        .replace("{MEMBER}", member)
        .replace("{VALUES}", &values.join(", "))
}

/// The rows of a class: what was heard, what it means by history, why, and where that comes from.
fn rows(page: &Page, replay: &Replay) -> Result<String> {
    let is_safe = matches!(replay, Replay::Safe);
    let history = |in_doubt, client_repeats| History { in_doubt, client_repeats };
    // Of a call that may be repeated at will, history makes no difference.
    let histories = if is_safe {
        vec![history(false, false)]
    } else {
        vec![history(false, false), history(false, true), history(true, false)]
    };
    let mut text = (if is_safe { page.heads_of_safe } else { page.heads }).to_owned();
    for heard in Heard::ALL {
        // Files are downloaded by calls that may be repeated at will.
        if !is_safe && matches!(heard, Heard::WrongFile | Heard::NoFile) {
            continue;
        }
        let cells = histories.iter().map(|history| {
            let (effect, resend) = (effect(replay, *heard, *history), resend(replay, *heard, *history));
            format!("{} → `{}`", effect.as_str(), resend.as_str())
        });
        let (example, reason) = ((page.told)(heard.example())?, (page.told)(heard.reason())?);
        let (cells, source) = (cells.collect::<Vec<_>>().join(" | "), source(page, heard.source())?);
        let _ = writeln!(text, "| {example} | {cells} | {reason} | {source} |");
    }
    Ok(text)
}

/// A source as a link; of several the first is named.
fn source(page: &Page, short: &str) -> Result<String> {
    let first = short.split(", ").next().unwrap_or(short);
    // The tables of invoice and of token errors stand in one place.
    let first = if first == "D.4" { "C.5" } else { first };
    let found = SOURCES.iter().zip(page.sources).find(|((name, _), _)| *name == first);
    let ((_, address), name) = found.with_context(|| format!("the source `{short}` has no name for readers"))?;
    Ok(if address.is_empty() { name.to_owned() } else { format!("[{name}]({address})") })
}
