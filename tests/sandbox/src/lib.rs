//! An offline WeChat gateway.
