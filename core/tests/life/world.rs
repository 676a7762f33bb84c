//! The gateway as it is: which invoices exist, what becomes of them, what it tells. Written from the documents, not from the library.

use std::collections::BTreeMap;

/// How far an invoice really is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Status {
    IssueAccepted,
    IssueFailed,
    Issued,
    ReverseAccepted,
    ReverseFailed,
    Reversed,
}

impl Status {
    pub(crate) fn text(self) -> &'static str {
        match self {
            Status::IssueAccepted => "ISSUE_ACCEPTED",
            Status::IssueFailed => "ISSUE_FAILED",
            Status::Issued => "ISSUED",
            Status::ReverseAccepted => "REVERSE_ACCEPTED",
            Status::ReverseFailed => "REVERSE_FAILED",
            Status::Reversed => "REVERSED",
        }
    }

    /// Whether it counts, or may come to count.
    pub(crate) fn counts(self) -> bool {
        !matches!(self, Status::IssueFailed | Status::Reversed)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Invoice {
    pub(crate) amount: i64,
    pub(crate) status: Status,
    pub(crate) card: Option<&'static str>,
    pub(crate) reversed_by: Option<&'static str>,
}

/// A request that left and has not arrived.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct InFlight {
    pub(crate) arrives: i64,
    pub(crate) request: Request,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Request {
    Issue(Vec<(String, i64)>),
    Reverse(Vec<String>),
}

/// A notification: its id, its name, and the invoices of the application as they were when it was made.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Event {
    pub(crate) id: String,
    pub(crate) name: &'static str,
    pub(crate) shows: Vec<(String, &'static str, &'static str)>,
    /// How often it was delivered.
    pub(crate) delivered: u8,
}

/// What the gateway holds of one application.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub(crate) struct Gateway {
    pub(crate) invoices: BTreeMap<String, Invoice>,
    pub(crate) in_flight: Vec<InFlight>,
    pub(crate) events: Vec<Event>,
    /// What a query that lags shows: the invoices before the last change.
    pub(crate) before: BTreeMap<String, Invoice>,
    /// When that change was.
    pub(crate) changed: i64,
    /// Whether failures exist: of digital invoices.
    pub(crate) can_fail: bool,
    /// Whether the lists inside events are left empty.
    pub(crate) empty_lists: bool,
    /// Whether the statuses inside events are older than their names.
    pub(crate) old_inside: bool,
}

impl Gateway {
    /// Time passes: what was on its way arrives.
    pub(crate) fn reach(&mut self, now: i64) {
        let (arrived, left) = std::mem::take(&mut self.in_flight).into_iter().partition(|one| one.arrives <= now);
        self.in_flight = left;
        let arrived: Vec<InFlight> = arrived;
        for one in arrived {
            self.take(&one.request, one.arrives);
        }
    }

    /// A request arrives. The same ids again change nothing.
    pub(crate) fn take(&mut self, request: &Request, now: i64) {
        self.changes(now);
        match request {
            Request::Issue(invoices) => {
                for (id, amount) in invoices {
                    let new = Invoice { amount: *amount, status: Status::IssueAccepted, card: None, reversed_by: None };
                    self.invoices.entry(id.clone()).or_insert(new);
                }
            }
            Request::Reverse(ids) => {
                for id in ids {
                    if let Some(invoice) = self.invoices.get_mut(id)
                        && matches!(invoice.status, Status::Issued | Status::ReverseFailed)
                    {
                        invoice.status = Status::ReverseAccepted;
                        invoice.reversed_by = Some("us");
                    }
                }
            }
        }
    }

    fn changes(&mut self, now: i64) {
        self.before = self.invoices.clone();
        self.changed = now;
    }

    /// What was accepted comes to its end, well or badly.
    pub(crate) fn progress(&mut self, id: &str, well: bool, now: i64) {
        self.changes(now);
        let invoice = self.invoices.get_mut(id).unwrap();
        let (status, name) = match (invoice.status, well) {
            (Status::IssueAccepted, true) => (Status::Issued, Some("FAPIAO.ISSUED")),
            (Status::IssueAccepted, false) => (Status::IssueFailed, None),
            (Status::ReverseAccepted, true) => (Status::Reversed, Some("FAPIAO.REVERSED")),
            (Status::ReverseAccepted, false) => (Status::ReverseFailed, None),
            (status, _) => (status, None),
        };
        invoice.status = status;
        invoice.card = if status == Status::Issued { Some("INSERT_ACCEPTED") } else { invoice.card };
        if let Some(name) = name {
            self.tell(name);
        }
    }

    /// Which invoices are in between.
    pub(crate) fn pending(&self) -> Vec<String> {
        let between = |invoice: &Invoice| matches!(invoice.status, Status::IssueAccepted | Status::ReverseAccepted);
        self.invoices.iter().filter(|(_, invoice)| between(invoice)).map(|(id, _)| id.clone()).collect()
    }

    /// The card of an invoice moves.
    pub(crate) fn card(&mut self, id: &str, card: &'static str, now: i64) {
        self.changes(now);
        self.invoices.get_mut(id).unwrap().card = Some(card);
        self.tell(if card == "INSERTED" { "FAPIAO.CARD_INSERTED" } else { "FAPIAO.CARD_DISCARDED" });
    }

    /// Somebody reverses an invoice in the merchant platform.
    pub(crate) fn reversed_elsewhere(&mut self, id: &str, now: i64) {
        self.changes(now);
        let invoice = self.invoices.get_mut(id).unwrap();
        (invoice.status, invoice.reversed_by) = (Status::Reversed, Some("somebody"));
        self.tell("FAPIAO.REVERSED");
    }

    fn tell(&mut self, name: &'static str) {
        let old = if self.old_inside { &self.before } else { &self.invoices };
        let show = |(id, invoice): (&String, &Invoice)| (id.clone(), invoice.status.text(), invoice.card.unwrap_or(""));
        let shows = if self.empty_lists { Vec::new() } else { old.iter().map(show).collect() };
        let id = format!("n{}", self.events.len());
        self.events.push(Event { id, name, shows, delivered: 0 });
    }

    /// What counts, or may come to count, fen: invoices, and what is on its way to become one.
    pub(crate) fn counted(&self) -> i64 {
        let there = self.invoices.values().filter(|invoice| invoice.status.counts()).map(|invoice| invoice.amount);
        there.sum::<i64>() + self.coming().values().sum::<i64>()
    }

    /// Invoices on their way that are not there yet.
    pub(crate) fn coming(&self) -> BTreeMap<String, i64> {
        let issues = self.in_flight.iter().filter_map(|one| match &one.request {
            Request::Issue(invoices) => Some(invoices),
            Request::Reverse(_) => None,
        });
        issues.flatten().filter(|(id, _)| !self.invoices.contains_key(id)).cloned().collect()
    }
}
