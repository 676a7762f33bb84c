//! What every caller can do with an operation: fix it at a moment, or have it driven.

use crate::callers::{Account, Direct, MayBeMadeBy, Partner, SubMerchant};
use crate::error::Result;
use crate::flow::Flow;
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
                Pending::new(Arc::new(Draft::of(&self.0, &operation)?), moment)
            }

            /// Drives an operation through signing, sending, verifying and, where that is right, repeating.
            ///
            /// # Errors
            /// `input.*` naming the field at fault; nothing is sent, nothing is kept.
            pub fn flow<O: Operation + MayBeMadeBy<Self>>(&self, operation: O) -> Result<Flow<O::Answer>> {
                Ok(Flow::new(Draft::of(&self.0, &operation)?))
            }
        }
    )+};
}

caller!(Direct, Partner, SubMerchant, Account);
