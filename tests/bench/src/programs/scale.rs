//! A thousand callers and very many calls, with every allocation of Rust code counted; memory of the crypto library shows
//! in the resident set.
//!
//! Arguments: how many calls to sign, how many answers to verify. Prints what it saw as JSON.

#[path = "../fixture.rs"]
mod fixture;

use anyhow::{Context, Result, ensure};
use fapiao::pay::types::{BuyerInformation, BuyerType, FapiaoBillType, PayChannel};
use fapiao::pay::{FapiaoFiles, GeneralFapiao, GeneralLine, IssueGeneral, Transaction};
use fapiao::{MerchantConfig, Partner};
use fixture::{ORDER, Shop, answer, files_body, moment};
use http::Response;
use serde_json::{Value, json};
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};
use std::alloc::System;
use std::time::Instant;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const CALLERS: u64 = 1_000;
/// Calls in a chunk: two or three milliseconds.
const SIGNATURES: u32 = 8;
const VERIFICATIONS: u32 = 100;

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1).map(|argument| argument.parse::<u64>());
    let signed = arguments.next().context("how many calls to sign?")??;
    let verified = arguments.next().context("how many answers to verify?")??;
    let (shops, callers) = callers()?;
    let answer = answer(files_body())?;

    let first = shops.first().context("there are no callers")?;
    let now = moment(0)?.now();
    let asked = first.caller.prepare(FapiaoFiles::new(ORDER), moment(0)?)?;
    let claim = asked.claim(&answer, now)?;
    let key = first.ring.find("1900100000", claim.serial())?;
    let signature = claim.signature()?;

    let sign = |turn| {
        let shop = pick(&shops, turn)?;
        let request = shop.caller.prepare(FapiaoFiles::new(ORDER), moment(turn)?)?.sign_with(&shop.key)?;
        ensure!(request.body().is_empty(), "a GET has no body");
        Ok(())
    };
    let bare_sign = || {
        first.key.sign(asked.message()?, &moment(0)?)?;
        Ok(())
    };
    let sign = calls(signed, SIGNATURES, sign, bare_sign)?;

    let pending = shops.iter().map(|shop| Ok(shop.caller.prepare(FapiaoFiles::new(ORDER), moment(0)?)?));
    let pending = pending.collect::<Result<Vec<_>>>()?;
    let verify = |turn| {
        let files = pick(&pending, turn)?.claim(&answer, now)?.check_with(&pick(&shops, turn)?.ring)?.parse()?;
        ensure!(files.fapiao_download_info_list.is_some_and(|list| list.len() == 2), "two invoices were answered");
        Ok(())
    };
    let bare_verify = || {
        ensure!(key.verify(claim.message(), &signature), "the answer must verify");
        Ok(())
    };
    let verify = calls(verified, VERIFICATIONS, verify, bare_verify)?;
    // Last, since what it gives back to the allocator would hide what callers take.
    let hostile = hostile()?;
    println!("{}", json!({ "callers": callers, "signed": sign, "verified": verify, "hostile": hostile }));
    Ok(())
}

/// A thousand callers, each with keys of its own: what one takes when it is made, after requests and answers, and after it
/// has also sealed and opened fields.
fn callers() -> Result<(Vec<Shop>, Value)> {
    let answer = answer(files_body())?;
    // What the crypto library sets up once.
    let first = Shop::open("1900000100")?;
    exchange(&first, &answer)?;
    seal_and_open(&first)?;

    let mut shops = Vec::with_capacity(CALLERS.try_into()?);
    let before = Memory::now()?;
    for number in 0..CALLERS {
        shops.push(Shop::open(&(1_900_100_000 + number).to_string())?);
    }
    let made = Memory::now()?;
    shops.iter().try_for_each(|shop| exchange(shop, &answer))?;
    let used = Memory::now()?;
    shops.iter().try_for_each(seal_and_open)?;
    let sealed = Memory::now()?;

    let mut shared = Vec::with_capacity(CALLERS.try_into()?);
    let config = MerchantConfig::new("1900000100", "5157F09EFDC096DE15EBE81A47057A7200000100");
    let provider = Partner::new(config.keys(first.ring.clone()).private_key(first.key.clone()))?;
    let before_shared = Memory::now()?;
    for number in 0..CALLERS {
        shared.push(provider.sub_merchant(&(1_900_200_000 + number).to_string())?);
    }
    let after_shared = Memory::now()?;
    let callers = f64::from(u32::try_from(CALLERS)?);
    let each = |from: &Memory, to: &Memory| json!({ "resident": (to.resident - from.resident) / callers, "counted": (to.counted - from.counted) / callers });
    let seen = json!({
        "made": each(&before, &made),
        "used": each(&before, &used),
        "sealed": each(&before, &sealed),
        "shared": each(&before_shared, &after_shared),
    });
    Ok((shops, seen))
}

/// One request, and its answer.
fn exchange(shop: &Shop, answer: &Response<Vec<u8>>) -> Result<()> {
    let moment = moment(1)?;
    let now = moment.now();
    let pending = shop.caller.prepare(FapiaoFiles::new(ORDER), moment)?;
    pending.sign_with(&shop.key)?;
    pending.claim(answer, now)?.check_with(&shop.ring)?.parse()?;
    Ok(())
}

