//! The line a sandbox prints when it is ready.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::keys::{
    self, ACCOUNT_AES_KEY, ACCOUNT_TOKEN, APP_SECRET, APPID, COMPONENT_AES_KEY, COMPONENT_APPID, COMPONENT_SECRET,
    COMPONENT_TOKEN, Keys, Merchant, Role, SUB_MERCHANTS,
};

/// Addresses, merchants and keys: all a test in any language needs.
#[derive(Debug, Clone, Serialize)]
pub struct Announcement {
    main: String,
    backup: String,
    control: String,
    pay: BTreeMap<&'static str, MerchantCard>,
    wechatpay_keys: BTreeMap<&'static str, &'static str>,
    platform_certificates: BTreeMap<&'static str, &'static str>,
    account: Account,
    component: Component,
}

#[derive(Debug, Clone, Serialize)]
struct MerchantCard {
    mchid: &'static str,
    serial_no: &'static str,
    private_key: &'static str,
    certificate: &'static str,
    api_v3_key: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sub_mchids: Vec<&'static str>,
}

#[derive(Debug, Clone, Serialize)]
struct Account {
    appid: &'static str,
    secret: &'static str,
    push: PushKeys,
}

#[derive(Debug, Clone, Serialize)]
struct Component {
    appid: &'static str,
    secret: &'static str,
    #[serde(flatten)]
    push: PushKeys,
}

/// What pushes are signed and encrypted with, unless `POST /push-url` says otherwise.
#[derive(Debug, Clone, Serialize)]
struct PushKeys {
    token: &'static str,
    encoding_aes_key: &'static str,
}

impl Announcement {
    pub(crate) fn new(keys: &Keys, main: String, backup: String, control: String) -> Self {
        Self {
            main,
            backup,
            control,
            pay: keys.merchants().iter().map(card).collect(),
            wechatpay_keys: keys::public_keys(),
            platform_certificates: keys::platform_certificates(),
            account: Account {
                appid: APPID,
                secret: APP_SECRET,
                push: PushKeys { token: ACCOUNT_TOKEN, encoding_aes_key: ACCOUNT_AES_KEY },
            },
            component: Component {
                appid: COMPONENT_APPID,
                secret: COMPONENT_SECRET,
                push: PushKeys { token: COMPONENT_TOKEN, encoding_aes_key: COMPONENT_AES_KEY },
            },
        }
    }
}

fn card(merchant: &Merchant) -> (&'static str, MerchantCard) {
    let (name, sub_mchids) = match merchant.role {
        Role::Direct => ("direct", Vec::new()),
        Role::Partner => ("partner", SUB_MERCHANTS.to_vec()),
    };
    let card = MerchantCard {
        mchid: merchant.mchid,
        serial_no: merchant.serial,
        private_key: merchant.private_pem,
        certificate: merchant.certificate_pem,
        api_v3_key: merchant.api_v3_key,
        sub_mchids,
    };
    (name, card)
}
