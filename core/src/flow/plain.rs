//! Needs, results and answers without the types of the `http` crate, as the flow itself has them.

use super::need;
use crate::protocol::{Incoming, Outgoing};

pub(super) type NeedKind = need::NeedKind<Outgoing>;
pub(super) type NeedResult = need::NeedResult<Incoming>;
/// An answer whose type the flow's caller knows.
pub(crate) type Untyped = ();
