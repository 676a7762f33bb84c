//! What the targets share: callers with test keys, and the rules that every result obeys.

use fapiao::ffi::Door;
use fapiao::{Account, Code, Direct, Error, KeyRing, MerchantConfig, Moment, Partner};
use std::sync::LazyLock;

/// The time of the test vectors.
pub const NOW: i64 = 1_795_305_600;
const ID: &str = "PUB_KEY_ID_0119000001002026112200000000001";
const PUBLIC: &[u8] = include_bytes!("../../../tests/keys/wechatpay.pub.pem");
const CERTIFICATE: &[u8] = include_bytes!("../../../tests/keys/platform-1.cert.pem");

/// The moment of every request here.
pub fn moment() -> Moment {
    Moment::new(NOW, [7; 32]).expect("a fixed moment")
}

/// Callers of every kind.
pub struct Callers {
    pub ring: KeyRing,
    pub direct: Direct,
    pub partner: Partner,
    pub sub_merchant: fapiao::SubMerchant,
    pub account: Account,
    pub doors: Vec<Door>,
}

pub static CALLERS: LazyLock<Callers> = LazyLock::new(|| callers().expect("the test keys load"));

fn callers() -> fapiao::Result<Callers> {
    let mut ring = KeyRing::new();
    for mchid in ["1900000001", "1900000100"] {
        ring = ring.public_key(mchid, ID, PUBLIC)?.certificate(mchid, CERTIFICATE)?;
    }
    let config =
        |mchid: &str| MerchantConfig::new(mchid, "5157F09EFDC096DE15EBE81A47057A7200000001").keys(ring.clone());
    let direct = Direct::new(config("1900000001"))?;
    let partner = Partner::new(config("1900000100"))?;
    let sub_merchant = partner.sub_merchant("1900000109")?;
    let account = Account::new("wx5157f09efdc09600")?.with_secret("0123456789abcdef").with_access_token("TOKEN");
    let doors = vec![Door::from(&direct), Door::from(&partner), Door::from(&sub_merchant), Door::from(&account)];
    Ok(Callers { ring, direct, partner, sub_merchant, account, doors })
}

/// A refusal of input belongs to one of the caller's groups.
pub fn check_refusal(error: &Error) {
    let code = error.code().as_str();
    let group = code.split('.').next().unwrap_or_default();
    assert!(["input", "seal", "download"].contains(&group), "{error}");
    check_error(error);
}

/// One line, and a code that the registry has.
pub fn check_error(error: &Error) {
    assert!(Code::ALL.contains(&error.code()));
    assert!(!error.message().chars().any(char::is_control), "{error:?}");
}
