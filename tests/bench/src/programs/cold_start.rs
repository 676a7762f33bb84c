//! The smallest program that signs a request: what a cold process pays before its first one.
//!
//! Arguments: the key's path, and the Unix time in nanoseconds at which the process was started. Prints two microsecond
//! counts as JSON: since that start, and since `main`.

use anyhow::{Context, Result, ensure};
use fapiao::pay::FapiaoFiles;
use fapiao::{MerchantConfig, Moment, Partner, PrivateKey};
use std::io::Read;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

fn main() -> Result<()> {
    let began = Instant::now();
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().context("no key is named")?;
    let key = PrivateKey::load(&std::fs::read(path)?)?;
    let config = MerchantConfig::new("1900000100", "5157F09EFDC096DE15EBE81A47057A7200000100").private_key(key.clone());
    let shop = Partner::new(config)?.sub_merchant("1900000109")?;

    let mut entropy = [0; 32];
    std::fs::File::open("/dev/urandom")?.read_exact(&mut entropy)?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let moment = Moment::new(now.try_into()?, entropy)?;
    let request = shop.prepare(FapiaoFiles::new("4200000444201910177461284488"), moment)?.sign_with(&key)?;

    let since_main = began.elapsed();
    let since_start = match arguments.next() {
        Some(nanoseconds) => SystemTime::now().duration_since(UNIX_EPOCH)?.as_nanos().checked_sub(nanoseconds.parse()?),
        None => None,
    };
    ensure!(request.headers().contains_key("authorization"), "the request is not signed");
    let since_start = since_start.map(|nanoseconds| nanoseconds / 1_000);
    println!("{}", serde_json::json!({ "since_start": since_start, "since_main": since_main.as_micros() }));
    Ok(())
}
