//! Where calls go: the main host, the backup host, and the hosts files may come from.

use crate::error::{Code, Error, Result};
use crate::schema::System;
use crate::url::{Scheme, Url};
use core::net::Ipv4Addr;

/// Second-level names under which each country registers names for everybody.
const SHARED: [&str; 7] = ["com", "co", "net", "org", "gov", "edu", "ac"];

/// The hosts of one caller.
///
/// `http:` is taken for loopback only. [Official hosts](https://developers.weixin.qq.com/doc/service/Basic_Information/Interface_field_description.html)
#[derive(Clone, Debug)]
pub struct Hosts {
    main: String,
    backup: String,
    downloads: Vec<String>,
}

impl Hosts {
    /// The official hosts of a system.
    pub fn of(system: System) -> Self {
        let (main, backup) = match system {
            System::Pay => ("https://api.mch.weixin.qq.com", "https://api2.mch.weixin.qq.com"),
            System::Account => ("https://api.weixin.qq.com", "https://api2.weixin.qq.com"),
        };
        // Files: pay.wechatpay.cn for fapiao, mp.weixin.qq.com for invoice PDFs.
        let downloads = ["wechatpay.cn", "weixin.qq.com"].map(str::to_owned).to_vec();
        Self { main: main.to_owned(), backup: backup.to_owned(), downloads }
    }

    /// Other base URLs (scheme, host and port only): an egress proxy, another region, the sandbox.
    ///
    /// # Errors
    /// `input.config` for anything but `https://host[:port]`, or `http:` on loopback.
    pub fn at(mut self, main: &str, backup: &str) -> Result<Self> {
        self.main = base("main", main)?;
        self.backup = base("backup", backup)?;
        Ok(self)
    }

    /// Also lets files come from this host and every host under it, e.g. `example.com`.
    ///
    /// # Security
    /// A download link carries a token that opens somebody's invoice: allow only hosts the gateway really answers with.
    ///
    /// # Errors
    /// `input.config` for what is no host name, and for a name under which anybody can register one, e.g. `com`.
    pub fn allow_download(mut self, suffix: &str) -> Result<Self> {
        let host = suffix.strip_prefix('.').unwrap_or(suffix).to_ascii_lowercase();
        let wrong = |why: &str| Error::new(Code::InputConfig, format!("`{suffix}` {why}")).at("allow_downloads");
        if !is_host_name(&host) {
            return Err(wrong("is not the name of a host, such as files.example.com"));
        }
        if is_shared(&host) {
            return Err(wrong("would let files come from anybody: name the host"));
        }
        self.downloads.push(host);
        Ok(self)
    }

    /// Lets files come from these hosts only.
    #[cfg(test)]
    pub(crate) fn only_downloads<'a>(mut self, mut suffixes: impl Iterator<Item = &'a str>) -> Result<Self> {
        self.downloads.clear();
        suffixes.try_fold(self, Hosts::allow_download)
    }

    /// The base URL of a host.
    pub fn base(&self, host: Host) -> &str {
        match host {
            Host::Main => &self.main,
            Host::Backup => &self.backup,
        }
    }

    pub(crate) fn allows_download(&self, host: &str) -> bool {
        let host = host.to_ascii_lowercase();
        self.downloads.iter().any(|suffix| {
            host == *suffix || host.strip_suffix(suffix.as_str()).is_some_and(|before| before.ends_with('.'))
        })
    }
}

/// Which host a request goes to. A signature does not cover the host, so the same bytes go to either.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Host {
    /// The nearest access point.
    Main,
    /// The off-site access point, for when the main one cannot be reached.
    Backup,
}

impl Host {
    /// The host in words.
    pub const fn as_str(self) -> &'static str {
        match self {
            Host::Main => "main",
            Host::Backup => "backup",
        }
    }

    pub(crate) const fn other(self) -> Self {
        match self {
            Host::Main => Host::Backup,
            Host::Backup => Host::Main,
        }
    }
}

/// Whether a URL is `https:`, or `http:` on loopback.
pub(crate) fn is_secure(url: Url<'_>) -> bool {
    match url.scheme {
        Scheme::Https => true,
        Scheme::Http => is_loopback(url.host),
        Scheme::Other => false,
    }
}

fn is_loopback(host: &str) -> bool {
    matches!(host, "localhost" | "[::1]") || host.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback())
}

fn is_host_name(host: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let label = |label: &str| !label.is_empty() && label.bytes().all(allowed);
    is_loopback(host) || host.split('.').all(label)
}

/// Whether anybody can register a name under this one: a top-level domain, or one such as `com.cn`.
fn is_shared(host: &str) -> bool {
    if is_loopback(host) || host.parse::<Ipv4Addr>().is_ok() {
        return false;
    }
    let mut labels = host.split('.');
    match (labels.next(), labels.next(), labels.next()) {
        (Some(second), Some(country), None) => country.len() == 2 && SHARED.contains(&second),
        (_, None, _) => true,
        _ => false,
    }
}

fn base(name: &str, url: &str) -> Result<String> {
    let wrong =
        |why: &str| Error::new(Code::InputConfig, format!("the {name} base URL {why}")).at(format!("hosts.{name}"));
    let url = Url::parse(url).ok_or_else(|| wrong("is not a URL"))?;
    if url.authority.contains('@') {
        return Err(wrong("must not carry a user name"));
    }
    if !matches!(url.target, "" | "/") {
        return Err(wrong("must be scheme, host and port only: the path is signed"));
    }
    if !is_secure(url) {
        return Err(wrong("must be https (http is for loopback only)"));
    }
    Ok(format!("{}://{}", url.scheme.as_str(), url.authority))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_loopback_only() {
        let hosts = Hosts::of(System::Pay);
        assert!(hosts.clone().at("http://127.0.0.1:8080/", "http://[::1]:1").is_ok());
        for bad in ["http://example.com", "https://example.com/proxy", "https://u:p@example.com", "ftp://x", "x"] {
            let error = hosts.clone().at(bad, "https://example.com").unwrap_err();
            assert_eq!((error.code(), error.field()), (Code::InputConfig, Some("hosts.main")), "{bad}");
        }
    }

    #[test]
    fn loopback_is_an_address_not_a_text_that_looks_like_one() {
        let hosts = || Hosts::of(System::Pay);
        for bad in
            ["http://127.0.0.-0", "http://127.0.0.+1", "http://127.1.evil.example", "http://127.0.0.1.evil.example"]
        {
            assert!(hosts().at(bad, bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_suffix_that_anybody_can_register_under_is_refused() {
        let allow = |suffix: &str| Hosts::of(System::Pay).allow_download(suffix);
        for bad in
            ["", ".", " ", "com", "com.", "com.cn", ".co.uk", "a..b", "中国", "*.example.com", "https://example.com"]
        {
            let error = allow(bad).unwrap_err();
            assert_eq!((error.code(), error.field()), (Code::InputConfig, Some("allow_downloads")), "{bad}");
        }
        for good in ["example.com", ".example.com", "files.example.com", "qq.com", "localhost", "127.0.0.1"] {
            assert!(allow(good).is_ok(), "{good}");
        }
    }

    #[test]
    fn a_look_alike_host_is_not_under_the_suffix() {
        let hosts = Hosts::of(System::Pay);
        assert!(hosts.allows_download("pay.wechatpay.cn") && hosts.allows_download("MP.weixin.qq.com"));
        assert!(!hosts.allows_download("evilwechatpay.cn") && !hosts.allows_download("wechatpay.cn.evil.com"));
    }
}