/// A request with sealed fields, and a field opened.
fn seal_and_open(shop: &Shop) -> Result<()> {
    let line =
        GeneralLine { tax_code: "3010101020203000000".into(), total_amount: 382_895.into(), ..GeneralLine::default() };
    let buyer = BuyerInformation {
        r#type: BuyerType::Individual,
        name: "张三".into(),
        phone: Some("13800000000".into()),
        ..BuyerInformation::default()
    };
    let paid = Transaction { transaction_id: Some(ORDER.into()), ..Transaction::new(PayChannel::WechatPay, 382_895) };
    let fapiao = GeneralFapiao {
        fapiao_id: "general-20261122-0001".into(),
        total_amount: 382_895.into(),
        items: vec![GeneralLine { goods_name: "客运服务".into(), tax_rate: 1_300.into(), ..line }],
        billing_person_id: "10001".into(),
        fapiao_bill_type: FapiaoBillType::Common,
        transaction_information: vec![paid],
        ..GeneralFapiao::default()
    };
    shop.caller.prepare(IssueGeneral::new(ORDER, buyer, fapiao), moment(2)?)?.sign_with(&shop.key)?;
    // Nothing was sealed for this key: the attempt makes the opening key, which is what costs memory.
    ensure!(shop.key.decrypt(&[1; 256]).is_err(), "this is nothing that was sealed");
    Ok(())
}

/// Calls in ten tenths, in chunks shorter than a turn of the scheduler: microseconds a call in those of the first and of the
/// last, each beside the bare operation at that time, and how memory grew in between.
fn calls(
    count: u64,
    a_chunk: u32,
    mut call: impl FnMut(u64) -> Result<()>,
    mut bare: impl FnMut() -> Result<()>,
) -> Result<Value> {
    let chunks = count / 10 / u64::from(a_chunk);
    let room = || Vec::with_capacity(usize::try_from(chunks).unwrap_or_default());
    let (mut first, mut last) = ((room(), room()), (room(), room()));
    let mut warm = Memory::now()?;
    let mut turn = 0;
    for chunk in 0..10 * chunks {
        let ours = timed(a_chunk, || {
            turn += 1;
            call(turn)
        })?;
        let side = match chunk {
            chunk if chunk < chunks => &mut first,
            chunk if chunk >= 9 * chunks => &mut last,
            _ => continue,
        };
        side.0.push(ours);
        side.1.push(timed(a_chunk, &mut bare)?);
        if chunk + 1 == chunks {
            warm = Memory::now()?;
        }
    }
    let end = Memory::now()?;
    Ok(json!({
        "calls": turn,
        "first": { "ours": first.0, "bare": first.1 },
        "last": { "ours": last.0, "bare": last.1 },
        "resident_growth": end.resident - warm.resident,
        "counted_growth": end.counted - warm.counted,
    }))
}

/// Microseconds a call.
fn timed(calls: u32, mut call: impl FnMut() -> Result<()>) -> Result<f64> {
    let started = Instant::now();
    for _ in 0..calls {
        call()?;
    }
    Ok(started.elapsed().as_secs_f64() * 1e6 / f64::from(calls))
}

/// Answers too large to be taken, or with headers that are: the bytes allocated while each is refused.
fn hostile() -> Result<Value> {
    let shop = Shop::open("1900000100")?;
    let pending = shop.caller.prepare(FapiaoFiles::new(ORDER), moment(0)?)?;
    let now = moment(0)?.now();
    let large = || vec![b'['; 10 * 1024 * 1024];
    let text = || String::from_utf8(vec![b'A'; 1024 * 1024]);
    let refused = |change: &mut dyn FnMut(&mut Response<Vec<u8>>) -> Result<()>| -> Result<Value> {
        let mut response = answer(files_body())?;
        change(&mut response)?;
        let before = ALLOCATOR.stats().bytes_allocated;
        let claim = pending.claim(&response, now);
        let error = claim.err().map(|error| error.code().as_str());
        let bytes = ALLOCATOR.stats().bytes_allocated - before;
        Ok(json!({ "bytes": bytes, "error": error }))
    };
    Ok(json!({
        "10 MB body": refused(&mut |response| {
            *response.body_mut() = large();
            Ok(())
        })?,
        "10 MB error body": refused(&mut |response| {
            *response.status_mut() = http::StatusCode::BAD_GATEWAY;
            *response.body_mut() = large();
            Ok(())
        })?,
        "1 MB signature header": refused(&mut |response| {
            response.headers_mut().insert("wechatpay-signature", text()?.parse()?);
            Ok(())
        })?,
        "1 MB serial header": refused(&mut |response| {
            response.headers_mut().insert("wechatpay-serial", text()?.parse()?);
            Ok(())
        })?,
        "1 MB nonce header": refused(&mut |response| {
            response.headers_mut().insert("wechatpay-nonce", text()?.parse()?);
            Ok(())
        })?,
    }))
}

/// One of a list, in an order without a pattern, so that what happens to a key every so many uses spreads evenly.
fn pick<T>(items: &[T], turn: u64) -> Result<&T> {
    let mixed = turn.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let index = (mixed ^ (mixed >> 29)) % CALLERS;
    items.get(usize::try_from(index)?).context("there are fewer")
}

/// Bytes in use.
struct Memory {
    /// The resident set, by the kernel.
    resident: f64,
    /// What Rust code holds, by its allocator.
    counted: f64,
}

impl Memory {
    fn now() -> Result<Self> {
        let stats = ALLOCATOR.stats();
        let counted = u32::try_from(stats.bytes_allocated - stats.bytes_deallocated)?;
        let kernel = std::fs::read_to_string("/proc/self/status")?;
        let line = kernel.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
        let kilobytes: u32 = line.trim().trim_end_matches("kB").trim().parse()?;
        Ok(Self { resident: f64::from(kilobytes) * 1024.0, counted: f64::from(counted) })
    }
}
