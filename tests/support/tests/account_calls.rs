//! Every invoice call of an Official Account, by its Rust type, at the sandbox.

use anyhow::{Context, Result, bail, ensure};
use fapiao::account::types::{
    AuthField, AuthSource, Contact, InvoiceAuthStatus, InvoiceItem, PaymchInfo, ReimburseStatus, UserFields,
};
use fapiao::account::{
    CardExt, ConsumeCard, CreateCard, DownloadPdf, GetAuthData, GetAuthField, GetAuthUrl, GetContact, GetInvoiceBatch,
    GetInvoiceInfo, GetPayMch, GetPdf, GetSelectTitleUrl, GetTicket, GetUserTitleUrl, Insert, InsertAnswer,
    InvoiceTemplate, InvoiceUserData, InvoiceUserLine, RejectInsert, ScanTitle, SetAuthField, SetContact, SetPayMch,
    SetPdf, SetUrl, StableToken, TemplateBase, UpdateInvoiceStatus, UpdateStatus, UpdateStatusBatch, UserCard,
};
use fapiao::callers::{Account as Callable, MayBeMadeBy};
use fapiao::codec::Digits;
use fapiao::flow::{Decision, Effect, Need, NeedKind, NeedResult};
use fapiao::schema::System;
use fapiao::{Account, Attachment, Code, Error, Operation, Step, catalogue};
use fapiao_test_support::client::{Client, moment, now};
use fapiao_test_support::gateway::Sandbox;
use serde_json::json;
use std::cell::RefCell;
use std::collections::BTreeSet;

const ORDER: &str = "order-1";
const OPENID: &str = "oUser1";
const PDF: &[u8] = b"%PDF-1.7 an invoice";

struct Desk {
    sandbox: Sandbox,
    client: Client,
    account: Account,
    made: RefCell<BTreeSet<&'static str>>,
}

impl Desk {
    fn new() -> Result<Self> {
        let sandbox = Sandbox::start(&[])?;
        let announced = &sandbox.announced;
        let account = Account::new(&announced.account.appid)?.with_secret(announced.account.secret.as_str());
        let account = account.with_hosts(announced.hosts(System::Account)?);
        let mut desk = Self { sandbox, client: Client::default(), account, made: RefCell::default() };
        let token = desk.run(StableToken::new())?.access_token;
        desk.account = desk.account.with_access_token(token);
        Ok(desk)
    }

    /// Makes a call that succeeds.
    fn run<O: Operation + MayBeMadeBy<Callable>>(&self, operation: O) -> Result<O::Answer> {
        let name = O::CALL.name;
        self.outcome(operation)?.map_err(|(error, _)| error).context(name)
    }

    /// Makes a call that the gateway refuses; gives the errcode.
    fn refused<O: Operation + MayBeMadeBy<Callable>>(&self, operation: O) -> Result<String> {
        let name = O::CALL.name;
        let Err((error, decision)) = self.outcome(operation)? else { bail!("{name} was taken") };
        ensure!((error.code(), decision.effect) == (Code::RemoteErrcode, Effect::No), "{name}: {error}");
        error.remote().and_then(|remote| remote.code.clone()).context("no errcode")
    }

    fn outcome<O>(&self, operation: O) -> Result<Result<O::Answer, (Error, Decision)>>
    where
        O: Operation + MayBeMadeBy<Callable>,
    {
        self.made.borrow_mut().insert(O::CALL.name);
        let mut flow = self.account.flow(operation)?;
        loop {
            match flow.step(&moment()?)? {
                Step::Done(outcome) => return Ok(outcome.result.map_err(|error| (error, outcome.decision))),
                Step::Need(needs) => {
                    for Need { id, kind, .. } in needs {
                        let result = match kind {
                            NeedKind::Send { request, .. } => self.client.send(&request),
                            _ => NeedResult::Waited,
                        };
                        flow.give(id, result)?;
                    }
                }
            }
        }
    }

    fn s_pappid(&self) -> Result<String> {
        let link = self.run(SetUrl::new())?.invoice_url;
        let (_, id) = link.split_once("s_pappid=").context("no s_pappid")?;
        Ok(id.replace("%3D", "="))
    }

    fn link(&self, order_id: &str, s_pappid: &str) -> Result<GetAuthUrl> {
        Ok(GetAuthUrl {
            s_pappid: s_pappid.to_owned(),
            order_id: order_id.to_owned(),
            money: 11_300.into(),
            timestamp: now()?,
            source: AuthSource::Web,
            ticket: Some(self.run(GetTicket::new())?.ticket),
            r#type: 1,
            ..GetAuthUrl::default()
        })
    }

