//! A key's name in any spelling names that key, or none.

use crate::fixtures::{ID, ring};
use fapiao::Code;
use proptest::prelude::*;

const MCHID: &str = "1900000001";
const NAMES: [&str; 3] = [ID, "7132D72A03E93CDDF8C03BBD1F37EEDF00000001", "7132D72A03E93CDDF8C03BBD1F37EEDF00000002"];

proptest! {
    #[test]
    fn any_case_and_any_leading_zeros_name_the_same_key(
        name in prop::sample::select(&NAMES),
        lower in prop::collection::vec(any::<bool>(), 48),
        zeros in 0_usize..40,
    ) {
        let cased = name.chars().zip(&lower).map(|(c, lower)| if *lower { c.to_ascii_lowercase() } else { c });
        let printed = format!("{}{}", "0".repeat(zeros), cased.collect::<String>());
        let ring = ring();
        prop_assert_eq!(ring.find(MCHID, &printed).unwrap().id(), name);
    }

    #[test]
    fn any_other_change_names_no_key(
        name in prop::sample::select(&NAMES),
        place: prop::sample::Index,
        with in "[0-9A-Fa-z_ \u{0}-\u{ff}]",
    ) {
        let place = place.index(name.len());
        let printed = format!("{}{with}{}", &name[..place], &name[place + 1..]);
        let same = |id: &str| id.eq_ignore_ascii_case(printed.trim_start_matches('0'));
        let ring = ring();
        match ring.find(MCHID, &printed) {
            Ok(key) => prop_assert!(same(key.id()), "{} is not {}", printed, key.id()),
            Err(error) => prop_assert_eq!(error.code(), Code::VerifyUnknownSerial),
        }
    }

    #[test]
    fn any_text_names_no_key(text in "\\PC{0,80}") {
        prop_assume!(!NAMES.contains(&text.as_str()));
        let error = ring().find(MCHID, &text).unwrap_err();
        prop_assert_eq!(error.code(), Code::VerifyUnknownSerial);
        let (_, shown) = &error.details()[1];
        prop_assert!(shown.len() <= 64 && shown.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'));
    }
}
