//! What every measurement stands on: a service provider's sub-merchant, the gateway's key, and answers signed with it.

use anyhow::Result;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fapiao::{KeyRing, MerchantConfig, Moment, Partner, PrivateKey, SubMerchant};
use http::Response;

/// The order whose files are asked for.
pub(crate) const ORDER: &str = "4200000444201910177461284488";
/// Unix seconds at which everything happens.
const NOW: i64 = 1_795_000_000;
pub(crate) const MERCHANT_KEY: &[u8] = include_bytes!("../../keys/partner.key.pem");
pub(crate) const GATEWAY_KEY: &[u8] = include_bytes!("../../keys/wechatpay.key.pem");
pub(crate) const GATEWAY_PUBLIC_KEY: &[u8] = include_bytes!("../../keys/wechatpay.pub.pem");
pub(crate) const GATEWAY_KEY_ID: &str = "PUB_KEY_ID_0119000001002026112200000000001";

/// A caller with its key and ring, as a program holds them.
pub(crate) struct Shop {
    pub(crate) caller: SubMerchant,
    pub(crate) key: PrivateKey,
    pub(crate) ring: KeyRing,
}

impl Shop {
    /// A sub-merchant of this service provider, with keys loaded for it alone.
    pub(crate) fn open(mchid: &str) -> Result<Self> {
        let (key, ring) = (load_private_key()?, load_ring(mchid)?);
        let config = MerchantConfig::new(mchid, "5157F09EFDC096DE15EBE81A47057A7200000100")
            .keys(ring.clone())
            .private_key(key.clone());
        let caller = Partner::new(config)?.sub_merchant("1900000109")?;
        Ok(Self { caller, key, ring })
    }
}

pub(crate) fn load_private_key() -> Result<PrivateKey> {
    Ok(PrivateKey::load(MERCHANT_KEY)?)
}

pub(crate) fn load_ring(mchid: &str) -> Result<KeyRing> {
    Ok(KeyRing::new().public_key(mchid, GATEWAY_KEY_ID, GATEWAY_PUBLIC_KEY)?)
}

/// The moment everything happens at; `turn` makes each one's nonce its own.
pub(crate) fn moment(turn: u64) -> Result<Moment> {
    let mut entropy = [7; 32];
    entropy.iter_mut().zip(turn.to_be_bytes()).for_each(|(byte, turn)| *byte = turn);
    Ok(Moment::new(NOW, entropy)?)
}

/// A successful answer with this body, signed as the gateway signs.
pub(crate) fn answer(body: Vec<u8>) -> Result<Response<Vec<u8>>> {
    answer_at(NOW, body)
}

/// The same at another time, in Unix seconds.
pub(crate) fn answer_at(now: i64, body: Vec<u8>) -> Result<Response<Vec<u8>>> {
    let nonce = "5K8264ILTKCH16CQ2502SI8ZNMTM67VS";
    let message = [format!("{now}\n{nonce}\n").as_bytes(), &body, b"\n"].concat();
    let signature = PrivateKey::load(GATEWAY_KEY)?.sign(&message, &moment(0)?)?;
    let response = Response::builder()
        .header("Content-Type", "application/json; charset=utf-8")
        .header("Date", "Sun, 22 Nov 2026 07:00:00 GMT")
        .header("Request-ID", "08F1B9D5CF0610D2B4A59F0118C0A4D3E30220F5BA05-268")
        .header("Wechatpay-Nonce", nonce)
        .header("Wechatpay-Serial", GATEWAY_KEY_ID)
        .header("Wechatpay-Signature", STANDARD.encode(signature))
        .header("Wechatpay-Signature-Type", "WECHATPAY2-SHA256-RSA2048")
        .header("Wechatpay-Timestamp", now.to_string());
    Ok(response.body(body)?)
}

/// What the gateway answers to the question for an order's files: two invoices, 700 bytes.
pub(crate) fn files_body() -> Vec<u8> {
    let entry = |number: u8, token: usize| {
        let link = "https://pay.wechatpay.cn/invoicing/fapiao/fapiao-file?token=";
        let token = "6F2A9C".chars().cycle().take(token).collect::<String>();
        format!(
            "{{\"fapiao_id\":\"general-20261122-000{number}\",\"download_url\":\"{link}{token}\",\"status\":\"ISSUED\"}}"
        )
    };
    let body = |token| format!("{{\"fapiao_download_info_list\":[{},{}]}}", entry(1, token), entry(2, 180));
    // The first token fills the body up.
    let missing = 700_usize.saturating_sub(body(0).len());
    body(missing).into_bytes()
}
