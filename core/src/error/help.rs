//! What to do about the codes of the gateways, by code and, where it tells more, by the field they name.

mod account;
mod pay;

use super::{Code, RemoteError};

/// What to do about one code of a gateway, one line in two languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RemoteHelp {
    /// The code; with the field behind a colon where the advice is for that field only.
    pub key: &'static str,
    /// English.
    pub help: &'static str,
    /// Chinese.
    pub help_zh: &'static str,
}

/// All advice about codes of the payment gateway (`remote.api`) or of the account gateway (`remote.errcode`).
pub fn remote_help(code: Code) -> impl Iterator<Item = RemoteHelp> {
    let table = match code {
        Code::RemoteApi => pay::HELP,
        Code::RemoteErrcode => account::HELP,
        _ => &[],
    };
    table.iter().flat_map(|(keys, help, help_zh)| keys.iter().map(|key| RemoteHelp { key, help, help_zh }))
}

/// The key of the advice about what a gateway said.
pub(super) fn find(code: Code, remote: &RemoteError) -> Option<RemoteHelp> {
    let said = remote.code.as_deref()?;
    let exact = remote.field.as_deref().map(|field| format!("{said}:{field}"));
    let find = |wanted: &str| remote_help(code).find(|help| help.key == wanted);
    exact.as_deref().and_then(find).or_else(|| find(said))
}

/// Codes that share advice, the advice in English and in Chinese.
type Table = &'static [(&'static [&'static str], &'static str, &'static str)];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_has_one_line_of_advice_in_both_languages() {
        for code in [Code::RemoteApi, Code::RemoteErrcode] {
            let mut seen = std::collections::BTreeSet::new();
            for help in remote_help(code) {
                assert!(seen.insert(help.key), "{} twice", help.key);
                assert!(
                    !help.help.is_empty() && !help.help.contains('\n') && !help.help.ends_with('.'),
                    "{}",
                    help.key
                );
                assert!(help.help_zh.chars().any(|c| c > '\u{4dff}'), "{} has no Chinese advice", help.key);
            }
        }
    }

    /// What people meet, by the official tables: errors of the account gateway's invoice calls, and of the payment gateway.
    const MET: [(Code, &str); 2] = [
        (
            Code::RemoteErrcode,
            "1 40078 40127 49004 61007 72010 72013 72015 72017 72018 72023 72024 72025 72027 72028 72029 72030 72031 72035 72036 \
             72037 72038 72039 72040 72041 72042 72043 72044 72045 72046 72047 72048 72049 72050 72051 72052 72053 72054 72055 \
             72056 72057 72058 72059 72060 72061 72062 72063 72064 72065 72067 72068 72069 72082 73000 73001 73002 73003 73004 \
             73005 73006 73007 73008 73009 73010 73011 73012 73013 73014 73015 73016 73100 73101 73104 73105 73106 73107 73108 \
             73109 73200 73201 73202 73203 73204",
        ),
        (
            Code::RemoteApi,
            "PARAM_ERROR INVALID_REQUEST SIGN_ERROR NO_AUTH NOT_FOUND RESOURCE_NOT_EXISTS RESOURCE_ALREADY_EXISTS \
             FREQUENCY_LIMITED RATELIMIT_EXCEEDED SYSTEM_ERROR SERVICE_UNAVAILABLE",
        ),
    ];

    #[test]
    fn each_code_that_people_meet_has_a_cure_that_is_not_its_name() {
        for (code, met) in MET {
            for said in met.split_whitespace() {
                let remote = RemoteError { code: Some(said.to_owned()), ..RemoteError::default() };
                let help = find(code, &remote);
                let cure = help.is_some_and(|help| help.help.contains(' ') && !help.help.contains(said));
                assert!(cure && help.is_some_and(|help| help.help_zh.chars().count() >= 6), "{said}: {help:?}");
            }
        }
    }

    #[test]
    fn the_field_decides_between_causes_of_one_code() {
        let remote = |field: Option<&str>| RemoteError {
            code: Some("SIGN_ERROR".to_owned()),
            field: field.map(str::to_owned),
            ..RemoteError::default()
        };
        let key = |field| find(Code::RemoteApi, &remote(field)).unwrap().key;
        assert_eq!(key(Some("serial_no")), "SIGN_ERROR:serial_no");
        assert_eq!(key(Some("another")), "SIGN_ERROR");
        assert_eq!(key(None), "SIGN_ERROR");
    }
}
