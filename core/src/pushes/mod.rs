//! Events that are pushed to the server of an Official Account, a mini program or a third-party platform: XML or JSON, plain or
//! encrypted. [Official page](https://developers.weixin.qq.com/doc/oplatform/developers/dev/push/encryption.html)

mod body;
mod content;
mod encoding_aes_key;
mod event;
mod query;
mod receiver;
mod reception;
mod xml;

pub use content::{
    CONTENTS, ComponentVerifyTicketPush, InvoiceResultPush, PushContent, PushEventType, SubmitInvoiceTitlePush,
    UpdateInvoiceStatusPush, UserAuthorizeInvoicePush,
};
pub use event::{PushEvent, TicketToKeep};
pub use receiver::{Push, PushReceiver};
pub use reception::{PushAnswer, PushReception};
