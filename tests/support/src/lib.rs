//! What the project's own programs share.

pub mod client;
pub mod gateway;
pub mod sample;
pub mod shell;
