//! The calls, one file each, in the order of the official list.

mod base_information;
mod card_template;
mod check;
mod check_status;
mod development_config;
mod download;
mod fapiao_files;
mod getspinviteurl;
mod insert_cards;
mod issue;
mod issue_general;
mod issue_passenger_transport;
mod issue_refined_oil;
mod listspinvitemchinfo;
mod paging;
mod query;
mod real_estate_leasing;
mod reverse;
mod tax_codes;
mod title_url;
mod upload;
mod user_title;

use crate::route::Route;

/// Every call of this family.
pub(crate) const ROUTES: &[&Route] = &[
    &card_template::ROUTE,
    &development_config::SET,
    &development_config::SHOW,
    &check::ROUTE,
    &check_status::ROUTE,
    &getspinviteurl::ROUTE,
    &listspinvitemchinfo::ROUTE,
    &title_url::ROUTE,
    &user_title::ROUTE,
    &base_information::ROUTE,
    &tax_codes::ROUTE,
    &issue::ROUTE,
    &issue_general::ROUTE,
    &real_estate_leasing::ROUTE,
    &issue_refined_oil::ROUTE,
    &issue_passenger_transport::ROUTE,
    &query::ROUTE,
    &reverse::ROUTE,
    &fapiao_files::ROUTE,
    &download::ROUTE,
    &upload::ROUTE,
    &insert_cards::ROUTE,
];
