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
mod merchant;
mod prepare;

pub use crate::identity::{Host, Hosts};
pub use account::{Account, Component};
pub use merchant::{Direct, MerchantConfig, Partner, SubMerchant};

/// A call that such a caller may make. A call it may not make does not compile.
#[diagnostic::on_unimplemented(message = "`{Caller}` may not make the call `{Self}`")]
pub trait MayBeMadeBy<Caller> {}
