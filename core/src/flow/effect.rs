//! Whether a call took effect, and whether its request may be sent again.

/// Whether a call took effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It did. Of a 202: the gateway has taken it on.
    Yes,
    /// It did not; or, of a call that may be repeated at will, whatever it did makes no difference.
    No,
    /// Nobody knows yet.
    Unknown,
}

impl Effect {
    /// The effect as text.
    pub const fn as_str(self) -> &'static str {
        match self {
            Effect::Yes => "yes",
            Effect::No => "no",
            Effect::Unknown => "unknown",
        }
    }
}

/// Whether and how the same request may be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resend {
    /// Not as it is.
    No,
    /// At once.
    Now,
    /// At once, at the other host: this one cannot be reached.
    OtherHost,
    /// After waiting, twice as long each time.
    Later,
}

impl Resend {
    /// The resend rule as text.
    pub const fn as_str(self) -> &'static str {
        match self {
            Resend::No => "no",
            Resend::Now => "now",
            Resend::OtherHost => "other_host",
            Resend::Later => "later",
        }
    }
}
