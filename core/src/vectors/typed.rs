//! An answer by its type.

use crate::catalogue::{self, Visitor};
use crate::error::Result;
use crate::ffi::Response;
use crate::operation::Operation;
use crate::protocol::Verified;

/// Reads an answer as a Rust caller does.
pub(super) fn parse(call: &str, verified: Verified<Response>) -> Result<()> {
    catalogue::visit(call, Typed(verified)).expect("a call of the list")
}

struct Typed(Verified<Response>);

impl Visitor for Typed {
    type Output = Result<()>;

    fn visit<O: Operation>(self) -> Result<()> {
        self.0.retype::<O::Answer>().parse().map(drop)
    }
}
