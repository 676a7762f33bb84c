//! The page in Chinese, with the table's texts translated one by one: a text that is new or changed has to be translated anew.

use super::Page;
use anyhow::{Context, Result, ensure};
use fapiao::flow::Heard;

pub(super) const PAGE: Page = Page {
    opening: OPENING,
    classes: "## 重复调用会怎样\n\n每个调用属于以下三类之一。\n",
    safe: "可以随意重复：不改变任何东西，或者只是再做一次同样的事。下表中的 `no` 表示没有造成任何影响。",
    same_ids: "会产生效果，但网关凭单号认得出它：同一请求可以用相同的单号再次发送，并有查询接口可以确认结果。",
    never: "重复就会生效两次，又没有接口可以确认结果：绝不会自动重发。",
    with_field: "且 `{FIELD}: true` 时",
    by_presence: "：用 `{QUERY}` 确认，每个 `{ID}` 都查得到才算已生效",
    by_member: "：用 `{QUERY}` 确认，每个 `{ID}` 的 `{MEMBER}` 都是 {VALUES} 之一才算已生效",
    table: TABLE,
    heads: "| 收到的结果 | 没有其他未确认的请求 | 客户端会自行重发 | 此前有未确认的请求 | 理由 | 来源 |\n|---|---|---|---|---|---|\n",
    heads_of_safe: "| 收到的结果 | 含义 | 理由 | 来源 |\n|---|---|---|---|\n",
    closing: CLOSING,
    told: translated,
    sources: [
        "自行判断",
        "接口规则：签名",
        "接口规则：错误",
        "官方 SDK：域名",
        "各接口的错误码",
        "接口文档",
        "errcode 列表",
    ],
};

/// Every text of the table has its translation, and nothing else has.
pub(super) fn check() -> Result<()> {
    let texts: Vec<_> = Heard::ALL.iter().flat_map(|heard| [heard.example(), heard.reason()]).collect();
    let unused = TRANSLATIONS.iter().find(|(text, _)| !texts.contains(text));
    ensure!(
        unused.is_none(),
        "`{}` is translated, but stands in the table no more",
        unused.map_or("", |(text, _)| text)
    );
    Ok(())
}

