//! The table of settings: name, what it starts as, and one sentence.

/// Each setting with what it starts as and what it does.
pub(crate) const SETTINGS: &[(&str, &str, &str)] = &[
    ("issue_seconds", "2", "Virtual seconds from the acceptance of an issue to its end."),
    ("reverse_seconds", "2", "Virtual seconds from the acceptance of a reversal to its end."),
    (
        "card_seconds",
        "1",
        "Virtual seconds from an issue's or reversal's end, or the acceptance of an insert, to the card's.",
    ),
    (
        "issue_result",
        "success",
        "How digital invoices end that are accepted from now on: `success` or `failure` (ISSUE_FAILED).",
    ),
    ("reverse_result", "success", "How reversals of digital invoices end: `success` or `failure` (REVERSE_FAILED)."),
    (
        "card_result",
        "inserted",
        "What becomes of cards: `inserted`; `stuck`, accepted for ever without an event; `lost`, the event comes and the card never does; `none`, no card at all.",
    ),
    ("card_template", "made", "Whether merchants have a card template before they make one: `made` or `missing`."),
    ("createcard_seconds", "0", "Virtual seconds after a `createcard` in which an `insert` under it answers 40078."),
    (
        "digital_insert_errcode",
        "0",
        "The errcode of an `insert` without billing_code and check_code, as of a digital invoice: -1, 72040, 72045 and 72082 have been met.",
    ),
    (
        "query_lag_millis",
        "0",
        "Queries show the state of so many virtual milliseconds ago: 404 or the old status until then.",
    ),
    (
        "duplicates",
        "refuse",
        "The answer to a repeated issue, reversal or insert, which takes effect once either way: `refuse` or `accept`.",
    ),
    ("callback_signer", "public-key", "The key callbacks are signed with: `public-key`, `platform-1` or `platform-2`."),
    (
        "callback_envelope",
        "bare",
        "How callbacks look: `bare` as in the samples of these events, or `full` with summary, original_type and associated_data.",
    ),
    (
        "callback_patience_millis",
        "5000",
        "How long, in real time, a merchant may take to answer a callback, or an account to answer a push.",
    ),
    (
        "ticket_seconds",
        "600",
        "Virtual seconds between the tickets that are pushed to the third-party platform, once it has said where to; 0 for none but those ordered.",
    ),
    (
        "refresh_tokens",
        "rotate",
        "What becomes of a refresh token that was used: `rotate`, another one takes its place, or `keep`.",
    ),
    (
        "certificates",
        "both",
        "The platform certificates that are listed and sign: `both`, `old`, `new`, or `none`, as for merchants with nothing but a public key.",
    ),
    ("nonce_reuse", "refuse", "A nonce used again by the same merchant: `refuse` or `accept`."),
    ("signature_clock", "virtual", "The clock timestamps are made and judged by: `virtual` or `wall`."),
    ("download_links", "many", "How often a download link works inside its 30 seconds: `many` or `once`."),
];
