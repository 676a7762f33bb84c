//! WeChat Pay v3 e-fapiao: one file per call, named after its path.

mod digital;
pub mod types;

use crate::calls::calls;

calls! {
    card_template::CardTemplate { CardTemplateInformation, CustomCell, CardTemplateAnswer },
    update_development_config::UpdateDevelopmentConfig {},
    development_config::DevelopmentConfig { DevelopmentConfigAnswer },
    check::Check {},
    check_status::CheckStatus { CheckStatusAnswer, ThirdMode, DigitalTaxMode, BillingPerson, AbilityInfo },
    sp_invite_url::SpInviteUrl { SpInviteUrlAnswer },
    sp_invite_mch_info::SpInviteMchInfo { SpInviteMchInfoAnswer, MchInviteResult },
    title_url::TitleUrl { TitleUrlAnswer },
    user_title::UserTitle {},
    base_information::BaseInformation { BaseInformationAnswer },
    tax_codes::TaxCodes { TaxCodesAnswer, TaxCode },
    issue::Issue { FapiaoToIssue, LineToIssue },
    issue_general::IssueGeneral { GeneralFapiao, GeneralLine, Transaction },
    issue_real_estate_leasing::IssueRealEstateLeasing { RealEstateFapiao, RealEstateLine, RealEstateLeasingInformation },
    issue_refined_oil::IssueRefinedOil { OilFapiao, OilLine, RefinedOilInformation },
    issue_passenger_transport::IssuePassengerTransport { PassengerFapiao, PassengerLine, PassengerInformation },
    query::Query { QueryAnswer, Fapiao, FapiaoNumber, CardInformation },
    reverse::Reverse { FapiaoToReverse },
    fapiao_files::FapiaoFiles { FapiaoFilesAnswer, FapiaoDownloadInfo },
    download_file::DownloadFile { QueryPair },
    upload_file::UploadFile { UploadFileAnswer },
    insert_cards::InsertCards { FapiaoCard },
    certificates::Certificates { CertificatesAnswer, PlatformCertificate, AlgorithmType },
}
