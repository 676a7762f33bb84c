//! Pages of a list.

use crate::codec::Extra;
use fapiao_derive::Fields;

/// The pages around one page of a list, as targets of requests.
#[derive(Clone, Default, Fields)]
#[non_exhaustive]
pub struct Links {
    /// The next page.
    pub next: Option<String>,
    /// The page before.
    pub prev: Option<String>,
    /// This page.
    pub self_: Option<String>,
    /// Fields newer than this release.
    pub extra: Extra,
}
