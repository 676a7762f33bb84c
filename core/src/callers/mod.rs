//! The callers: who asks, with which keys, at which hosts. Values only.
//!
//! A call that a caller may not make does not compile. A service provider issues general invoices for a sub-merchant:
//!
//! ```
//! # fn issue(operation: fapiao::pay::IssueGeneral, moment: fapiao::Moment, caller: fapiao::SubMerchant) {
//! let pending = caller.prepare(operation, moment);
//! # }
//! ```
//!
//! A direct merchant does not:
//!
//! ```compile_fail,E0277
//! # fn issue(operation: fapiao::pay::IssueGeneral, moment: fapiao::Moment, caller: fapiao::Direct) {
//! let pending = caller.prepare(operation, moment);
//! # }
//! ```
//!
//! Nor does the provider for itself, and no merchant makes an account's call:
//!
//! ```compile_fail,E0277
//! # fn issue(operation: fapiao::pay::IssueGeneral, caller: fapiao::Partner) {
//! let flow = caller.flow(operation);
//! # }
//! ```
//!
//! ```compile_fail,E0277
//! # fn get(operation: fapiao::account::GetPdf, caller: fapiao::Direct) {
//! let flow = caller.flow(operation);
//! # }
//! ```

mod account;
mod hosts;
pub(crate) mod identity;
mod merchant;

pub use account::Account;
pub(crate) use hosts::is_loopback;
pub use hosts::{Host, Hosts};
pub use merchant::{Direct, MerchantConfig, Partner, SubMerchant};

use crate::error::Result;
use crate::flow::Flow;
use crate::moment::Moment;
use crate::operation::Operation;
use crate::protocol::{Draft, Pending};
use std::sync::Arc;

/// A call that such a caller may make. A call it may not make does not compile.
#[diagnostic::on_unimplemented(message = "`{Caller}` may not make the call `{Self}`")]
pub trait MayBeMadeBy<Caller> {}

macro_rules! caller {
    ($($name:ident),+) => {$(
        impl $name {
            /// Fixes an operation at a moment. Pure: the same operation and moment give the same bytes.
            ///
            /// # Errors
            /// `input.*` naming the field at fault; nothing is sent, nothing is kept.
            pub fn prepare<O: Operation + MayBeMadeBy<Self>>(&self, operation: O, moment: Moment) -> Result<Pending<O::Answer>> {
                Pending::new(Arc::new(Draft::of(&self.0, &operation)?), moment)
            }

            /// Drives an operation through signing, sending, verifying and, where that is right, repeating.
            ///
            /// # Errors
            /// `input.*` naming the field at fault; nothing is sent, nothing is kept.
            pub fn flow<O: Operation + MayBeMadeBy<Self>>(&self, operation: O) -> Result<Flow<O::Answer>> {
                Ok(Flow::new(Draft::of(&self.0, &operation)?))
            }
        }
    )+};
}

caller!(Direct, Partner, SubMerchant, Account);
