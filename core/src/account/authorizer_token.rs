//! `POST /cgi-bin/component/api_authorizer_token`
//!
//! The next access token of an account behind a third-party platform.
//! [Official page](https://developers.weixin.qq.com/doc/oplatform/Third-party_Platforms/2.0/api/ThirdParty/token/api_authorizer_token.html)

use super::ComponentToken;
use crate::codec::Extra;
use crate::secret::Secret;
use fapiao_derive::{Fields, Operation};

/// Gets the next token of an account that has authorised the platform. A client does so by itself.
#[derive(Clone, Default, Operation)]
#[call(
    post("authorizer_token", "/cgi-bin/component/api_authorizer_token"),
    number("account D3 authorizer"),
    title("获取/刷新接口调用令牌"),
    page("https://developers.weixin.qq.com/doc/oplatform/Third-party_Platforms/2.0/api/ThirdParty/token/api_authorizer_token.html"),
    system(System::Account),
    callers(Component),
    replay(Replay::Never(None)),
    token_from(ComponentToken::CALL),
    grants_refreshed("authorizer_access_token", "authorizer_refresh_token"),
    supplied(
        component_access_token(query, filled_by(FilledBy::AccessToken)),
        component_appid(filled_by(FilledBy::Appid))
    ),
    answer(AuthorizerTokenAnswer)
)]
pub struct AuthorizerToken {
    /// The account's appid.
    pub authorizer_appid: String,
    /// What the last answer gave for the next token; each is used once.
    pub authorizer_refresh_token: Secret,
}

/// The token.
#[derive(Clone, Default, Fields)]
#[errcode]
#[non_exhaustive]
pub struct AuthorizerTokenAnswer {
    /// The token.
    pub authorizer_access_token: Secret,
    /// How long it is valid, 7200.
    #[field(unit(Unit::Seconds))]
    pub expires_in: i64,
    /// What the next token is got with.
    pub authorizer_refresh_token: Secret,
    /// Fields newer than this release.
    pub extra: Extra,
}
