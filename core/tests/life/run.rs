//! A life beside the gateway it is about: what can happen next, and how it is told.

use crate::sabotage::Sabotage;
use crate::world::{Event, Gateway, Status};
use fapiao::life::{InvoiceLife, LifeCall, LifeConfig, LifeStep};
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub(crate) const APPLY: &str = "4200000444201910177461284488";
pub(crate) const ORDER: i64 = 10_000;
const START: i64 = 1_764_300_000;

/// What makes a world: how its invoices come into being, and what goes on around them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct World {
    pub(crate) name: &'static str,
    pub(crate) way: &'static str,
    /// Into how many invoices the order is split.
    pub(crate) split: i64,
    pub(crate) happens: &'static [Happens],
    pub(crate) sends: &'static [Fate],
    pub(crate) queries: &'static [Fate],
    pub(crate) empty_lists: bool,
    pub(crate) old_inside: bool,
    /// How many inputs an order has at most.
    pub(crate) depth: u8,
}

/// What goes on around the calls, each once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Happens {
    /// The buyer wants all the money back, or this part (fen).
    Refund(i64),
    /// Somebody reverses an invoice in the merchant platform.
    Elsewhere,
    /// The buyer throws the card away.
    CardGone,
    /// The card reaches the wallet.
    CardIn,
    /// The title is filled in once more.
    TitleAgain,
    /// The program wants another invoice in place of this one.
    Replace,
}

/// What becomes of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Fate {
    /// It arrives, and the answer too.
    Heard,
    /// It arrives, and the answer is lost.
    AnswerLost,
    /// It never arrives, and nobody is told.
    Lost,
    /// It arrives after the client gave up.
    Late,
    /// The gateway refuses it: too many requests.
    Refused,
    /// A query shows what was before the last change, up to a minute ago.
    Stale,
}

/// One input: what happens, and what is told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Choice {
    /// The first call that may be made, now or when it is due.
    Call(Fate),
    Progress(String, bool),
    Deliver(usize),
    Happens(usize),
}

#[derive(Clone)]
pub(crate) struct Run {
    pub(crate) world: &'static World,
    pub(crate) gateway: Gateway,
    pub(crate) life: InvoiceLife,
    pub(crate) now: i64,
    /// What happened already, by its place in the list of the world.
    pub(crate) happened: Vec<bool>,
    pub(crate) refund: i64,
    /// The best status that verified input has told of each invoice.
    pub(crate) told: BTreeMap<String, Status>,
    pub(crate) sabotage: Sabotage,
    pub(crate) inputs: Vec<String>,
}

impl Run {
    pub(crate) fn new(world: &'static World, sabotage: Sabotage) -> Self {
        let sub = world.way.starts_with("partner").then_some("1900000109");
        let config = json!({"way": world.way, "mchid": "1900000001", "sub_mchid": sub, "fapiao_apply_id": APPLY, "save_files": false});
        let gateway = Gateway {
            can_fail: world.way == "partner_digital",
            empty_lists: world.empty_lists,
            old_inside: world.old_inside,
            ..Gateway::default()
        };
        let life = InvoiceLife::open(LifeConfig::parse(&config.to_string()).unwrap());
        let happened = vec![false; world.happens.len()];
        let (told, inputs) = (BTreeMap::new(), Vec::new());
        let mut run = Self { world, gateway, life, now: START, happened, refund: 0, told, sabotage, inputs };
        let split = |n: i64| json!({"fapiao_id": format!("f{n}"), "total_amount": ORDER / world.split});
        let invoices: Vec<_> = (1..=world.split).filter(|_| world.split > 1).map(split).collect();
        run.tell(json!({"input": "order", "amount": ORDER, "invoices": invoices}));
        run.tell(json!({"input": "buyer"}));
        run
    }

    /// The call that may be made first, and when.
    pub(crate) fn call(&self) -> Option<(i64, LifeCall)> {
        self.life.next(self.now).unwrap().into_iter().find_map(|step| match step {
            LifeStep::Call(call) => Some((self.now, call)),
            LifeStep::Wait { until, then } => Some((until.max(self.now), then)),
            _ => None,
        })
    }

