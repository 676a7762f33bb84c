//! Who makes calls, to which system.

use super::Generations;

/// The two systems, with rules of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum System {
    /// WeChat Pay v3: signed both ways.
    Pay,
    /// Official Accounts and mini programs: access tokens, `errcode`.
    Account,
}

/// Who may make a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CallerKind {
    /// A merchant that signs for itself (普通商户).
    Direct,
    /// A service provider (服务商) for itself.
    Partner,
    /// A service provider on a sub-merchant's behalf (特约商户).
    SubMerchant,
    /// An Official Account or mini program.
    Account,
    /// A third-party platform (第三方平台), for itself.
    Component,
}

impl CallerKind {
    /// The system it calls.
    pub const fn system(self) -> System {
        match self {
            CallerKind::Account | CallerKind::Component => System::Account,
            CallerKind::Direct | CallerKind::Partner | CallerKind::SubMerchant => System::Pay,
        }
    }

    /// The caller's name in the wire doors.
    pub const fn as_str(self) -> &'static str {
        match self {
            CallerKind::Direct => "direct",
            CallerKind::Partner => "partner",
            CallerKind::SubMerchant => "sub_merchant",
            CallerKind::Account => "account",
            CallerKind::Component => "component",
        }
    }

    /// The generations such a caller can be in.
    pub const fn generations(self) -> Generations {
        match self {
            CallerKind::Direct => Generations::G1,
            CallerKind::Partner | CallerKind::SubMerchant => Generations::G2_G3,
            CallerKind::Account | CallerKind::Component => Generations::ALL,
        }
    }
}
