//! Serde code: what `serde_derive` would make, plus unknown fields kept and numbers read from strings.

use crate::parse::Struct;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

/// `impl Serialize`: absent optional fields are left out, since the gateway refuses nulls.
pub(crate) fn serialize(item: &Struct) -> TokenStream {
    let name = &item.name;
    let entries = item.fields.iter().map(|field| {
        let (ident, wire) = (&field.ident, &field.wire);
        if field.optional {
            quote!(if let Some(value) = &self.#ident { map.serialize_entry(#wire, value)?; })
        } else {
            quote!(map.serialize_entry(#wire, &self.#ident)?;)
        }
    });
    let extra = if item.keeps_extra { quote!(self.extra.serialize_into(&mut map)?;) } else { quote!() };
    quote! {
        #[automatically_derived]
        impl serde::Serialize for #name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> core::result::Result<S::Ok, S::Error> {
                use serde::ser::SerializeMap as _;
                let mut map = serializer.serialize_map(None)?;
                #(#entries)*
                #extra
                map.end()
            }
        }
    }
}

/// `impl Deserialize`: the last of equal keys counts, unknown keys are kept or passed over.
pub(crate) fn deserialize(item: &Struct) -> TokenStream {
    let name = &item.name;
    let idents: Vec<_> = item.fields.iter().map(|field| &field.ident).collect();
    let slots: Vec<_> =
        idents.iter().map(|ident| format_ident!("slot_{}", ident.to_string().replace("r#", ""))).collect();
    let wires: Vec<_> = item.fields.iter().map(|field| &field.wire).collect();
    let inners: Vec<_> = item.fields.iter().map(|field| &field.inner).collect();
    let reads = item.fields.iter().zip(&inners).map(|(field, inner)| {
        if field.optional {
            quote!(<#inner as crate::codec::FieldType>::read_optional(&mut map)?)
        } else {
            quote!(Some(<#inner as crate::codec::FieldType>::read(&mut map)?))
        }
    });
    let values = item.fields.iter().zip(&slots).map(|(field, slot)| {
        let (ident, wire) = (&field.ident, &field.wire);
        if field.optional {
            quote!(#ident: #slot)
        } else {
            quote!(#ident: #slot.ok_or_else(|| serde::de::Error::missing_field(#wire))?)
        }
    });
    let errcode = item.has_errcode.then(skipped_errcode);
    let Unknown { declared, name: other_name, read: other, member: extra } = unknown(item);
    quote! {
        #[automatically_derived]
        impl<'de> serde::Deserialize<'de> for #name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> core::result::Result<Self, D::Error> {
                struct Visitor;
                impl<'de> serde::de::Visitor<'de> for Visitor {
                    type Value = #name;
                    fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                        f.write_str("an object")
                    }
                    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> core::result::Result<#name, A::Error> {
                        #(let mut #slots: Option<#inners> = None;)*
                        #declared
                        while let Some(key) = map.next_key::<crate::codec::JsonKey<'de>>()? {
                            match key.as_str() {
                                #(#wires => #slots = #reads,)*
                                #errcode
                                #other_name => #other,
                            }
                        }
                        Ok(#name { #(#values,)* #extra })
                    }
                }
                deserializer.deserialize_map(Visitor)
            }
        }
    }
}

/// Of a success `errcode` and `errmsg` say nothing: an answer with another errcode is an error.
fn skipped_errcode() -> TokenStream {
    quote! {
        "errcode" => {
            <i64 as crate::codec::FieldType>::read_optional(&mut map)?;
        }
        "errmsg" => {
            <String as crate::codec::FieldType>::read_optional(&mut map)?;
        }
    }
}

/// What becomes of keys that no table knows.
struct Unknown {
    declared: TokenStream,
    name: TokenStream,
    read: TokenStream,
    member: TokenStream,
}

fn unknown(item: &Struct) -> Unknown {
    if !item.keeps_extra {
        return Unknown {
            declared: quote!(),
            name: quote!(_),
            read: quote!({
                map.next_value::<serde::de::IgnoredAny>()?;
            }),
            member: quote!(),
        };
    }
    Unknown {
        declared: quote!(let mut extra = crate::codec::Extra::default();),
        name: quote!(other),
        read: quote!(extra.read(other, &mut map)?),
        member: quote!(extra,),
    }
}
