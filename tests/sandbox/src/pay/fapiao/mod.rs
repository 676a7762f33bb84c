//! The electronic-invoice calls and what they work on.

mod book;
mod buyer;
mod calls;
mod events;
mod general;
mod goods;
mod invoice;
mod issuing;
mod party;
mod pdf;
mod registry;

pub(crate) use self::{
    book::{Book, FillError, Scope},
    buyer::Buyer,
    calls::ROUTES,
    events::{Event, EventKind, tell_of_discarded, tell_of_title},
    registry::{Outcome, Registry, SubMerchantChange},
};
