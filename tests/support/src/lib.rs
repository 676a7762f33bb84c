//! What the project's own programs share.

pub mod client;
pub mod gateway;
pub mod npm;
pub mod rustup;
pub mod sample;
pub mod save;
pub mod shell;
pub mod wheel;
