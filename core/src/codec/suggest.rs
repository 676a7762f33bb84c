//! "Did you mean …?"

use super::validate;
use crate::error::{Code, Error};

/// `input.unknown`, with the nearest name there is.
pub(crate) fn unknown_field(name: &str, names: impl Iterator<Item = &'static str>, path: &str) -> Error {
    let shown = shown(name);
    let what = format!("is not a field here{}", suggestion(&shown, names));
    validate::member(Code::InputUnknown, path, &shown, &what)
}

/// `input.call`, with the nearest name there is.
pub(crate) fn unknown_call(name: &str, names: impl Iterator<Item = &'static str>) -> Error {
    let shown = shown(name);
    Error::new(Code::InputCall, format!("`{shown}` is not a call{}", suggestion(&shown, names))).at("call")
}

/// `input.config`, with the nearest name there is.
pub(crate) fn unknown_entry(name: &str, names: impl Iterator<Item = &'static str>) -> Error {
    let shown = shown(name);
    let message = format!("`{shown}` is not an entry of the configuration{}", suggestion(&shown, names));
    Error::new(Code::InputConfig, message).at(shown)
}

/// A name comes from the program, yet a program can be fed by others: what is shown is short and printable.
pub(super) fn shown(name: &str) -> String {
    name.chars().take(64).filter(|character| !character.is_control()).collect()
}

fn suggestion(name: &str, names: impl Iterator<Item = &'static str>) -> String {
    names
        .map(|candidate| (strsim::levenshtein(name, candidate), candidate))
        .min()
        .filter(|(distance, candidate)| distance.saturating_mul(2) <= candidate.len())
        .map(|(_, candidate)| format!("; did you mean `{candidate}`?"))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_offered_and_a_far_one_is_not() {
        let names = || ["fapiao_apply_id", "openid"].into_iter();
        assert!(unknown_field("fapiao_applyid", names(), "").message().contains("did you mean `fapiao_apply_id`?"));
        assert!(!unknown_field("zzz", names(), "").message().contains("did you mean"));
    }
}
