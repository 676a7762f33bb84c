//! The jobs: one call of each replay class, as the documents have it, and what its query shows.

use crate::running::{Running, running};
use fapiao::account::StableToken;
use fapiao::pay::types::{BuyerInformation, BuyerType};
use fapiao::pay::{FapiaoToIssue, FapiaoToReverse, GeneralFapiao, GeneralLine, Issue, IssueGeneral, LineToIssue};
use fapiao::pay::{Query, Reverse, TitleUrl, Transaction};
use fapiao::{Account, Direct, KeyRing, MerchantConfig, Partner, Personal, SubMerchant};
use std::sync::LazyLock;

pub(crate) const KEY: &str = "PUB_KEY_ID_0119000001002026112200000000001";
const SERIAL: &str = "5157F09EFDC096DE15EBE81A47057A7200000001";
const APPLICATION: &str = "4200000444201910177461284488";

static DIRECT: LazyLock<Direct> = LazyLock::new(|| Direct::new(config("1900000001")).unwrap());
static SUB_MERCHANT: LazyLock<SubMerchant> =
    LazyLock::new(|| Partner::new(config("1900000100")).unwrap().sub_merchant("1900000109").unwrap());
static ACCOUNT: LazyLock<Account> = LazyLock::new(|| Account::new("wx5157f09efdc09600").unwrap().with_secret("s"));

fn config(mchid: &str) -> MerchantConfig {
    let pem = include_bytes!("../../../tests/keys/wechatpay.pub.pem");
    MerchantConfig::new(mchid, SERIAL).keys(KeyRing::new().public_key(mchid, KEY, pem).unwrap()).keys_elsewhere()
}

/// One job to get done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Job {
    /// `issue_general`, one id.
    IssueOne,
    /// `issue`, two ids.
    IssueTwo,
    /// `reverse`, one id.
    Reverse,
    /// `reverse`, one id, after a reversal of it that failed.
    ReverseAgain,
    /// `reverse` of whatever the application holds.
    ReverseUnnamed,
    /// `stable_token` with `force_refresh`.
    ForcedToken,
    TitleUrl,
    Query,
}

/// What repeating a job does, from the documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Safe,
    SameIds,
    Never,
}

impl Job {
    pub(crate) fn class(self) -> Class {
        match self {
            Job::ForcedToken => Class::Never,
            Job::TitleUrl | Job::Query => Class::Safe,
            _ => Class::SameIds,
        }
    }

    /// Whether a call can tell what became of it.
    pub(crate) fn can_be_asked_about(self) -> bool {
        self.class() == Class::SameIds && self != Job::ReverseUnnamed
    }

    pub(crate) fn is_signed(self) -> bool {
        self != Job::ForcedToken
    }

    pub(crate) fn flow(self) -> Box<dyn Running> {
        match self {
            Job::IssueOne => running(SUB_MERCHANT.flow(issue_one()).unwrap()),
            Job::IssueTwo => running(DIRECT.flow(issue_two()).unwrap()),
            Job::Reverse | Job::ReverseAgain => running(DIRECT.flow(reverse(&["f1"])).unwrap()),
            Job::ReverseUnnamed => running(DIRECT.flow(reverse(&[])).unwrap()),
            Job::ForcedToken => running(ACCOUNT.flow(StableToken { force_refresh: Some(true) }).unwrap()),
            Job::TitleUrl => running(DIRECT.flow(title_url()).unwrap()),
            Job::Query => running(DIRECT.flow(Query::new(APPLICATION)).unwrap()),
        }
    }

    /// Status and body of the right answer.
    pub(crate) fn success(self) -> (u16, &'static str) {
        match self {
            Job::ForcedToken => (200, r#"{"access_token":"t","expires_in":7200}"#),
            Job::TitleUrl => (200, r#"{"title_url":"https://example.com/"}"#),
            Job::Query => (200, r#"{"total_count":0}"#),
            _ => (202, ""),
        }
    }

    /// What the query shows of its invoices, where these were taken and those not; nothing where it shows none.
    pub(crate) fn shown(self, taken: [bool; 2]) -> Option<String> {
        let status = |taken| match self {
            Job::Reverse | Job::ReverseUnnamed => Some(if taken { "REVERSE_ACCEPTED" } else { "ISSUED" }),
            Job::ReverseAgain => Some(if taken { "REVERSE_ACCEPTED" } else { "REVERSE_FAILED" }),
            _ => taken.then_some("ISSUE_ACCEPTED"),
        };
        let ids: &[&str] = if self == Job::IssueTwo { &["f1", "f2"] } else { &["f1"] };
        let entry = |(id, taken)| status(taken).map(|status| format!(r#"{{"fapiao_id":"{id}","status":"{status}"}}"#));
        let entries: Vec<_> = ids.iter().zip(taken).filter_map(entry).collect();
        let list = entries.join(",");
        let body = format!(r#"{{"total_count":{},"fapiao_information":[{list}]}}"#, entries.len());
        (!entries.is_empty()).then_some(body)
    }
}

fn buyer() -> BuyerInformation {
    let (phone, name) = (Some(Personal::new("13812349876")), "Z".into());
    BuyerInformation { r#type: BuyerType::Individual, name, phone, ..BuyerInformation::default() }
}

fn issue_one() -> IssueGeneral {
    let line = GeneralLine {
        tax_code: "3010101020203000000".into(),
        goods_name: "g".into(),
        total_amount: 1.into(),
        ..GeneralLine::default()
    };
    let pay_channel = "WECHAT_PAY".into();
    let transaction = Transaction {
        pay_channel,
        transaction_id: Some(APPLICATION.into()),
        amount: 1.into(),
        ..Transaction::default()
    };
    let fapiao = GeneralFapiao {
        fapiao_id: "f1".into(),
        total_amount: 1.into(),
        items: vec![line],
        billing_person_id: "1".into(),
        fapiao_bill_type: "COMM_FAPIAO".into(),
        transaction_information: vec![transaction],
        ..GeneralFapiao::default()
    };
    IssueGeneral { fapiao_apply_id: APPLICATION.into(), buyer_information: buyer(), fapiao_information: fapiao }
}

fn issue_two() -> Issue {
    let line =
        LineToIssue { tax_code: "1".into(), quantity: 1.into(), total_amount: 1.into(), ..LineToIssue::default() };
    let fapiao = |id: &str| FapiaoToIssue {
        fapiao_id: id.into(),
        total_amount: 1.into(),
        items: vec![line.clone()],
        ..FapiaoToIssue::default()
    };
    let (scene, fapiao_apply_id) = ("WITH_WECHATPAY".into(), APPLICATION.into());
    Issue { scene, fapiao_apply_id, buyer_information: buyer(), fapiao_information: vec![fapiao("f1"), fapiao("f2")] }
}

fn reverse(ids: &[&str]) -> Reverse {
    let fapiao = |id: &&str| FapiaoToReverse {
        fapiao_id: (*id).into(),
        fapiao_code: Some("044001911211".into()),
        fapiao_number: "12897794".into(),
    };
    let fapiao_information = (!ids.is_empty()).then(|| ids.iter().map(fapiao).collect());
    Reverse { fapiao_apply_id: APPLICATION.into(), reverse_reason: "SALES_RETURN".into(), fapiao_information }
}

fn title_url() -> TitleUrl {
    let (fapiao_apply_id, source) = (APPLICATION.into(), "WEB".into());
    let (appid, openid) = ("wx1".into(), "o1".into());
    TitleUrl { fapiao_apply_id, source, appid, openid, total_amount: 1.into(), ..TitleUrl::default() }
}
