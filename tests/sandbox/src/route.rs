//! The list of calls and how a request finds its own.

use percent_encoding::percent_decode_str;

use crate::{
    account::{self, AccountRoute},
    exchange::{Answer, Arrival},
    pay::{self, PayRoute},
    sandbox::Sandbox,
};

/// One call: where it is and which side of the gateway takes it.
#[derive(Debug)]
pub(crate) struct Route {
    pub(crate) method: &'static str,
    /// Path with `{name}` for parameters.
    pub(crate) path: &'static str,
    pub(crate) door: Door,
}

/// A side of the gateway.
#[derive(Debug)]
pub(crate) enum Door {
    /// Signed both ways.
    Pay(PayRoute),
    /// A file by its link: unsigned both ways.
    File(fn(&Sandbox, &Arrival) -> Answer),
    /// The Official Account side: HTTP 200 and an errcode.
    Account(AccountRoute),
}

/// What a request's path says.
#[derive(Debug)]
pub(crate) enum Found {
    Route(&'static Route, Vec<(String, String)>),
    /// The path exists, the method does not.
    OtherMethod(&'static Route),
    Nothing,
}

/// Every call the sandbox plays.
pub(crate) fn all() -> impl Iterator<Item = &'static Route> {
    pay::ROUTES.into_iter().chain(account::ROUTES).flatten().copied()
}

/// Finds the call of a request.
///
/// A literal path wins over one with a parameter, as `issue-general` is also in the place of an application's id.
pub(crate) fn find(arrival: &Arrival) -> Found {
    let matching = || all().filter_map(|route| parameters(route.path, arrival.path()).map(|found| (route, found)));
    let best = matching().filter(|(route, _)| route.method == arrival.method).min_by_key(|(_, found)| found.len());
    match (best, matching().next()) {
        (Some((route, found)), _) => Found::Route(route, found),
        (None, Some((route, _))) => Found::OtherMethod(route),
        (None, None) => Found::Nothing,
    }
}

fn parameters(template: &str, path: &str) -> Option<Vec<(String, String)>> {
    let (wanted, sent): (Vec<_>, Vec<_>) = (template.split('/').collect(), path.split('/').collect());
    if wanted.len() != sent.len() {
        return None;
    }
    let mut found = Vec::new();
    for (want, segment) in wanted.iter().zip(sent) {
        match want.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            Some(name) => found.push((name.to_owned(), percent_decode_str(segment).decode_utf8().ok()?.into_owned())),
            None if *want == segment => {}
            None => return None,
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_parameters_are_decoded_and_literals_must_match() {
        assert_eq!(parameters("/a/{id}/b", "/a/x%7Cy/b"), Some(vec![("id".to_owned(), "x|y".to_owned())]));
        assert_eq!(parameters("/a/{id}/b", "/a/x/c"), None);
        assert_eq!(parameters("/a/{id}", "/a/x/c"), None);
    }
}
