//! The table of calls in both READMEs: what there is, under which name in each language, by which callers, and what is missing.

use crate::shell;
use anyhow::{Context, Result};
use fapiao::catalogue;
use fapiao::schema::{Call, CallerKind, System};
use std::fmt::Write;

const CALLERS: [(CallerKind, &str); 5] = [
    (CallerKind::Direct, "`Direct`"),
    (CallerKind::Partner, "`Partner`"),
    (CallerKind::SubMerchant, "`SubMerchant`"),
    (CallerKind::Account, "`Account`"),
    (CallerKind::Component, "`Component`"),
];

const BEGIN: &str = "<!-- the calls, by cargo xtask generate -->\n";
const END: &str = "<!-- end of the calls -->";

/// `README.md` with its table.
pub(super) fn english() -> Result<String> {
    let missing = "\nNot there yet: unified invoicing (`makeoutinvoice` and its two siblings, probably retired), non-tax bills (`/nontax`) and Enterprise WeChat.\n";
    spliced("README.md", "Official name", missing)
}

/// `README.zh-CN.md` with its table.
pub(super) fn chinese() -> Result<String> {
    let missing =
        "\n尚未实现：统一开票接口（`makeoutinvoice` 等三个，可能已下线）、财政电子票据（`/nontax`）和企业微信。\n";
    spliced("README.zh-CN.md", "官方名称", missing)
}

fn spliced(name: &str, official: &str, missing: &str) -> Result<String> {
    let text = std::fs::read_to_string(shell::root().join(name)).with_context(|| name.to_owned())?;
    let marked = || format!("{name} has no place for the table of calls");
    let (before, rest) = text.split_once(BEGIN).with_context(marked)?;
    let (_, after) = rest.split_once(END).with_context(marked)?;
    Ok(format!("{before}{BEGIN}{}{missing}{END}{after}", table(official)?))
}

fn table(official: &str) -> Result<String> {
    let mut calls: Vec<_> = catalogue::calls().collect();
    calls.sort_by_key(|call| place(call));
    let heads = CALLERS.map(|(_, caller)| caller).join(" | ");
    let mut text =
        format!("| {official} | Python | JavaScript | Rust | {heads} |\n|---|---|---|---|:-:|:-:|:-:|:-:|:-:|\n");
    for call in calls {
        let system = if call.system == System::Account { "account" } else { "pay" };
        let made = CALLERS.map(|(caller, _)| if call.callers.contains(&caller) { "✓" } else { "" }).join(" | ");
        let (name, camel) = (call.name, super::typescript::camel_case(call.name));
        let request = call.request.name;
        writeln!(text, "| [{}]({}) | `{name}` | `{camel}` | `{system}::{request}` | {made} |", call.title, call.page)?;
    }
    Ok(text)
}

/// Where a call stands in the official lists: WeChat Pay first, each by number.
fn place(call: &Call) -> (bool, u32) {
    let digits: String =
        call.number.chars().skip_while(|char| !char.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    (call.system == System::Account, digits.parse().unwrap_or(u32::MAX))
}
