//! Official Account invoices and tokens: one file per call, named after its path.

pub mod types;

use crate::calls::calls;

calls! {
    stable_token::StableToken { StableTokenAnswer },
    component_token::ComponentToken { ComponentTokenAnswer },
    preauth_code::PreauthCode { PreauthCodeAnswer },
    query_auth::QueryAuth { QueryAuthAnswer, AuthorizationInfo },
    authorizer_token::AuthorizerToken { AuthorizerTokenAnswer },
    get_ticket::GetTicket { GetTicketAnswer },
    get_auth_url::GetAuthUrl { GetAuthUrlAnswer },
    get_auth_data::GetAuthData { GetAuthDataAnswer },
    reject_insert::RejectInsert {},
    set_auth_field::SetAuthField {},
    get_auth_field::GetAuthField { GetAuthFieldAnswer },
    set_pay_mch::SetPayMch {},
    get_pay_mch::GetPayMch { GetPayMchAnswer },
    set_contact::SetContact {},
    get_contact::GetContact { GetContactAnswer },
    set_url::SetUrl { SetUrlAnswer },
    create_card::CreateCard { CreateCardAnswer, InvoiceTemplate, TemplateBase },
    set_pdf::SetPdf { SetPdfAnswer },
    get_pdf::GetPdf { GetPdfAnswer },
    download_pdf::DownloadPdf {},
    insert::Insert { InsertAnswer, CardExt, UserCard, InvoiceUserData, InvoiceUserLine },
    update_status::UpdateStatus {},
    get_invoice_info::GetInvoiceInfo { GetInvoiceInfoAnswer },
    get_invoice_batch::GetInvoiceBatch { GetInvoiceBatchAnswer },
    update_invoice_status::UpdateInvoiceStatus {},
    update_status_batch::UpdateStatusBatch {},
    get_user_title_url::GetUserTitleUrl { GetUserTitleUrlAnswer },
    get_select_title_url::GetSelectTitleUrl { GetSelectTitleUrlAnswer },
    scan_title::ScanTitle { ScanTitleAnswer },
    consume_card::ConsumeCard { ConsumeCardAnswer, ConsumedCard },
}
