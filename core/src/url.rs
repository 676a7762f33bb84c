//! The parts of an absolute URL, as far as hosts and download links need them. A general parser brings more than wasm users should download.

/// An `http:` or `https:` URL. What follows a `#` never travels and is not in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Url<'a> {
    pub(crate) scheme: Scheme,
    /// Host and port, and whatever stands before an `@`.
    pub(crate) authority: &'a str,
    /// The host alone, an IPv6 address in its brackets.
    pub(crate) host: &'a str,
    /// Path and query as written; can be empty, or begin with the query.
    pub(crate) target: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    Http,
    Https,
    Other,
}

impl Scheme {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Scheme::Http => "http",
            Scheme::Https => "https",
            Scheme::Other => "",
        }
    }
}

/// Longest URL, bytes: what HTTP libraries take.
const MAX_BYTES: usize = 65_534;

impl<'a> Url<'a> {
    /// `None` for anything but an absolute URL of visible ASCII.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        let visible = |byte: u8| matches!(byte, b'!'..=b'~') && !matches!(byte, b'"' | b'<' | b'>' | b'`');
        if text.len() > MAX_BYTES || !text.bytes().all(visible) {
            return None;
        }
        let text = text.split('#').next()?;
        let (scheme, rest) = text.split_once("://")?;
        let (authority, target) = rest.split_at_checked(rest.find(['/', '?']).unwrap_or(rest.len()))?;
        let scheme = match scheme.to_ascii_lowercase().as_str() {
            "http" => Scheme::Http,
            "https" => Scheme::Https,
            _ => Scheme::Other,
        };
        let host = host(authority)?;
        Some(Self { scheme, authority, host, target })
    }
}

/// The host of an authority whose characters no HTTP library reads in another way.
fn host(authority: &str) -> Option<&str> {
    if authority.contains('@') {
        return Some(authority);
    }
    let end = if authority.starts_with('[') {
        authority.find(']')?.checked_add(1)?
    } else {
        authority.find(':').unwrap_or(authority.len())
    };
    let (host, port) = authority.split_at_checked(end)?;
    let inside = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    let allowed = match inside {
        Some(address) => address.bytes().all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.')),
        None => host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_')),
    };
    // `parse` takes a sign as well.
    let number = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok();
    let numbered = port.is_empty() || port.strip_prefix(':').is_some_and(number);
    (!host.is_empty() && allowed && numbered).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn parts_stand_where_they_are_expected() {
        let url = Url::parse("HTTPS://a.example:8443/b%20c?d=e#f").unwrap();
        assert_eq!(
            (url.scheme, url.authority, url.host, url.target),
            (Scheme::Https, "a.example:8443", "a.example", "/b%20c?d=e")
        );
        let url = Url::parse("http://[::1]:80?x").unwrap();
        assert_eq!((url.scheme, url.host, url.target), (Scheme::Http, "[::1]", "?x"));
        for none in [
            "",
            "a",
            "//a/b",
            "https://",
            "https:///b",
            "https://a b/",
            "https://a\\b/",
            "https://a:b/",
            "https://a:70000",
            "https://a:+443/",
            "https://a:-0/",
            "https://中/",
            "https://[::1/",
        ] {
            assert_eq!(Url::parse(none), None, "{none}");
        }
    }

    proptest! {
        #[test]
        fn what_is_taken_another_parser_reads_the_same(text in "(?i)(https?|ftp)://[a-z0-9.:\\[\\]@\\\\_-]{0,12}[/?#a-z0-9%&=@:\\\\|{}\"-]{0,20}") {
            if let Some(url) = Url::parse(&text).filter(|url| !url.authority.contains('@')) {
                let other: http::Uri = text.parse().unwrap();
                prop_assert_eq!(other.authority().map(http::uri::Authority::as_str), Some(url.authority));
                prop_assert_eq!(other.host(), Some(url.host));
                if url.scheme != Scheme::Other {
                    prop_assert_eq!(other.scheme_str(), Some(url.scheme.as_str()));
                }
                let target = other.path_and_query().map_or("", |target| target.as_str());
                prop_assert_eq!(target.trim_start_matches('/'), url.target.trim_start_matches('/'));
            }
        }
    }
}
