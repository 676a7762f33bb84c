//! `POST /cgi-bin/stable_token`
//!
//! An access token that does not change while it is valid.
//! [Official page](https://developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken)

use super::AuthorizerToken;
use crate::secret::Secret;
use crate::codec::Extra;
use fapiao_derive::{Fields, Operation};

/// Gets the account's access token. Asked again, it gives the same one until its last five minutes.
#[derive(Clone, Default, Operation)]
#[call(
    post("stable_token", "/cgi-bin/stable_token"),
    number("account D2"),
    title("获取稳定版接口调用凭据"),
    page("https://developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken"),
    system(System::Account),
    callers(Account),
    never_replay_if("force_refresh"),
    grants("access_token"),
    for_authorizers(AuthorizerToken::CALL),
    supplied(
        grant_type(filled_by(FilledBy::Constant("client_credential"))),
        appid(filled_by(FilledBy::Appid)),
        secret(filled_by(FilledBy::Secret))
    ),
    answer(StableTokenAnswer)
)]
pub struct StableToken {
    /// Voids the present token and makes a new one: only after a leak, at most 20 times a day.
    pub force_refresh: Option<bool>,
}

/// The token.
#[derive(Clone, Default, Fields)]
#[non_exhaustive]
pub struct StableTokenAnswer {
    /// The token, at most 512 characters.
    pub access_token: Secret,
    /// How long it is valid, at most 7200.
    #[field(unit(Unit::Seconds))]
    pub expires_in: i64,
    /// Fields newer than this release.
    pub extra: Extra,
}
