//! WeChat electronic invoices without I/O.
