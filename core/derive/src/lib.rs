//! Derives what follows from one written table: catalogue entry, serde code and constructor.
//!
//! Attributes are builder calls of `schema::Field` and `schema::Call` without the dot, so what an attribute may say is
//! documented and checked there: `#[field(query, max(32))]` becomes `.query().max(32)`. What `#[check(…)]` lists are values of
//! `schema::Check`.

mod operation;
mod parse;
mod serde_code;
mod table;

use parse::Struct;
use proc_macro::TokenStream;
use quote::quote;
use syn::{DeriveInput, parse_macro_input};

/// Derives table, serde code, `Debug` and `new` for an object inside a request or an answer.
#[proc_macro_derive(Fields, attributes(field, check, errcode))]
pub fn fields(input: TokenStream) -> TokenStream {
    expand(&parse_macro_input!(input as DeriveInput), |item| {
        let table = table::code(item, &[], &[]);
        let constructor = table::constructor(item);
        let serialize = serde_code::serialize(item);
        let deserialize = serde_code::deserialize(item);
        let (debug, reply) = (table::debug(item), table::reply(item));
        Ok(quote!(#debug #table #constructor #serialize #deserialize #reply))
    })
}

/// Derives catalogue entry, serialisation, `Debug` and `new` for a call's request.
#[proc_macro_derive(Operation, attributes(call, check, field))]
pub fn operation(input: TokenStream) -> TokenStream {
    expand(&parse_macro_input!(input as DeriveInput), |item| {
        let written = operation::Written::parse(item)?;
        let table = table::code(item, &written.before, &written.after);
        let constructor = table::constructor(item);
        let serialize = serde_code::serialize(item);
        let call = operation::code(item, &written)?;
        let debug = table::debug(item);
        Ok(quote!(#debug #table #constructor #serialize #call))
    })
}

fn expand(input: &DeriveInput, code: impl FnOnce(&Struct) -> syn::Result<proc_macro2::TokenStream>) -> TokenStream {
    Struct::parse(input).and_then(|item| code(&item)).unwrap_or_else(|error| error.to_compile_error()).into()
}
