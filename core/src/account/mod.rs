//! Official Account invoices and tokens: one file per call, named after its path.

use crate::calls::calls;

calls! {
    stable_token::StableToken { StableTokenAnswer },
    set_pdf::SetPdf { SetPdfAnswer },
    get_pdf::GetPdf { GetPdfAnswer },
    download_pdf::DownloadPdf {},
}
