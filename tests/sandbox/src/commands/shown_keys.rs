//! What a program has to be given before it can read what `trigger` sends.

use crate::keys::{
    ACCOUNT_AES_KEY, ACCOUNT_TOKEN, APPID, COMPONENT_AES_KEY, COMPONENT_APPID, COMPONENT_TOKEN, Keys, Role,
    SUB_MERCHANTS, public_keys,
};

/// Merchants, the key their callbacks are signed with, and what pushes are signed and encrypted with.
pub(super) fn text(keys: &Keys) -> String {
    let mut lines = Vec::new();
    for merchant in keys.merchants() {
        lines.push(format!("merchant {}\n  api_v3_key {}", merchant.mchid, merchant.api_v3_key));
        if merchant.role == Role::Partner {
            lines.push(format!("  sub-merchants {}", SUB_MERCHANTS.join(", ")));
        }
    }
    for (id, pem) in public_keys() {
        lines.push(format!("WeChat Pay public key {id}\n{}", pem.trim_end()));
    }
    for (whose, appid, token, key) in [
        ("account", APPID, ACCOUNT_TOKEN, ACCOUNT_AES_KEY),
        ("third-party platform", COMPONENT_APPID, COMPONENT_TOKEN, COMPONENT_AES_KEY),
    ] {
        lines.push(format!("{whose} {appid}\n  token {token}\n  encoding_aes_key {key}"));
    }
    lines.join("\n")
}
