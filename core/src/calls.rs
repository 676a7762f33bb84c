//! A family's list of calls, and what follows from it.

use crate::operation::Operation;

/// Something done with an operation by its type, when only its name is known.
pub trait Visitor {
    /// What comes of it.
    type Output;

    /// Does it.
    fn visit<O: Operation>(self) -> Self::Output;
}

/// Writes a family's list: modules, public types, catalogue entries, and dispatch by name.
macro_rules! calls {
    ($($module:ident :: $operation:ident { $($answer:ident),* },)+) => {
        $(mod $module; pub use $module::{$operation, $($answer),*};)+

        /// The calls of this family, in the official order.
        pub(crate) const CALLS: &[&crate::schema::Call] = &[$(<$operation as crate::Operation>::CALL,)+];

        /// Has the operation of that name visited.
        pub(crate) fn visit<V: crate::calls::Visitor>(name: &str, visitor: V) -> Option<V::Output> {
            $(if name == <$operation as crate::Operation>::CALL.name {
                return Some(visitor.visit::<$operation>());
            })+
            None
        }
    };
}

pub(crate) use calls;
