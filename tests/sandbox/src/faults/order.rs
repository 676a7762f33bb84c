//! An order for a fault, as it comes over the control API or the command line.

use serde::{Deserialize, Serialize};

use super::catalogue::{Fault, find};
use super::rules::Facts;
use crate::{exchange::Host, keys::Signer};

/// Which fault, how often, on which requests.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Order {
    pub(crate) fault: String,
    /// How often it strikes; null until it is cleared.
    #[serde(default = "once")]
    pub(crate) count: Option<u64>,
    /// Strikes each so-many-th matching request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) every: Option<u64>,
    /// Part of the target a request must hold, or of the event type of a notification.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    listener: Option<Host>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) seconds: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) millis: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) when: Option<When>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) key: Option<Signer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) errcode: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) body: Option<ProxyBody>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) request_id: Option<bool>,
}

/// What an intermediary writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ProxyBody {
    Html,
    Json,
    Empty,
    Gateway,
}

/// Whether an error hides a call that took effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum When {
    Before,
    After,
}

impl Order {
    /// Reads `NAME`, `NAME:COUNT` or `NAME:always`.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let (name, count) = text.split_once(':').unwrap_or((text, "1"));
        let count = match count {
            "always" => serde_json::Value::Null,
            digits => digits.parse::<u64>().map_err(|_| format!("{digits:?} is no count"))?.into(),
        };
        let order: Self = serde_json::from_value(serde_json::json!({"fault": name, "count": count}))
            .map_err(|error| error.to_string())?;
        order.kind().map(|_| order.clone())
    }

    /// The fault it names, if its parameters are that fault's.
    pub(crate) fn kind(&self) -> Result<&'static Fault, String> {
        let kind = find(&self.fault).ok_or_else(|| format!("no fault is called {:?}", self.fault))?;
        let given = [
            ("seconds", self.seconds.is_some()),
            ("status", self.status.is_some()),
            ("millis", self.millis.is_some()),
            ("when", self.when.is_some()),
            ("key", self.key.is_some()),
            ("errcode", self.errcode.is_some()),
            ("code", self.code.is_some()),
            ("body", self.body.is_some()),
            ("request_id", self.request_id.is_some()),
        ];
        if let Some((name, _)) = given.iter().find(|(name, given)| *given && !kind.parameters.contains(name)) {
            return Err(format!("{} takes no parameter {name}", kind.name));
        }
        let statuses = match kind.name {
            "proxy" => 200..=599,
            "refuse" => 400..=599,
            _ => 500..=599,
        };
        if self.status.is_some_and(|status| !statuses.contains(&status)) {
            return Err(format!("status must be between {} and {}", statuses.start(), statuses.end()));
        }
        if kind.name == "refuse" && (self.status.is_none() || self.code.is_none()) {
            return Err("refuse needs status and code".to_owned());
        }
        if self.seconds.is_some_and(|seconds| kind.name != "skew" && seconds < 0) {
            return Err("seconds must be at least 0".to_owned());
        }
        if self.every == Some(0) {
            return Err("every must be at least 1".to_owned());
        }
        Ok(kind)
    }

    /// How late a request arrives, in milliseconds; none if it is on time.
    pub(crate) fn lateness(&self) -> Option<i64> {
        let late = self.seconds.unwrap_or_default().saturating_mul(1000);
        let rest = self
            .millis
            .map_or(if self.seconds.is_none() { 1000 } else { 0 }, |millis| i64::try_from(millis).unwrap_or(i64::MAX));
        (self.fault == "late").then(|| late.saturating_add(rest))
    }

    /// How long a notification waits at most to be overtaken, in milliseconds; none if it does not wait.
    pub(crate) fn hold(&self) -> Option<i64> {
        (self.fault == "callback_held").then(|| self.seconds.unwrap_or(60).saturating_mul(1000))
    }

    /// Whether a request or notification is one of those the order means.
    pub(crate) fn means(&self, facts: Facts<'_>) -> bool {
        self.path.as_ref().is_none_or(|part| facts.target.contains(part))
            && self.method.as_ref().is_none_or(|method| method.eq_ignore_ascii_case(facts.method))
            && self.listener.is_none_or(|host| facts.listener == Some(host))
    }
}

#[expect(clippy::unnecessary_wraps, reason = "serde takes defaults in the type of the field")]
fn once() -> Option<u64> {
    Some(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_form_names_fault_and_count() {
        assert_eq!(Order::parse("probe").unwrap().count, Some(1));
        assert_eq!(Order::parse("probe:3").unwrap().count, Some(3));
        assert_eq!(Order::parse("probe:always").unwrap().count, None);
        assert!(Order::parse("prob").is_err() && Order::parse("probe:x").is_err());
    }

    #[test]
    fn parameters_of_other_faults_are_refused() {
        let order: Order = serde_json::from_str(r#"{"fault":"probe","millis":5}"#).unwrap();
        assert!(order.kind().is_err());
    }
}