    fn authorised(&self, order_id: &str, s_pappid: &str) -> Result<()> {
        let link = self.run(self.link(order_id, s_pappid)?)?;
        ensure!(link.auth_url.contains(order_id));
        self.sandbox.order("/authorisation", &json!({"order_id": order_id, "openid": OPENID}))?;
        Ok(())
    }

    /// The card that `chooseInvoice` would give.
    fn chosen(&self) -> Result<InvoiceItem> {
        let cards = self.sandbox.look("/invoice-cards")?;
        let text = |name: &str| cards.pointer(&format!("/cards/0/{name}")).and_then(serde_json::Value::as_str);
        Ok(InvoiceItem::new(text("card_id").context("no card")?, text("encrypt_code").context("no code")?))
    }
}

/// A digital invoice: a number of 20 digits, neither code nor check code.
fn card(card_id: &str, appid: &str, pdf: Digits) -> Insert {
    let line = InvoiceUserLine {
        name: Some("咨询服务".to_owned()),
        num: Some("1.5".into()),
        price: Some(7_533.into()),
        ..InvoiceUserLine::default()
    };
    let data = InvoiceUserData {
        fee: 11_300.into(),
        title: "测试企业".to_owned(),
        billing_time: 1_480_342_498,
        billing_no: "24312000000012345678".to_owned(),
        info: Some(vec![line]),
        fee_without_tax: 10_000.into(),
        tax: 1_300.into(),
        s_pdf_media_id: pdf,
        ..InvoiceUserData::default()
    };
    Insert::new(ORDER, card_id, appid, CardExt::new("a random text", UserCard::new(data)))
}

fn settings(desk: &Desk, s_pappid: &str) -> Result<()> {
    ensure!(desk.refused(desk.link(ORDER, s_pappid)?)? == "72063");
    desk.run(SetContact::new(Contact::new("0755-86013388", 600)))?;
    ensure!(desk.run(GetContact::new())?.contact.time_out == 600);
    ensure!(desk.refused(GetAuthField::new())? == "72029");
    let user_field = Some(UserFields { show_phone: Some(1), ..UserFields::default() });
    desk.run(SetAuthField::new(AuthField { user_field, ..AuthField::default() }))?;
    let fields = desk.run(GetAuthField::new())?.auth_field;
    ensure!(fields.user_field.context("no fields")?.show_phone == Some(1));
    desk.run(SetPayMch::new(PaymchInfo::new(desk.sandbox.announced.pay.direct.mchid.as_str(), s_pappid)))?;
    ensure!(desk.run(GetPayMch::new())?.paymch_info.s_pappid == s_pappid);
    Ok(())
}

fn authorisation(desk: &Desk, s_pappid: &str) -> Result<()> {
    let asked = || desk.run(GetAuthData::new(ORDER, s_pappid));
    ensure!(asked()?.invoice_status == InvoiceAuthStatus::NeverAuth);
    desk.authorised(ORDER, s_pappid)?;
    let answer = asked()?;
    ensure!(answer.invoice_status == InvoiceAuthStatus::AuthSuccess && answer.auth_time.is_some());
    let person = answer.user_auth_info.and_then(|info| info.user_field).context("no title")?;
    ensure!(person.title.as_deref() == Some("张三"));
    desk.authorised("order-2", s_pappid)?;
    desk.run(RejectInsert::new(s_pappid, "order-2", "订单已退款"))?;
    ensure!(desk.refused(GetAuthData::new("order-2", s_pappid))? == "72035");
    Ok(())
}

fn into_the_wallet(desk: &Desk, s_pappid: &str) -> Result<(String, InsertAnswer)> {
    let media = desk.run(SetPdf::new(Attachment::pdf("a.pdf", PDF)))?.s_media_id;
    ensure!(desk.run(GetPdf::new(media.clone()))?.pdf_url_expire_time == Some(7200));
    let base = TemplateBase::new("http://mmbiz.qpic.cn/a", "测试商户");
    let card_id = desk.run(CreateCard::new(InvoiceTemplate::new(base, "测试有限公司", "电子发票")))?.card_id;
    let appid = desk.sandbox.announced.account.appid.as_str();
    ensure!(desk.refused(card(&card_id, s_pappid, media.clone()))? == "72031");
    let answer = desk.run(card(&card_id, appid, media.clone()))?;
    ensure!(answer.openid == OPENID);
    let Err((_, decision)) = desk.outcome(card(&card_id, appid, media))? else { bail!("one order, two invoices") };
    ensure!(decision.effect == Effect::Unknown, "72056: an earlier attempt may have arrived");
    Ok((card_id, answer))
}

