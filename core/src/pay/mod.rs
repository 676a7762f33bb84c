//! WeChat Pay v3 e-fapiao: one file per call, named after its path.

pub mod types;

use crate::calls::calls;

calls! {
    title_url::TitleUrl { TitleUrlAnswer },
    user_title::UserTitle {},
    issue::Issue { FapiaoToIssue, LineToIssue },
    issue_general::IssueGeneral { GeneralFapiao, GeneralLine, Transaction },
    query::Query { QueryAnswer, Fapiao, FapiaoNumber, CardInformation },
    reverse::Reverse { FapiaoToReverse },
    fapiao_files::FapiaoFiles { FapiaoFilesAnswer, FapiaoDownloadInfo },
    download_file::DownloadFile { QueryPair },
    upload_file::UploadFile { UploadFileAnswer },
    certificates::Certificates { CertificatesAnswer, PlatformCertificate, AlgorithmType },
}
