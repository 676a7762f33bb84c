//! Where a field goes, who fills it in, and what it may be.

/// Where a field goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Location {
    /// A segment of the path.
    Path,
    /// The query string.
    Query,
    /// The JSON body; in an upload the JSON `meta` part.
    Body,
    /// The URL itself, as the gateway answered it.
    Url,
}

/// How a list stands in the query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum QueryList {
    /// `name=a&name=b`, as the official utilities write it.
    Repeated,
    /// `name=a,b`.
    Joined,
    /// Objects of `name` and `value`, each a pair of its own.
    Pairs,
}

/// How a list stands in an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AnswerList {
    /// As a list.
    List,
    /// As a list, or as its only entry.
    OneOrList,
}

/// Who fills a field in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FilledBy {
    /// The program, in the payload.
    Payload,
    /// Core, from the caller: the caller's merchant number.
    Mchid,
    /// Core, from the caller: the sub-merchant's number.
    SubMchid,
    /// Core, from the caller: the account's appid.
    Appid,
    /// Core, from the caller: the account's AppSecret.
    Secret,
    /// Core, from the caller: the access token.
    AccessToken,
    /// Core, from the caller: the ticket that was pushed to the third-party platform.
    VerifyTicket,
    /// Core: always this text.
    Constant(&'static str),
    /// Core: lower-case hex SM3 of the attached file.
    FileSm3,
}

/// The characters a text may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Charset {
    /// Anything the system takes; WeChat Pay takes no supplementary-plane characters.
    Any,
    /// Half-width letters, digits and `-_|*`; never empty.
    Id,
    /// RFC 3339 with an offset.
    Time,
}

/// What an empty text says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Empty {
    /// It is a value like any other.
    Value,
    /// That there is none: the field is left out of the request, required or not.
    None,
    /// It is a value, of a required field too: the official table has the field, and some invoices nothing to put in.
    Permitted,
}

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unit {
    /// Nothing in particular.
    None,
    /// Fen, 1/100 yuan.
    Fen,
    /// 10^-8: 100000000 is a quantity of 1.
    HundredMillionth,
    /// 10^-6 fen.
    MillionthFen,
    /// 1/10000: 1300 is 13 %.
    TenThousandth,
    /// Seconds.
    Seconds,
    /// Things, counted from 0.
    Count,
}

impl Unit {
    /// The unit in words.
    pub const fn as_str(self) -> &'static str {
        match self {
            Unit::None | Unit::Count => "",
            Unit::Fen => "fen",
            Unit::HundredMillionth => "10^-8",
            Unit::MillionthFen => "10^-6 fen",
            Unit::TenThousandth => "1/10000",
            Unit::Seconds => "seconds",
        }
    }
}
