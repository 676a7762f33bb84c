//! The electronic-invoice calls and what they work on.

mod book;
mod buyer;
mod calls;
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
    registry::{Outcome, Registry, SubMerchantChange},
};
