//! The catalogue entry of a call.

use crate::parse::{Struct, builders, items, wire_name};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Error, Expr, ExprCall, Ident};

/// What `#[call(…)]` says.
pub(crate) struct Written {
    /// `get("name", "path")`, `post(…)` and so on.
    method: ExprCall,
    callers: Vec<Expr>,
    answer: Expr,
    /// Fields core fills in, before the payload's.
    pub(crate) before: Vec<TokenStream>,
    /// Fields core fills in, after the payload's.
    pub(crate) after: Vec<TokenStream>,
    rest: Vec<Expr>,
}

impl Written {
    pub(crate) fn parse(item: &Struct) -> syn::Result<Self> {
        let missing = |what: &str| Error::new_spanned(&item.name, format!("#[call(…)] lacks {what}"));
        let (mut method, mut callers, mut answer) = (None, Vec::new(), None);
        let (mut before, mut after, mut rest) = (Vec::new(), Vec::new(), Vec::new());
        for written in items(&item.attributes, "call")? {
            let Expr::Call(call) = &written else {
                return Err(Error::new_spanned(written, "expected `name(value)`"));
            };
            let name = match call.func.as_ref() {
                Expr::Path(path) => path.path.get_ident().map(ToString::to_string).unwrap_or_default(),
                _ => String::new(),
            };
            match name.as_str() {
                "get" | "post" | "put" | "patch" | "delete" => method = Some(call.clone()),
                "callers" => callers = call.args.iter().cloned().collect(),
                "answer" => answer = call.args.first().cloned(),
                "supplied" => before = call.args.iter().map(supplied_field).collect::<syn::Result<_>>()?,
                "supplied_after" => after = call.args.iter().map(supplied_field).collect::<syn::Result<_>>()?,
                _ => rest.push(written),
            }
        }
        Ok(Self {
            method: method.ok_or_else(|| missing("its method, such as get(…)"))?,
            answer: answer.ok_or_else(|| missing("answer(…)"))?,
            callers,
            before,
            after,
            rest,
        })
    }
}

/// `sub_mchid(query, filled_by(FilledBy::SubMchid))` as a table line; a name that is a word of Rust is written `r#type(…)`.
fn supplied_field(item: &Expr) -> syn::Result<TokenStream> {
    let Expr::Call(call) = item else {
        return Err(Error::new_spanned(item, "expected `wire_name(location, filled_by(…))`"));
    };
    let Expr::Path(path) = call.func.as_ref() else {
        return Err(Error::new_spanned(item, "expected a wire name"));
    };
    let name = path.path.get_ident().map(wire_name).unwrap_or_default();
    let arguments: Vec<_> = call.args.iter().cloned().collect();
    let builders = builders(&arguments)?;
    Ok(quote!(Field::new(#name, Kind::Text, "").always() #builders))
}

/// `get` as the variant `Get`.
fn method(written: &Expr) -> Ident {
    let name = quote!(#written).to_string();
    let mut letters = name.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    format_ident!("{}", first.into_iter().chain(letters).collect::<String>())
}

/// `impl Operation` and who may make the call.
pub(crate) fn code(item: &Struct, written: &Written) -> syn::Result<TokenStream> {
    let (name, doc) = (&item.name, &item.doc);
    let (method, arguments) = (method(&written.method.func), &written.method.args);
    let rest = builders(&written.rest)?;
    let callers = &written.callers;
    let (answer, kind) = match &written.answer {
        Expr::Path(path) if path.path.is_ident("Accepted") => (quote!(crate::Accepted), quote!(AnswerKind::Accepted)),
        Expr::Path(path) if path.path.is_ident("NoContent") => {
            (quote!(crate::NoContent), quote!(AnswerKind::NoContent))
        }
        Expr::Call(file) => {
            let digest = &file.args;
            (quote!(crate::File), quote!(AnswerKind::File { digest: FileDigest::#digest }))
        }
        table => (quote!(#table), quote!(AnswerKind::Json(<#table>::TABLE))),
    };
    let attachment = item.has_file.then(|| {
        quote! {
            fn attachment(&self) -> Option<crate::protocol::Attachment> {
                Some(self.file.clone())
            }
        }
    });
    Ok(quote! {
        #[automatically_derived]
        impl crate::Operation for #name {
            type Answer = #answer;
            const CALL: &'static crate::schema::Call = {
                #[allow(unused_imports, reason = "not every call uses each of them")]
                use crate::schema::{
                    AnswerKind, Call, CallerKind, Evidence, FileDigest, Generations, Layout, Method, Replay, ShownBy, System,
                };
                &Call::new(Method::#method, #arguments, <#name>::TABLE)
                    .doc(#doc)
                    .callers(&[#(CallerKind::#callers,)*])
                    .answer(#kind)
                    #rest
            };
            #attachment
        }

        #(
            #[automatically_derived]
            impl crate::callers::MayBeMadeBy<crate::callers::#callers> for #name {}
        )*
    })
}
