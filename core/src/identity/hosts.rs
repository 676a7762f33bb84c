//! Where calls go: the main host, the backup host, and the hosts files may come from.

use crate::error::{Code, Error, Result};
use crate::schema::System;
use crate::url::{Scheme, Url};

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
    #[must_use]
    pub fn allow_download(mut self, suffix: &str) -> Self {
        self.downloads.push(suffix.trim_start_matches('.').to_ascii_lowercase());
        self
    }

    /// Lets files come from these hosts only.
    #[cfg(test)]
    pub(crate) fn only_downloads<'a>(mut self, suffixes: impl Iterator<Item = &'a str>) -> Self {
        self.downloads.clear();
        suffixes.fold(self, Hosts::allow_download)
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
    let octet = |text: &str| text.parse::<u8>().is_ok();
    matches!(host, "localhost" | "[::1]")
        || (host.starts_with("127.") && host.split('.').count() == 4 && host.split('.').all(octet))
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
    fn a_look_alike_host_is_not_under_the_suffix() {
        let hosts = Hosts::of(System::Pay);
        assert!(hosts.allows_download("pay.wechatpay.cn") && hosts.allows_download("MP.weixin.qq.com"));
        assert!(!hosts.allows_download("evilwechatpay.cn") && !hosts.allows_download("wechatpay.cn.evil.com"));
    }
}
