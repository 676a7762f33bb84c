//! Objects and values that several calls share.

mod buyer;
mod line;
mod party;
mod values;

pub use buyer::BuyerInformation;
pub use line::FapiaoLine;
pub use party::{ExtraInformation, SellerInformation};
pub use values::{
    BuyerType, CardStatus, FapiaoBillType, FapiaoStatus, FileType, PayChannel, Scene, TaxPreferMark, TitleSource,
};
