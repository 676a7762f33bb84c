//! The electronic-invoice calls, one file per call of the official list.

mod book;
mod buyer;
mod download;
mod fapiao_files;
mod invoice;
mod issue;
mod issue_general;
mod party;
mod pdf;
mod query;
mod reverse;
mod title_url;
mod upload;
mod user_title;

pub(crate) use self::{
    book::{Book, FillError, Scope},
    buyer::Buyer,
};
use crate::route::Route;

/// Every call of this family.
pub(crate) const ROUTES: &[&Route] = &[
    &title_url::ROUTE,
    &user_title::ROUTE,
    &issue::ROUTE,
    &issue_general::ROUTE,
    &query::ROUTE,
    &reverse::ROUTE,
    &fapiao_files::ROUTE,
    &download::ROUTE,
    &upload::ROUTE,
];
