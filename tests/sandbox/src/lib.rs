//! An offline WeChat gateway for electronic invoices.
//!
//! It plays the server: it verifies each request as WeChat does, walks the life of an invoice, answers with official codes and signs
//! what it answers. It is written from the official tables alone and shares no code with the clients it judges, so that a mistake
//! cannot be made on both sides at once.

mod account;
mod agenda;
mod announce;
mod callbacks;
mod clock;
mod commands;
mod control;
mod delivery;
mod exchange;
mod faults;
mod gateway;
mod keys;
mod ledger;
mod listener;
mod multipart;
mod options;
mod pay;
mod post;
mod pushes;
mod random;
mod route;
mod sandbox;
mod schema;
mod settings;

pub use announce::Announcement;
pub use commands::{Command, CommandLine};
pub use faults::summary as fault_summary;
pub use options::Options;
pub use sandbox::{Running, start};
