//! Names the field somebody probably meant.

use crate::error::{Code, Error};

/// `input.unknown`, with the nearest name there is.
pub(crate) fn unknown_field(name: &str, names: impl Iterator<Item = &'static str>, path: &str) -> Error {
    // A key comes from the program, yet a program can be fed by others: keep what is shown short and printable.
    let shown: String = name.chars().take(64).filter(|character| !character.is_control()).collect();
    let nearest = names
        .map(|candidate| (strsim::levenshtein(&shown, candidate), candidate))
        .min()
        .filter(|(distance, candidate)| distance.saturating_mul(2) <= candidate.len());
    let message = match nearest {
        Some((_, candidate)) => format!("`{shown}` is not a field here; did you mean `{candidate}`?"),
        None => format!("`{shown}` is not a field here"),
    };
    Error::new(Code::InputUnknown, message).at(format!("{path}/{shown}"))
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
