//! `POST /cgi-bin/component/api_query_auth`
//!
//! The first token of an account that has authorised the platform.
//! [Official page](https://developers.weixin.qq.com/doc/oplatform/developers/dev/ComponentAccessToken.html)

use super::{AuthorizerToken, ComponentToken};
use crate::codec::Extra;
use crate::secret::Secret;
use fapiao_derive::{Fields, Operation};

/// Gets the first token of an account that has authorised the platform. A client keeps it, with what the next one is got with.
#[derive(Clone, Default, Operation)]
#[call(
    post("query_auth", "/cgi-bin/component/api_query_auth"),
    number("account D3 query"),
    title("使用授权码获取授权信息"),
    page("https://developers.weixin.qq.com/doc/oplatform/developers/dev/ComponentAccessToken.html"),
    system(System::Account),
    callers(Component),
    replay(Replay::Never(None)),
    token_from(ComponentToken::CALL),
    grants_refreshed("authorizer_access_token", "authorizer_refresh_token"),
    grants_in("authorization_info"),
    for_authorizers(AuthorizerToken::CALL),
    supplied(
        component_access_token(query, filled_by(FilledBy::AccessToken)),
        component_appid(filled_by(FilledBy::Appid))
    ),
    answer(QueryAuthAnswer)
)]
pub struct QueryAuth {
    /// The code that the authorisation page came back with, used once.
    #[field(sensitive)]
    pub authorization_code: Secret,
}

/// The authorisation.
#[derive(Clone, Default, Fields)]
#[errcode]
#[non_exhaustive]
pub struct QueryAuthAnswer {
    /// Who authorised, and the tokens.
    pub authorization_info: AuthorizationInfo,
    /// Fields newer than this release.
    pub extra: Extra,
}

/// Who authorised, and the tokens.
#[derive(Clone, Default, Fields)]
#[non_exhaustive]
pub struct AuthorizationInfo {
    /// The account's appid.
    pub authorizer_appid: String,
    /// Its access token.
    pub authorizer_access_token: Secret,
    /// How long that is valid, 7200.
    #[field(unit(Unit::Seconds))]
    pub expires_in: i64,
    /// What the next token is got with; once lost, the account has to authorise again.
    pub authorizer_refresh_token: Secret,
    /// Fields newer than this release, such as `func_info`.
    pub extra: Extra,
}