fn reimbursement(desk: &Desk) -> Result<()> {
    let item = desk.chosen()?;
    let info = || desk.run(GetInvoiceInfo::new(item.card_id.as_str(), item.encrypt_code.as_str()));
    let user = info()?.user_info;
    ensure!(user.reimburse_status == ReimburseStatus::Init && user.billing_no.as_str().len() == 20);
    ensure!(user.billing_code.is_some_and(|code| code.as_str().is_empty()), "a digital invoice has no code");
    let line = user.info.and_then(|lines| lines.into_iter().next()).context("no line")?;
    ensure!(line.num.is_some_and(|num| num.as_str() == "1.5"));
    let file = desk.run(DownloadPdf::new(user.pdf_url.context("no link")?))?;
    ensure!(file.bytes.starts_with(b"%PDF-"));
    let set = |status| UpdateInvoiceStatus::new(item.card_id.as_str(), item.encrypt_code.as_str(), status);
    ensure!(desk.refused(set(ReimburseStatus::Closure))? == "72039");
    desk.run(set(ReimburseStatus::Lock))?;
    desk.run(UpdateStatusBatch::new(OPENID, ReimburseStatus::Init, [item.clone()]))?;
    let batch = desk.run(GetInvoiceBatch::new([item.clone()]))?.item_list;
    let statuses: Vec<_> = batch.into_iter().map(|invoice| invoice.user_info.reimburse_status).collect();
    ensure!(statuses == [ReimburseStatus::Init], "{statuses:?}");
    Ok(())
}

fn titles(desk: &Desk) -> Result<()> {
    let mut title = GetUserTitleUrl::new();
    (title.title, title.user_fill) = (Some("测试企业".to_owned()), Some(0));
    ensure!(desk.run(title)?.url.starts_with("https://"));
    ensure!(desk.run(GetSelectTitleUrl::new())?.url.starts_with("https://"));
    let shown = desk.sandbox.order("/title-code", &json!({"title": "测试企业", "tax_no": "91440300000000000X"}))?;
    let text = shown.get("scan_text").and_then(serde_json::Value::as_str).context("no text")?;
    let scanned = desk.run(ScanTitle::new(text))?;
    ensure!((scanned.title.as_str(), scanned.title_type) == ("测试企业", Some(0)));
    Ok(())
}

#[test]
fn a_page_to_go_on_to_is_advised_against_where_no_page_is_left() -> Result<()> {
    let account = Account::new("wx5157f09efdc09600")?.with_access_token("token");
    let warned = |source: &str| -> Result<Vec<String>> {
        let redirect_url = Some("https://shop.example.com".to_owned());
        let link = GetAuthUrl {
            order_id: ORDER.into(),
            s_pappid: "x".into(),
            source: source.into(),
            redirect_url,
            ticket: Some("t".into()),
            ..GetAuthUrl::default()
        };
        Ok(account.prepare(link, moment()?)?.warnings().iter().map(|warning| warning.field.clone()).collect())
    };
    ensure!(warned("web")?.is_empty());
    for source in ["app", "wxa", "wap"] {
        ensure!(warned(source)? == ["/redirect_url"], "{source}");
    }
    Ok(())
}

#[test]
fn every_invoice_call_is_made() -> Result<()> {
    let desk = Desk::new()?;
    let s_pappid = desk.s_pappid()?;
    settings(&desk, &s_pappid)?;
    authorisation(&desk, &s_pappid)?;
    let (card_id, card) = into_the_wallet(&desk, &s_pappid)?;
    reimbursement(&desk)?;
    desk.run(UpdateStatus::new(card_id.as_str(), card.code.as_str(), ReimburseStatus::Cancel))?;
    titles(&desk)?;
    // No card of WeChat Pay: its merchants' calls are another matter.
    ensure!(desk.refused(ConsumeCard::new(card.code))? == "40127");
    let calls = catalogue::calls().filter(|call| call.system == System::Account);
    let invoice_calls = calls.filter(|call| !call.path.starts_with("/cgi-bin/") || call.path.contains("/ticket/"));
    let missing: Vec<_> =
        invoice_calls.map(|call| call.name).filter(|name| !desk.made.borrow().contains(name)).collect();
    ensure!(missing.is_empty(), "never made: {missing:?}");
    Ok(())
}
