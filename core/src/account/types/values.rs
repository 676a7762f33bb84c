//! Named values. All are open: a value that appears later is kept as it came.

use crate::codec::open_enum;

open_enum! {
    /// Where the authorisation link is opened.
    AuthSource {
        /// An app.
        App = "app",
        /// A page inside WeChat.
        Web = "web",
        /// A mini program.
        Wxa = "wxa",
        /// A page outside WeChat.
        Wap = "wap",
    }
}

open_enum! {
    /// Whether the user has authorised; the official list of values is not known.
    InvoiceAuthStatus {
        /// Authorised.
        AuthSuccess = "auth success",
        /// Not yet: ask again later.
        NeverAuth = "never auth",
    }
}

open_enum! {
    /// How far an invoice is in reimbursement.
    ReimburseStatus {
        /// Free: it can be handed in.
        Init = "INVOICE_REIMBURSE_INIT",
        /// Locked: it can't be handed in again.
        Lock = "INVOICE_REIMBURSE_LOCK",
        /// Reimbursed and out of the wallet, for good.
        Closure = "INVOICE_REIMBURSE_CLOSURE",
        /// Reversed or cancelled by the platform (冲红).
        Cancel = "INVOICE_REIMBURSE_CANCEL",
    }
}
