//! `POST /cgi-bin/component/api_create_preauthcode`
//!
//! The code that the page is opened with on which an account authorises the platform.
//! [Official page](https://developers.weixin.qq.com/doc/oplatform/developers/dev/ComponentAccessToken.html)

use super::ComponentToken;
use crate::codec::Extra;
use crate::secret::Secret;
use fapiao_derive::{Fields, Operation};

/// Gets a code for one authorisation page.
#[derive(Clone, Default, Operation)]
#[call(
    post("preauth_code", "/cgi-bin/component/api_create_preauthcode"),
    number("account D3 preauth"),
    title("获取预授权码"),
    page("https://developers.weixin.qq.com/doc/oplatform/developers/dev/ComponentAccessToken.html"),
    system(System::Account),
    callers(Component),
    token_from(ComponentToken::CALL),
    supplied(
        component_access_token(query, filled_by(FilledBy::AccessToken)),
        component_appid(filled_by(FilledBy::Appid))
    ),
    answer(PreauthCodeAnswer)
)]
pub struct PreauthCode {}

/// The code.
#[derive(Clone, Default, Fields)]
#[errcode]
#[non_exhaustive]
pub struct PreauthCodeAnswer {
    /// The code.
    #[field(sensitive)]
    pub pre_auth_code: Secret,
    /// How long it is valid.
    #[field(unit(Unit::Seconds))]
    pub expires_in: i64,
    /// Fields newer than this release.
    pub extra: Extra,
}
