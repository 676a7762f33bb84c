//! `fapiao-sandbox trigger`: one callback or push, signed with the test keys, to a program that is being written.

use std::{
    io::{Write, stdout},
    process::ExitCode,
};

use clap::{Args, Parser, ValueEnum};
use serde_json::{Map, Value, json};

use super::{Failure, shown_keys};
use crate::{
    callbacks,
    faults::{Order, Scope},
    options::Options,
    pay::fapiao::{self, EventKind},
    post::Attempt,
    pushes::{self, Kind},
    sandbox::Sandbox,
};

/// Sends one signed, encrypted callback or push to a URL, and prints what was answered.
///
/// Nothing has to run but the program at the URL: the message is signed and encrypted with the test keys, which
/// `--show-keys` prints. It ends with 0 if the message was taken, and with 1 if not.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Arguments {
    /// What happened: `FAPIAO.USER_APPLIED`, `FAPIAO.ISSUED`, `FAPIAO.REVERSED`, `FAPIAO.CARD_INSERTED` or
    /// `FAPIAO.CARD_DISCARDED` to a merchant; `user_authorize_invoice`, `update_invoice_status`, `submit_invoice_title`
    /// or `cloud_invoice_invoiceresult_event` to an account; `component_verify_ticket` to a third-party platform
    #[arg(required_unless_present = "show_keys")]
    event: Option<String>,
    /// Where to
    #[arg(long, value_name = "URL", required_unless_present = "show_keys")]
    to: Option<String>,
    /// What is wrong with it: a fault of `--help`, with or without `callback_` or `push_`
    #[arg(long, value_name = "NAME")]
    fault: Option<String>,
    /// The merchant of a callback
    #[arg(long, default_value = "1900000001")]
    mchid: String,
    /// The sub-merchant of a callback
    #[arg(long)]
    sub_mchid: Option<String>,
    /// The application of a callback
    #[arg(long, default_value = "4200000000202611280000000001")]
    fapiao_apply_id: String,
    /// An element of a push in place of an invented one; may be given again
    #[arg(long = "field", value_name = "NAME=VALUE", value_parser = field)]
    fields: Vec<(String, String)>,
    /// The token of a push
    #[arg(long)]
    token: Option<String>,
    /// The `EncodingAESKey` of a push
    #[arg(long)]
    encoding_aes_key: Option<String>,
    /// The mode of a push
    #[arg(long)]
    mode: Option<Mode>,
    /// The format of a push
    #[arg(long)]
    format: Option<Format>,
    /// Prints the keys to configure, and sends nothing
    #[arg(long)]
    show_keys: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Mode {
    Plain,
    Compatible,
    Safe,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Xml,
    Json,
}

const EXAMPLES: &str = "Examples:
  fapiao-sandbox trigger --show-keys
  fapiao-sandbox trigger FAPIAO.ISSUED --to http://127.0.0.1:8000/notify
  fapiao-sandbox trigger FAPIAO.ISSUED --to http://127.0.0.1:8000/notify --fault wrong_signature
  fapiao-sandbox trigger update_invoice_status --to http://127.0.0.1:8000/wechat --field Status=INVOICE_REIMBURSE_LOCK
  fapiao-sandbox trigger user_authorize_invoice --to http://127.0.0.1:8000/wechat --format xml --mode compatible";

