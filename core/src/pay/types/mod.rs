//! Objects and values that several calls share.

mod buyer;
mod line;
mod links;
mod opening;
mod party;
mod transport;
mod values;

pub use buyer::BuyerInformation;
pub use line::FapiaoLine;
pub use links::Links;
pub use opening::{
    AbilityStatus, DigitalTaxStatus, FapiaoAbilityType, FapiaoMode, InviteFailedCode, MchInviteStatus, OperationType,
    ThirdModeStatus,
};
pub use party::{ExtraInformation, SellerInformation};
pub use transport::{CertificateType, TransportationClass, TransportationType};
pub use values::{
    BuyerType, CardStatus, FapiaoBillType, FapiaoStatus, FileType, OilUnit, PayChannel, Scene, TaxPreferMark,
    TitleSource,
};
