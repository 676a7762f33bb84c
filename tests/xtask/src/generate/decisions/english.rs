//! The page in English.

use super::Page;

pub(super) const PAGE: Page = Page {
    opening: OPENING,
    classes: "## What repeating a call does\n\nEach call belongs to one of three classes.\n",
    safe: "may be repeated at will: it changes nothing, or the same thing again. In the table `no` means that nothing is the worse for it.",
    same_ids: "has an effect, and the gateway knows it again by its ids: the same request may be sent again under the same ids. \
               A query tells what became of it.",
    never: "would have its effect twice, and no call tells what became of it: it is never sent again by itself.",
    with_field: "with `{FIELD}: true`",
    by_presence: " — asked about with `{QUERY}`: it took effect where every `{ID}` is shown",
    by_member: " — asked about with `{QUERY}`: it took effect where the `{MEMBER}` of every `{ID}` is one of {VALUES}",
    table: TABLE,
    heads: "| What was heard | Nothing else in doubt | The client repeats by itself | An earlier attempt in doubt | Why | Source |\n\
            |---|---|---|---|---|---|\n",
    heads_of_safe: "| What was heard | Means | Why | Source |\n|---|---|---|---|\n",
    closing: CLOSING,
    told: Ok,
    sources: [
        "own judgement",
        "rules: signatures",
        "rules: errors",
        "official SDK: hosts",
        "error codes of the pages",
        "page of the call",
        "list of errcodes",
    ],
};

const OPENING: &str = "# Did the call take effect?

[中文](decisions.zh-CN.md)

Every outcome of a call says whether it took effect at WeChat. `yes` and `no` rest on proof, so that you can act on them: issue again, refund, book. Whatever proves nothing is `unknown`, is asked about, and can be kept until it is known. This page is the whole table, written from the one that the library decides by.

| In an outcome | What it says |
|---|---|
| `effect: yes` | WeChat has taken the call on. Of issuing and reversing that is all a 202 says: the invoice itself follows, by event or query |
| `effect: no` | The call did nothing, and no request is on its way that still could |
| `effect: unknown` | Nobody knows yet. Do not issue under another `fapiao_id`, and do not refund |
| `resend` | Whether the same request, signed afresh, may be sent again: `no`, `now`, `other_host` (this one cannot be reached) or `later` (after a wait, twice as long each time) |
| `first` | The call that has to answer before anything is sent again |
| `ask_after` | Of an unknown effect: from when on (Unix seconds) the answer of `first` is final |
| `in_doubt` | Of an unknown effect: the text to keep, and to hand in at the same call |

## What to do with `unknown`

1. The library has asked already: within some eight seconds it makes the call named in `first` a few times. Where every id is shown, the effect is `yes`. \"Not there\" lets it send the same ids again, which does no harm; it is never taken for a `no` so soon, since the query can lag behind, and a request can arrive late.
2. Keep `in_doubt`: one JSON text with your own ids, the time of the last request and hashes; nothing secret or personal. With a store it is kept for you before the first byte leaves.
3. Make the same call again, with the same ids and content, and hand the text in. It is asked about before anything is sent. From `ask_after` on, {FINAL_AFTER} seconds after the last request, \"not there\" is final: the gateway refuses requests that are older than five minutes, and a minute is left for the query to catch up. The call then ends `yes` or `no`.
4. A program that kept nothing says when it may have sent the call at the latest (`assume_in_doubt`); the same follows.
5. Where `first` is missing, no call can tell: look at the merchant platform or the account's console. So it is of a call that never repeats; and a reversal that names no invoices cannot be confirmed either.

";

const TABLE: &str = "
## The table

What was heard of a request that gave no answer to read. Before the arrow stands `effect`, after it `resend`; where the effect is unknown, the call named in `first` is asked before anything is sent again. An attempt is in doubt where its own effect was unknown, in this call or in one whose `in_doubt` was handed in. A client that is known to repeat requests by itself may report on the second of two.
";

const CLOSING: &str = "
## What no table can tell

* A client that repeats requests by itself without this library knowing: a refusal may answer the second of two requests, the first of which was taken.
* Something between you and WeChat that answers in the gateway's words and with a Request-ID: error answers are not signed.
* A clock of yours that is more than a minute ahead, or a query that lags by more than a minute: `ask_after` comes too early by as much.
* A reversal asked for once more after one that failed: until the new one shows, the query still says `REVERSE_FAILED`, which proves that a reversal was taken on, not which.
";
