//! `POST /cgi-bin/component/api_component_token`
//!
//! The access token of a third-party platform.
//! [Official page](https://developers.weixin.qq.com/doc/oplatform/Third-party_Platforms/2.0/api/ThirdParty/token/component_access_token.html)

use crate::codec::Extra;
use crate::secret::Secret;
use fapiao_derive::{Fields, Operation};

/// Gets the platform's access token with the ticket that was pushed to it. A client does so by itself.
#[derive(Clone, Default, Operation)]
#[call(
    post("component_token", "/cgi-bin/component/api_component_token"),
    number("account D3 component"),
    title("获取第三方平台接口的调用凭据"),
    page("https://developers.weixin.qq.com/doc/oplatform/Third-party_Platforms/2.0/api/ThirdParty/token/component_access_token.html"),
    system(System::Account),
    callers(Component),
    grants("component_access_token"),
    supplied(
        component_appid(filled_by(FilledBy::Appid)),
        component_appsecret(filled_by(FilledBy::Secret)),
        component_verify_ticket(filled_by(FilledBy::VerifyTicket))
    ),
    answer(ComponentTokenAnswer)
)]
pub struct ComponentToken {}

/// The token.
#[derive(Clone, Default, Fields)]
#[errcode]
#[non_exhaustive]
pub struct ComponentTokenAnswer {
    /// The token.
    pub component_access_token: Secret,
    /// How long it is valid, 7200.
    #[field(unit(Unit::Seconds))]
    pub expires_in: i64,
    /// Fields newer than this release.
    pub extra: Extra,
}