    pub(crate) fn choices(&self) -> Vec<Choice> {
        let mut choices = Vec::new();
        if let Some((_, call)) = self.call() {
            let fates = if call.call == "query" { self.world.queries } else { self.world.sends };
            choices.extend(fates.iter().map(|fate| Choice::Call(*fate)));
        }
        for id in self.gateway.pending() {
            choices.push(Choice::Progress(id.clone(), true));
            choices.extend(self.gateway.can_fail.then_some(Choice::Progress(id, false)));
        }
        let open = |(_, event): &(usize, &Event)| event.delivered < 2;
        choices.extend(self.gateway.events.iter().enumerate().filter(open).map(|(at, _)| Choice::Deliver(at)));
        for (at, what) in self.world.happens.iter().enumerate() {
            let issued = self.gateway.invoices.values().any(|invoice| invoice.status == Status::Issued);
            let possible = issued || matches!(what, Happens::Refund(_) | Happens::TitleAgain);
            choices.extend((possible && !self.happened[at]).then_some(Choice::Happens(at)));
        }
        choices
    }

    /// Does what was chosen, and tells the life what a program would.
    pub(crate) fn choose(&mut self, choice: &Choice) {
        self.inputs.push(format!("{choice:?}"));
        match choice {
            Choice::Call(fate) => {
                let (at, call) = self.call().unwrap();
                self.now = at;
                self.gateway.reach(self.now);
                self.make(&call, *fate);
            }
            Choice::Progress(id, well) => self.gateway.progress(id, *well, self.now),
            Choice::Deliver(at) => self.deliver(*at),
            Choice::Happens(at) => {
                self.happened[*at] = true;
                self.happens(self.world.happens[*at]);
            }
        }
    }

    fn happens(&mut self, what: Happens) {
        let issued = self.gateway.invoices.iter().find(|(_, invoice)| invoice.status == Status::Issued);
        let issued = issued.map(|(id, _)| id.clone());
        match (what, issued) {
            (Happens::Refund(amount), _) => {
                self.refund = amount;
                self.tell(json!({"input": "refund", "refund_id": "r1", "amount": amount, "state": "asked"}));
            }
            (Happens::Elsewhere, Some(id)) => self.gateway.reversed_elsewhere(&id, self.now),
            (Happens::CardGone, Some(id)) => self.gateway.card(&id, "DISCARDED", self.now),
            (Happens::CardIn, Some(id)) => self.gateway.card(&id, "INSERTED", self.now),
            (Happens::TitleAgain, _) => self.event("t1", "FAPIAO.USER_APPLIED", &[]),
            (Happens::Replace, _) => {
                self.tell(json!({"input": "take_back"}));
                self.tell(json!({"input": "reissue"}));
            }
            _ => {}
        }
    }

    fn deliver(&mut self, at: usize) {
        self.gateway.events[at].delivered += 1;
        let event = self.gateway.events[at].clone();
        let shows = self.sabotage.event(&self.gateway, &event);
        self.event(&event.id, shows.0, &shows.1);
        let status = match event.name {
            "FAPIAO.ISSUED" => Status::Issued,
            "FAPIAO.REVERSED" => Status::Reversed,
            _ => return,
        };
        let alone = self.gateway.invoices.len() == 1;
        let named = |id: &str| event.shows.iter().any(|(one, inside, _)| one == id && *inside == status.text());
        let ids: Vec<_> = self.gateway.invoices.keys().filter(|id| alone || named(id)).cloned().collect();
        for id in ids {
            self.heard(&id, status);
        }
    }

    pub(crate) fn event(&mut self, id: &str, name: &str, shows: &[(String, &'static str, &'static str)]) {
        let inside = |(id, status, card): &(String, &str, &str)| json!({"fapiao_id": id, "fapiao_status": status, "card_status": card});
        let sub = self.world.way.starts_with("partner").then_some("1900000109");
        let list: Vec<_> = shows.iter().map(inside).collect();
        let resource =
            json!({"mchid": "1900000001", "sub_mchid": sub, "fapiao_apply_id": APPLY, "fapiao_information": list});
        self.tell(json!({"input": "event", "event": {"id": id, "event_type": name, "resource": resource}}));
    }

    pub(crate) fn heard(&mut self, id: &str, status: Status) {
        let best = self.told.entry(id.to_owned()).or_insert(status);
        *best = (*best).max(status);
    }

    #[expect(clippy::needless_pass_by_value, reason = "inputs are built in place")]
    pub(crate) fn tell(&mut self, input: Value) {
        self.life.take(&input.to_string(), self.now).unwrap();
    }
}
