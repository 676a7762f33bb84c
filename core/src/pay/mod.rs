//! WeChat Pay v3 e-fapiao: one file per call, named after its path.

pub mod types;

macro_rules! calls {
    ($($module:ident :: $operation:ident { $($answer:ident),* },)+) => {
        $(mod $module; pub use $module::{$operation, $($answer),*};)+

        /// The calls of this family, in the official order.
        pub(crate) const CALLS: &[&crate::catalogue::Call] = &[$(<$operation as crate::Operation>::CALL,)+];
    };
}

calls! {
    title_url::TitleUrl { TitleUrlAnswer },
    issue::Issue { FapiaoToIssue, LineToIssue },
    issue_general::IssueGeneral { GeneralFapiao, GeneralLine, Transaction },
    query::Query { QueryAnswer, Fapiao, FapiaoNumber, CardInformation },
    fapiao_files::FapiaoFiles { FapiaoFilesAnswer, FapiaoDownloadInfo },
    download_file::DownloadFile { QueryPair },
    upload_file::UploadFile { UploadFileAnswer },
}
