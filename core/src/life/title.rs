//! The title track: from the link to what the payer filled in.

use super::ask::{ids, poll};
use super::poll::due;
use super::step::{LifeCall, LifeStep};
use super::view::View;

/// How long a title link can be opened, seconds. [Official page](https://pay.weixin.qq.com/doc/v3/partner/4015770776)
pub(super) const LINK_LIVES: i64 = 30 * 60;

/// How far the title is: `none`, `link_out`, `filled`, or `sent` once a call that issues or inserts has left.
pub(super) fn state(view: &View<'_>) -> &'static str {
    let sent = view.facts.calls.keys().any(|key| !matches!(key.call.as_str(), "reverse" | "consume_card"));
    let linked = ["linked", "entrance"].iter().any(|name| view.facts.marks.contains_key(*name));
    match (sent, view.is_filled(), linked) {
        (true, _, _) => "sent",
        (_, true, _) => "filled",
        (_, _, true) => "link_out",
        _ => "none",
    }
}

/// What brings the title.
pub(super) fn next(view: &View<'_>) -> Vec<LifeStep> {
    let request = ids(view).text("scene", Some(&view.config.scene)).end();
    let ask = |since, because| poll(view, "user_title", request.clone(), since, because);
    let link = LifeCall {
        call: "title_url".to_owned(),
        request: ids(view).end(),
        attempt: None,
        in_doubt: None,
        because: "the payer needs a link to fill in the title; under the same fapiao_apply_id, however often",
    };
    match (view.facts.last("linked"), view.facts.last("entrance")) {
        (Some(linked), _) if linked.saturating_add(LINK_LIVES) > view.now => {
            let until = linked.saturating_add(LINK_LIVES);
            let mut steps = ask(linked, "the payer has not filled in the title yet, as far as known");
            if due(linked, view.asked("user_title")) > until {
                steps = vec![LifeStep::Wait { until, then: link }];
            }
            steps
        }
        (_, Some(entrance)) => ask(entrance, "the payer has not filled in the title yet, as far as known"),
        _ => vec![LifeStep::Call(link)],
    }
}

/// Reading the title, which the event does not carry.
pub(super) fn read(view: &View<'_>) -> Option<LifeStep> {
    let known = ["buyer", "title_read"].iter().any(|name| view.facts.marks.contains_key(*name));
    let request = ids(view).text("scene", Some(&view.config.scene)).end();
    let because = "the event does not carry the title: read it";
    let since = view.filled_at().filter(|_| !known)?.saturating_sub(10);
    poll(view, "user_title", request, since, because).into_iter().next()
}
