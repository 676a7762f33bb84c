//! Objects and values that several calls share.

mod buyer;
mod line;
mod party;
mod transport;
mod values;

pub use buyer::BuyerInformation;
pub use line::FapiaoLine;
pub use party::{ExtraInformation, SellerInformation};
pub use transport::{CertificateType, TransportationClass, TransportationType};
pub use values::{
    BuyerType, CardStatus, FapiaoBillType, FapiaoStatus, FileType, OilUnit, PayChannel, Scene, TaxPreferMark,
    TitleSource,
};
