//! Derives the catalogue entry, serde code and constructor of a call.
