//! The static table and the constructor.

use crate::parse::Struct;
use proc_macro2::TokenStream;
use quote::quote;

/// Most arguments a constructor may have; above it a struct literal reads better.
const MOST_ARGUMENTS: usize = 4;

/// `impl X { pub const TABLE }`, with the fields core supplies before or after, as the official tables have them.
pub(crate) fn code(item: &Struct, before: &[TokenStream], after: &[TokenStream]) -> TokenStream {
    let name = &item.name;
    let (text, doc) = (name.to_string(), &item.doc);
    let fields = item.fields.iter().map(|field| {
        let (wire, inner, doc, builders) = (&field.wire, &field.inner, &field.doc, &field.builders);
        let always = if field.optional { quote!() } else { quote!(.always()) };
        let field_type = quote!(<#inner as crate::codec::FieldType>);
        quote!(Field::new(#wire, #field_type::KIND, #doc).unit(#field_type::UNIT) #always #builders)
    });
    let checks = &item.checks;
    let errcode = item.has_errcode.then(|| {
        quote! {
            Field::new("errcode", Kind::Integer, "0: an answer with another one is an error."),
            Field::new("errmsg", Kind::Text, "What goes with it; not always `ok`."),
        }
    });
    quote! {
        #[automatically_derived]
        impl #name {
            /// The official table as data.
            pub const TABLE: &'static crate::schema::Table = {
                #[allow(unused_imports, reason = "not every table uses each of them")]
                use crate::schema::{Charset, Check, Field, FilledBy, Generations, Kind, QueryList, Unit};
                &crate::schema::Table {
                    name: crate::schema::prose(#text),
                    doc: crate::schema::prose(#doc),
                    fields: &[#errcode #(#before,)* #(#fields,)* #(#after,)*],
                    checks: &[#(Check::#checks,)*],
                }
            };
        }

        #[automatically_derived]
        impl crate::codec::FieldType for #name {
            const KIND: crate::schema::Kind = crate::schema::Kind::Object(Self::TABLE);
        }
    }
}

/// `X::new(required fields…)`, where they are few enough.
pub(crate) fn constructor(item: &Struct) -> TokenStream {
    let required: Vec<_> = item.fields.iter().filter(|field| !field.optional).collect();
    if required.len() > MOST_ARGUMENTS {
        return quote!();
    }
    let name = &item.name;
    let (idents, types): (Vec<_>, Vec<_>) = required.iter().map(|field| (&field.ident, &field.ty)).unzip();
    let (file_argument, file) =
        if item.has_file { (quote!(file: crate::protocol::Attachment), quote!(file,)) } else { (quote!(), quote!()) };
    let extra = if item.keeps_extra { quote!(extra: crate::codec::Extra::default(),) } else { quote!() };
    let optional = item.fields.iter().filter(|field| field.optional).map(|field| &field.ident);
    quote! {
        #[automatically_derived]
        impl #name {
            /// With the required fields; the optional ones are public.
            pub fn new(#(#idents: impl Into<#types>,)* #file_argument) -> Self {
                Self { #(#idents: #idents.into(),)* #(#optional: None,)* #file #extra }
            }
        }
    }
}

/// `impl Debug`, without the values of sensitive fields.
pub(crate) fn debug(item: &Struct) -> TokenStream {
    let name = &item.name;
    let text = name.to_string();
    let fields = item.fields.iter().map(|field| {
        let (ident, wire) = (&field.ident, &field.wire);
        match (field.sensitive, field.optional) {
            (false, _) => quote!(.field(#wire, &self.#ident)),
            (true, false) => quote!(.field(#wire, &crate::secret::Redacted)),
            (true, true) => quote!(.field(#wire, &self.#ident.as_ref().map(|_| crate::secret::Redacted))),
        }
    });
    let file = item.has_file.then(|| quote!(.field("file", &self.file)));
    let extra = item.keeps_extra.then(|| quote!(.field("extra", &self.extra)));
    quote! {
        impl core::fmt::Debug for #name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.debug_struct(#text) #(#fields)* #file #extra .finish()
            }
        }
    }
}

/// `impl Reply`: what keeps unknown fields is an answer.
pub(crate) fn reply(item: &Struct) -> TokenStream {
    if !item.keeps_extra {
        return quote!();
    }
    let name = &item.name;
    quote! {
        #[automatically_derived]
        impl crate::protocol::Reply for #name {
            fn read(verified: &crate::protocol::Verified<Self>) -> crate::error::Result<Self> {
                verified.json(Self::TABLE)
            }
        }
    }
}
