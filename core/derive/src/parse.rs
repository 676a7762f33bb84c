//! Reads a struct with named fields and its attributes.

use proc_macro2::TokenStream;
use quote::quote;
use syn::punctuated::Punctuated;
use syn::{
    Attribute, Data, DeriveInput, Error, Expr, Fields, GenericArgument, Ident, Lit, Meta, PathArguments, Token, Type,
};

/// The struct a derive stands on.
pub(crate) struct Struct {
    pub(crate) name: Ident,
    pub(crate) doc: String,
    pub(crate) fields: Vec<Field>,
    /// Whether it is an account answer: `errcode` and `errmsg` are in the table and in nobody's way.
    pub(crate) has_errcode: bool,
    /// Whether it keeps what no table knows, in a field named `extra`.
    pub(crate) keeps_extra: bool,
    /// Rules over several of its fields: values of `schema::Check`.
    pub(crate) checks: Vec<Expr>,
    /// Whether a file goes with it, in a field named `file`.
    pub(crate) has_file: bool,
    pub(crate) attributes: Vec<Attribute>,
}

/// One field of it.
pub(crate) struct Field {
    pub(crate) ident: Ident,
    pub(crate) wire: String,
    pub(crate) doc: String,
    /// The type, without `Option`.
    pub(crate) inner: Type,
    pub(crate) optional: bool,
    /// Builder calls of `schema::Field`.
    pub(crate) builders: TokenStream,
    pub(crate) ty: Type,
    /// Whether its value stays out of `Debug`.
    pub(crate) sensitive: bool,
}

impl Struct {
    pub(crate) fn parse(input: &DeriveInput) -> syn::Result<Self> {
        let Data::Struct(data) = &input.data else {
            return Err(Error::new_spanned(input, "only structs have tables"));
        };
        let Fields::Named(named) = &data.fields else {
            return Err(Error::new_spanned(input, "only structs with named fields have tables"));
        };
        let mut fields = Vec::new();
        let (mut keeps_extra, mut has_file) = (false, false);
        for field in &named.named {
            let Some(ident) = field.ident.clone() else { continue };
            if ident == "extra" || ident == "file" {
                keeps_extra |= ident == "extra";
                has_file |= ident == "file";
                continue;
            }
            let (inner, optional) = without_option(&field.ty);
            let written = items(&field.attrs, "field")?;
            fields.push(Field {
                wire: wire_name(&ident),
                doc: doc(&field.attrs),
                sensitive: written.iter().any(is_sensitive),
                builders: builders(&written)?,
                ty: field.ty.clone(),
                ident,
                inner,
                optional,
            });
        }
        Ok(Self {
            name: input.ident.clone(),
            doc: doc(&input.attrs),
            fields,
            has_errcode: input.attrs.iter().any(|attribute| attribute.path().is_ident("errcode")),
            keeps_extra,
            checks: items(&input.attrs, "check")?,
            has_file,
            attributes: input.attrs.clone(),
        })
    }
}

/// A name as it stands on the wire: `r#type` and `self_` are words of Rust.
pub(crate) fn wire_name(ident: &Ident) -> String {
    ident.to_string().trim_start_matches("r#").trim_end_matches('_').to_owned()
}

/// The comma-separated expressions inside `#[name(…)]`.
pub(crate) fn items(attributes: &[Attribute], name: &str) -> syn::Result<Vec<Expr>> {
    let mut found = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident(name)) {
        found.extend(attribute.parse_args_with(Punctuated::<Expr, Token![,]>::parse_terminated)?);
    }
    Ok(found)
}

/// `a, b(c)` as `.a().b(c)`.
pub(crate) fn builders(items: &[Expr]) -> syn::Result<TokenStream> {
    items.iter().map(builder).collect()
}

fn builder(item: &Expr) -> syn::Result<TokenStream> {
    match item {
        Expr::Path(path) => Ok(quote!(.#path())),
        Expr::Call(call) => {
            let (name, arguments) = (&call.func, &call.args);
            Ok(quote!(.#name(#arguments)))
        }
        other => Err(Error::new_spanned(other, "expected `name` or `name(value)`")),
    }
}

/// What is personal or opens something: marked so, or encrypted on its way.
fn is_sensitive(item: &Expr) -> bool {
    matches!(item, Expr::Path(path) if path.path.is_ident("sensitive") || path.path.is_ident("encrypted"))
}

fn doc(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter(|attribute| attribute.path().is_ident("doc")).filter_map(|attribute| {
        let Meta::NameValue(pair) = &attribute.meta else { return None };
        let Expr::Lit(literal) = &pair.value else { return None };
        let Lit::Str(text) = &literal.lit else { return None };
        Some(text.value().trim().to_owned())
    });
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}

fn without_option(ty: &Type) -> (Type, bool) {
    let inner = || {
        let Type::Path(path) = ty else { return None };
        let last = path.path.segments.last().filter(|segment| segment.ident == "Option")?;
        let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
        let GenericArgument::Type(inner) = arguments.args.first()? else { return None };
        Some(inner.clone())
    };
    inner().map_or_else(|| (ty.clone(), false), |inner| (inner, true))
}