pub(super) async fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    let options = Options::try_parse_from(["fapiao-sandbox"])?;
    let sandbox = Sandbox::new(options).map_err(|error| format!("test keys: {error}"))?;
    if arguments.show_keys {
        writeln!(stdout(), "{}", shown_keys::text(&sandbox.keys))?;
        return Ok(ExitCode::SUCCESS);
    }
    let word = Value::from(arguments.event.as_deref());
    let (attempts, taken): (Vec<Attempt>, fn(&Attempt) -> bool) =
        if let Ok(kind) = serde_json::from_value::<EventKind>(word.clone()) {
            (callback(&sandbox, kind, arguments).await?, callbacks::taken)
        } else if let Ok(kind) = serde_json::from_value::<Kind>(word.clone()) {
            (push(&sandbox, kind, arguments).await?, pushes::taken)
        } else {
            return Err(format!("no event is called {word}: `fapiao-sandbox trigger --help` lists them").into());
        };
    if attempts.is_empty() {
        writeln!(stdout(), "nothing was sent")?;
    }
    for attempt in &attempts {
        let verdict = if taken(attempt) { "taken" } else { "not taken" };
        let status = attempt.status.map_or("no answer".to_owned(), |status| status.to_string());
        let answer = if attempt.answer.is_empty() { String::new() } else { format!(": {}", attempt.answer.trim_end()) };
        writeln!(stdout(), "{status} ({verdict}){answer}")?;
    }
    Ok(if attempts.last().is_some_and(taken) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn callback(sandbox: &Sandbox, kind: EventKind, arguments: Arguments) -> Result<Vec<Attempt>, Failure> {
    let merchant = sandbox.keys.merchant(&arguments.mchid);
    let mchid = merchant.ok_or("no such merchant: `fapiao-sandbox trigger --show-keys` lists them")?.mchid;
    let scope = fapiao::Scope { mchid, sub_mchid: arguments.sub_mchid };
    sandbox.registry().set_callback_url(scope.clone(), arguments.to.unwrap_or_default());
    order(sandbox, arguments.fault.as_deref(), Scope::Callback)?;
    let event = fapiao::Event { kind, scope, apply_id: arguments.fapiao_apply_id };
    let resource = event.resource_or_invented(sandbox, sandbox.clock.now_millis(), None);
    let number = callbacks::announce(sandbox, &event, resource).ok_or("a callback needs an address")?;
    sandbox.catch_up().await;
    let callbacks = sandbox.callbacks();
    Ok(callbacks.get(number).map(|notification| notification.attempts().to_vec()).unwrap_or_default())
}

async fn push(sandbox: &Sandbox, kind: Kind, arguments: Arguments) -> Result<Vec<Attempt>, Failure> {
    sandbox.settings().ticket_seconds = 0;
    pushes::set_address(sandbox, serde_json::from_value(choice(kind, &arguments))?)?;
    order(sandbox, arguments.fault.as_deref(), Scope::Push)?;
    let fields: Map<_, _> = arguments.fields.into_iter().map(|(name, value)| (name, Value::from(value))).collect();
    let number = pushes::announce(sandbox, pushes::Event { kind, fields }, Vec::new())?;
    let number = number.ok_or("a push needs an address")?;
    sandbox.catch_up().await;
    let pushes = sandbox.pushes();
    Ok(pushes.get(number).map(|push| push.attempts().to_vec()).unwrap_or_default())
}

/// What `POST /push-url` would be told.
fn choice(kind: Kind, arguments: &Arguments) -> Value {
    let word = |value: Option<String>| value.map_or(Value::Null, Value::from);
    let mode = arguments.mode.and_then(|mode| mode.to_possible_value());
    let format = arguments.format.and_then(|format| format.to_possible_value());
    json!({
        "receiver": kind.receiver(),
        "url": arguments.to,
        "token": arguments.token,
        "encoding_aes_key": arguments.encoding_aes_key,
        "mode": word(mode.map(|mode| mode.get_name().to_owned())),
        "format": word(format.map(|format| format.get_name().to_owned())),
    })
}

fn order(sandbox: &Sandbox, fault: Option<&str>, scope: Scope) -> Result<(), Failure> {
    if let Some(name) = fault {
        sandbox.faults().add(Order::parse(&scope.whole_name(name))?)?;
    }
    Ok(())
}

fn field(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("NAME=VALUE is wanted")?;
    Ok((name.to_owned(), value.to_owned()))
}
