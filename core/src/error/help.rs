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
