//! Official Account invoices and tokens: one file per call, named after its path.

macro_rules! calls {
    ($($module:ident :: $operation:ident { $($answer:ident),* },)+) => {
        $(mod $module; pub use $module::{$operation, $($answer),*};)+

        /// The calls of this family, in the official order.
        pub(crate) const CALLS: &[&crate::catalogue::Call] = &[$(<$operation as crate::Operation>::CALL,)+];
    };
}

calls! {
    stable_token::StableToken { StableTokenAnswer },
    set_pdf::SetPdf { SetPdfAnswer },
    get_pdf::GetPdf { GetPdfAnswer },
    download_pdf::DownloadPdf {},
}
