//! The table of calls in both READMEs: what there is, under which name in each language, by which callers, and what is missing.

use crate::shell;
use anyhow::{Context, Result, ensure};
use fapiao::catalogue;
use fapiao::schema::{Call, CallerKind};
use std::fmt::Write;

/// Official calls of WeChat Pay that are not in the catalogue.
const MISSING: [(&str, &str); 9] = [
    ("pay 1", "创建电子发票卡券模板"),
    ("pay 2", "配置开发选项"),
    ("pay 3", "查询商户配置的开发选项"),
    ("pay 4", "检查子商户开票功能状态（旧）"),
    ("pay 5", "检查子商户开票功能状态"),
    ("pay 6", "获取开通服务商电子发票能力邀请链接"),
    ("pay 7", "获取邀请开通的商户信息"),
    ("pay 10", "获取商户开票基础信息"),
    ("pay 11", "获取商品和服务税收分类对照表"),
];

const CALLERS: [(CallerKind, &str); 4] = [
    (CallerKind::Direct, "`Direct`"),
    (CallerKind::Partner, "`Partner`"),
    (CallerKind::SubMerchant, "`SubMerchant`"),
    (CallerKind::Account, "`Account`"),
];

const BEGIN: &str = "<!-- the calls, by cargo xtask generate -->\n";
const END: &str = "<!-- end of the calls -->";

/// `README.md` with its table.
pub(super) fn english() -> Result<String> {
    let missing =
        "\nNot there yet: event pushes of Official Accounts; the other calls below `/card/invoice`; and of WeChat Pay ";
    spliced("README.md", "Official name", missing, [", ", "."])
}

/// `README.zh-CN.md` with its table.
pub(super) fn chinese() -> Result<String> {
    let missing = "\n尚未实现：公众号事件推送；`/card/invoice` 下的其余接口；以及微信支付的";
    spliced("README.zh-CN.md", "官方名称", missing, ["、", "。"])
}

fn spliced(name: &str, official: &str, missing: &str, [between, end]: [&str; 2]) -> Result<String> {
    let text = std::fs::read_to_string(shell::root().join(name)).with_context(|| name.to_owned())?;
    let marked = || format!("{name} has no place for the table of calls");
    let (before, rest) = text.split_once(BEGIN).with_context(marked)?;
    let (_, after) = rest.split_once(END).with_context(marked)?;
    let titles: Vec<_> = MISSING.iter().map(|(_, title)| *title).collect();
    Ok(format!("{before}{BEGIN}{}{missing}{}{end}\n{END}{after}", table(official)?, titles.join(between)))
}

fn table(official: &str) -> Result<String> {
    let mut calls: Vec<_> = catalogue::calls().collect();
    calls.sort_by_key(|call| place(call));
    let heads = CALLERS.map(|(_, caller)| caller).join(" | ");
    let mut text =
        format!("| {official} | Python | JavaScript | Rust | {heads} |\n|---|---|---|---|:-:|:-:|:-:|:-:|\n");
    for call in calls {
        ensure!(MISSING.iter().all(|(number, _)| *number != call.number), "{} is no longer missing", call.name);
        let system = if call.callers.contains(&CallerKind::Account) { "account" } else { "pay" };
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
    (call.callers.contains(&CallerKind::Account), digits.parse().unwrap_or(u32::MAX))
}