fn translated(text: &'static str) -> Result<&'static str> {
    let found = TRANSLATIONS.iter().find(|(english, _)| *english == text);
    found
        .map(|(_, chinese)| *chinese)
        .with_context(|| format!("`{text}` is new in the table of decisions: translate it"))
}

const TRANSLATIONS: &[(&str, &str)] = &[
    ("a field that cannot be encrypted, a signer that fails", "字段无法加密、签名失败"),
    ("the request was never handed to the client", "请求根本没有交给 HTTP 客户端"),
    ("name not found, connection or TLS refused", "域名解析失败、连接或 TLS 被拒绝"),
    ("no byte of the request was written", "请求一个字节都没有发出"),
    ("time-out, connection cut", "超时、连接中断"),
    ("the request may have arrived", "请求可能已经到达"),
    ("400 PARAM_ERROR, 403 NO_AUTH", "400 PARAM_ERROR、403 NO_AUTH"),
    (
        "the gateway refused it before doing anything, whichever attempt this answers",
        "网关在处理之前就拒绝了，无论这是对哪一次请求的答复",
    ),
    (
        "400 INVALID_REQUEST, 401 SIGN_ERROR, 404 RESOURCE_NOT_EXISTS, 404 NOT_FOUND",
        "400 INVALID_REQUEST、401 SIGN_ERROR、404 RESOURCE_NOT_EXISTS、404 NOT_FOUND",
    ),
    (
        "the gateway refused it; of a repetition, though, a used nonce or a used order is refused too",
        "网关拒绝了；但若是自行重发的请求，随机串或订单已被用过也会遭到拒绝",
    ),
    ("429 FREQUENCY_LIMITED, 429 RATELIMIT_EXCEEDED", "429 FREQUENCY_LIMITED、429 RATELIMIT_EXCEEDED"),
    ("the gateway did not accept it", "网关没有受理"),
    ("RESOURCE_ALREADY_EXISTS", "RESOURCE_ALREADY_EXISTS"),
    (
        "an earlier attempt under these ids arrived, or somebody else's",
        "此前用这些单号的请求已经到达，或者是别人用了这些单号",
    ),
    ("500 SYSTEM_ERROR, 502, 503 SERVICE_UNAVAILABLE", "500 SYSTEM_ERROR、502、503 SERVICE_UNAVAILABLE"),
    ("the gateway failed while it was at it", "网关在处理过程中出错"),
    (
        "400 SYSTEM_ERROR, 409 CONFLICT, a refusal without Request-ID",
        "400 SYSTEM_ERROR、409 CONFLICT、没有 Request-ID 的拒绝",
    ),
    ("no official table has this status with this code in this form", "官方文档中没有这种状态码、错误码与格式的组合"),
    ("429 or 5xx with a page that is not the gateway's", "429 或 5xx，但内容不是网关的"),
    ("something between here and the gateway answered", "答复来自中间的某个环节，而不是网关"),
    ("403 with a page, a redirect", "403 网页、重定向"),
    ("errcode 40001, 72038, 48001", "errcode 40001、72038、48001"),
    ("the account gateway refused it", "公众平台网关拒绝了"),
    ("errcode 45011", "errcode 45011"),
    ("called too often: the account gateway did not accept it", "调用过于频繁，公众平台网关没有受理"),
    ("errcode -1, 72036, 72054, 73105, 73107", "errcode -1、72036、72054、73105、73107"),
    ("the account gateway is at it, or failed while it was", "公众平台网关正在处理，或在处理过程中出错"),
    ("errcode 72018, 72042, 72056", "errcode 72018、72042、72056"),
    ("an earlier attempt arrived, or somebody else's", "此前的请求已经到达，或者是别人的"),
    ("an errcode that no table has", "任何文档都没有的 errcode"),
    ("nobody knows what it means", "没有人知道它的含义"),
    ("2xx with a wrong signature, a probe", "2xx 但签名错误、签名探测"),
    ("the answer cannot be believed", "答复不可信"),
    (
        "2xx without signature, by an unknown key, of another time, too large, given before, or for another request; an account answer that cannot be read",
        "2xx 但没有签名、签名的密钥未知、时间不符、过大、曾经用过，或者属于另一个请求；无法读取的公众平台答复",
    ),
    ("a verified answer that cannot be read", "验签通过但无法读取的答复"),
    ("the gateway answered it", "网关已经答复"),
    ("a file with another digest", "文件摘要不符"),
    ("downloads have no effect", "下载不产生效果"),
    ("a page in place of a file", "返回的是网页而不是文件"),
];

const OPENING: &str = "# 这次调用生效了吗？

[English](decisions.md)

每次调用的结果都会说明它在微信侧是否已经生效。`yes` 和 `no` 都有依据，可以据此重新开票、退款、入账。没有依据的一律是 `unknown`：程序会去查询，并可保存下来直到有结论。本页是完整的判定表，与程序所用的是同一张表。

| 结果中的字段 | 含义 |
|---|---|
| `effect: yes` | 微信已经受理。对开票和冲红而言，202 只表示受理；发票本身的结果由事件通知或查询给出 |
| `effect: no` | 调用没有产生任何效果，也没有仍在途中、还可能生效的请求 |
| `effect: unknown` | 目前没有人知道。不要换一个 `fapiao_id` 开票，也不要退款 |
| `resend` | 同一请求（重新签名）可否再次发送：`no` 不可以，`now` 立即，`other_host` 换备用域名（当前域名连不上）,`later` 稍后（每次等待时间加倍） |
| `first` | 再次发送之前，必须先由哪个调用给出答案 |
| `ask_after` | 效果未知时：从何时起（Unix 秒）,`first` 的答复才是最终结论 |
| `in_doubt` | 效果未知时：需要保存的文本，再次发起同一调用时传入 |

## 遇到 `unknown` 怎么办

1. 程序已经查过：在大约八秒内，会几次查询 `first` 所指的调用。每个单号都查得到，就是 `yes`。“查不到”只允许用相同的单号再发一次（不会造成重复），此时绝不会当作 `no`：查询可能滞后，请求也可能迟到。
2. 保存 `in_doubt`：一段 JSON 文本，只含您自己的单号、最后一次发送的时间和摘要，不含密钥和个人信息。配置了存储时，它会在发出第一个字节之前自动保存。
3. 用相同的单号和内容再次发起同一调用，并传入这段文本：会先查询，再决定是否发送。从 `ask_after` 起，即最后一次发送之后 {FINAL_AFTER} 秒，“查不到”就是最终结论：网关拒绝时间超过五分钟的请求，再留一分钟给查询。这时调用以 `yes` 或 `no` 结束。
4. 什么都没有保存的程序，请说明最晚可能在何时发送过（`assume_in_doubt`），之后的处理相同。
5. 没有 `first` 时，没有接口可以确认，请到商户平台或公众平台查看。绝不重发的调用就是如此；没有指明发票的冲红也无法确认。

";

const TABLE: &str = "
## 判定表

下表列出没有得到可读答复时的各种情况。箭头之前是 `effect`，之后是 `resend`；效果未知时，先查询 `first` 所指的调用，再决定是否发送。“未确认的请求”是指本次调用中、或传入的 `in_doubt` 所记录的、效果未知的请求。已知会自行重发请求的客户端，报告的可能是两次请求中的第二次。
";

const CLOSING: &str = "
## 判定表无法识别的情况

* 客户端自行重发请求，而程序并不知道：收到的拒绝可能是对第二次请求的答复，而第一次已经被受理。
* 您与微信之间的某个环节用网关的格式和 Request-ID 作答：错误答复没有签名。
* 您的时钟快了一分钟以上，或查询滞后一分钟以上：`ask_after` 就会相应地偏早。
* 冲红失败后再次冲红：在新的冲红显示出来之前，查询结果仍是 `REVERSE_FAILED`，它只能证明受理过一次冲红，不能证明是哪一次。
";
