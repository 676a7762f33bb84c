//! The access token of a call: taken from a store, or fetched and kept there, by one of all who share it.
//! [Official page](https://developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken)

mod fetch;
mod grant;
mod kept;
mod request;
pub(crate) mod ticket;

pub(super) use fetch::{TokenFetch, TokenProgress};
pub(super) use grant::{Grant, key};

use crate::protocol::Draft;
use crate::schema::Call;
use crate::secret::Secret;
use std::sync::Arc;

/// A token that a request was sent with, to be replaced where the gateway refuses it.
pub(super) struct TokenInUse {
    /// The draft without it.
    pub(super) draft: Arc<Draft>,
    /// The call that granted it.
    pub(super) granting: &'static Call,
    pub(super) token: Secret,
}
