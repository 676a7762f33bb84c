//! Errors as data: a stable code, the field at fault, help, and nothing secret.

mod help;
mod registry;
mod remote;

pub use help::{RemoteHelp, remote_help};
pub use registry::Code;
pub use remote::RemoteError;

/// The result of everything here.
pub type Result<T> = core::result::Result<T, Error>;

/// Who has to act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Fault {
    /// The calling program passed something wrong.
    Caller,
    /// The gateway, or something posing as it, answered badly.
    Remote,
    /// The answer cannot be trusted.
    Integrity,
    /// Network, signer or machine.
    Environment,
}

impl Fault {
    /// The fault as text.
    pub const fn as_str(self) -> &'static str {
        match self {
            Fault::Caller => "caller",
            Fault::Remote => "remote",
            Fault::Integrity => "integrity",
            Fault::Environment => "environment",
        }
    }
}

/// What went wrong, as data. `Display` is one lower-case line without secrets or personal data.
#[derive(Clone, thiserror::Error)]
#[error("{}: {}", .0.code.as_str(), .0.message)]
pub struct Error(Box<Inner>);

#[derive(Clone, Debug)]
struct Inner {
    code: Code,
    message: String,
    field: Option<String>,
    details: Vec<(&'static str, String)>,
    remote: Option<RemoteError>,
}

impl Error {
    /// The stable code.
    pub fn code(&self) -> Code {
        self.0.code
    }

    /// Who has to act.
    pub fn fault(&self) -> Fault {
        self.0.code.fault()
    }

    /// What to do, one line of English: about what the gateway said where that is known, else about the code.
    pub fn help(&self) -> &'static str {
        self.remote_help().map_or(self.code().help(), |known| known.help)
    }

    /// The same, one line of Chinese.
    pub fn help_zh(&self) -> &'static str {
        self.remote_help().map_or(self.code().help_zh(), |known| known.help_zh)
    }

    /// What is known about the gateway's own code.
    pub fn remote_help(&self) -> Option<RemoteHelp> {
        help::find(self.code(), self.remote()?)
    }

    /// One line without the code, lower case.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The field (JSON pointer), header or configuration key at fault.
    pub fn field(&self) -> Option<&str> {
        self.0.field.as_deref()
    }

    /// Further facts, safe to log, in a fixed order.
    pub fn details(&self) -> &[(&'static str, String)] {
        &self.0.details
    }

    /// What the gateway said, when it said something. Its body is **not authenticated**.
    pub fn remote(&self) -> Option<&RemoteError> {
        self.0.remote.as_ref()
    }

    pub(crate) fn new(code: Code, message: impl Into<String>) -> Self {
        Self(Box::new(Inner { code, message: message.into(), field: None, details: Vec::new(), remote: None }))
    }

    pub(crate) fn at(mut self, field: impl Into<String>) -> Self {
        self.0.field = Some(field.into());
        self
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.0.details.push((name, value.into()));
        self
    }

    pub(crate) fn from_remote(code: Code, message: impl Into<String>, remote: RemoteError) -> Self {
        let mut error = Self::new(code, message);
        error.0.field.clone_from(&remote.field);
        error.0.remote = Some(remote);
        error
    }
}

impl core::fmt::Debug for Error {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Error")
            .field("code", &self.0.code.as_str())
            .field("message", &self.0.message)
            .field("field", &self.0.field)
            .field("details", &self.0.details)
            .field("remote", &self.0.remote)
            .finish()
    }
}
