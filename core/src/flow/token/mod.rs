//! The access token of a call: taken from a store, or fetched and kept there, by one of all who share it.
//! [Official page](https://developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken)

mod fetch;
mod grant;
mod kept;
mod request;
pub(crate) mod ticket;

pub(super) use fetch::{TokenFetch, TokenProgress};
pub(super) use grant::{Grant, key};
