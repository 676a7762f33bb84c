//! Callbacks of WeChat Pay: verified, decrypted, read, and told how to be answered.
//! [Official page](https://pay.weixin.qq.com/doc/v3/merchant/4012286057)

mod claim;
mod envelope;
mod event;
mod merchants;
mod receiver;
mod reception;

pub use claim::CallbackClaim;
pub use event::{CONTENTS, Event, EventFapiao, EventType, FapiaoEvent, Resource, UserApplied};
pub use receiver::{Receiver, Receives};
pub use reception::{CallbackAnswer, Reception};
