//! What every caller can do with an operation: fix it at a moment, or have it driven.

use super::{Account, Component, Direct, MayBeMadeBy, Partner, SubMerchant};
use crate::error::{Code, Error, Result};
use crate::flow::Flow;
use crate::identity::Identity;
use crate::moment::Moment;
use crate::operation::Operation;
use crate::protocol::{Draft, Pending};
use std::sync::Arc;

macro_rules! caller {
    ($($name:ident),+) => {$(
        impl $name {
            /// Fixes an operation at a moment. Pure: the same operation and moment give the same bytes.
            ///
            /// # Errors
            /// `input.*` naming the field at fault; nothing is sent, nothing is kept.
            pub fn prepare<O: Operation + MayBeMadeBy<Self>>(&self, operation: O, moment: Moment) -> Result<Pending<O::Answer>> {
                Pending::new(Arc::new(draft(&self.0, &operation)?), moment)
            }

            /// Drives an operation through signing, sending, verifying and, where that is right, repeating.
            ///
            /// # Errors
            /// `input.*` naming the field at fault; nothing is sent, nothing is kept.
            pub fn flow<O: Operation + MayBeMadeBy<Self>>(&self, operation: O) -> Result<Flow<O::Answer>> {
                Ok(Flow::new(draft(&self.0, &operation)?))
            }
        }
    )+};
}

caller!(Direct, Partner, SubMerchant, Account, Component);

fn draft<O: Operation>(identity: &Arc<Identity>, operation: &O) -> Result<Draft> {
    let payload =
        serde_json::to_string(operation).map_err(|_| Error::new(Code::InputJson, "the operation has no JSON form"))?;
    Draft::new(identity, O::CALL, &payload, operation.attachment())
}
