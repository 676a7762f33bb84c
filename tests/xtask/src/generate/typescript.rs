//! The TypeScript of all calls: payloads, answers, and a method of its caller for each.

use super::examples::{self, Example, Language};
use super::{MARK, names};
use anyhow::Result;
use fapiao::catalogue;
use fapiao::schema::{AnswerKind, Call, CallerKind, Charset, Field, FilledBy, Generations, Kind, Layout, Rule, Table};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The callers: class, and what it says of itself.
const CALLERS: [(CallerKind, &str, &str); 5] = [
    (CallerKind::Direct, "Direct", "A merchant that signs for itself (普通商户)."),
    (CallerKind::Partner, "Partner", "A service provider (服务商)."),
    (CallerKind::SubMerchant, "SubMerchant", "A service provider acting for one sub-merchant (特约商户)."),
    (CallerKind::Account, "Account", "An Official Account (公众号) or mini program (小程序)."),
    (
        CallerKind::Component,
        "Component",
        "A third-party platform (第三方平台), and through it the accounts that have authorised it.",
    ),
];

const SCRIPT: Language = Language { truth: ["true", "false"], key: str::to_owned, step: 2 };

/// What every file of callers ends with: how they are made.
const FACTORIES: &str = r#"
/** A merchant that signs for itself. Its key is imported once. */
export async function direct(options: MerchantOptions): Promise<Direct> {
  return new Direct(await make("direct", options));
}

/** A service provider. Its key is imported once. */
export async function partner(options: MerchantOptions): Promise<Partner> {
  return new Partner(await make("partner", options));
}

/** An Official Account or mini program. */
export async function account(options: AccountOptions): Promise<Account> {
  return new Account(await make("account", options));
}

/** A third-party platform. */
export async function component(options: ComponentOptions): Promise<Component> {
  return new Component(await make("component", options));
}
"#;

/// The module `callers.ts`.
pub(super) fn callers() -> Result<String> {
    let mut types = Types::default();
    let classes = CALLERS.iter().map(|(kind, class, doc)| class_of(*kind, class, doc, &mut types));
    let classes = classes.collect::<Result<String>>()?;
    for content in fapiao::callbacks::CONTENTS.into_iter().chain(fapiao::pushes::CONTENTS) {
        types.define(content, Side::Answer, Generations::ALL)?;
    }
    types.define(fapiao::life::CONFIG, Side::Request, Generations::ALL)?;
    // What is imported and not used is refused by the compiler.
    let no_content = if classes.contains("Call<NoContent>") { ", NoContent" } else { "" };
    let mut text = format!("// {MARK}\n\nimport type {{ Call }} from \"./call.js\";\n");
    text.push_str("import { type AccountOptions, Caller, type ComponentOptions, type MerchantOptions, make } from \"./caller.js\";\n");
    let _ = writeln!(text, "import type {{ Accepted, FileToUpload, InvoiceFile{no_content} }} from \"./values.js\";\n");
    for definition in types.0.values() {
        text.push_str(definition);
        text.push('\n');
    }
    Ok(text + &classes + FACTORIES.trim_start())
}

fn class_of(kind: CallerKind, class: &str, doc: &str, types: &mut Types) -> Result<String> {
    let mut text = format!("/** {doc} */\nexport class {class} extends Caller {{\n");
    for call in catalogue::calls().filter(|call| call.callers.contains(&kind)) {
        let example = example(call, kind)?;
        text.push_str(&method(kind, call, &example, types)?);
    }
    text.push_str(match kind {
        CallerKind::Partner => {
            "  /** The calls made on a sub-merchant's behalf; its number is put wherever the call wants it. */\n  \
             subMerchant(sub_mchid: string): SubMerchant {\n    \
             return new SubMerchant(this.derived(\"sub_merchant\", \"sub_mchid\", sub_mchid));\n  }\n"
        }
        CallerKind::Account => {
            "  /** The same account with an access token that the program gets by itself. */\n  \
             withAccessToken(access_token: string): Account {\n    \
             return new Account(this.derived(\"access_token\", \"access_token\", access_token));\n  }\n"
        }
        CallerKind::Component => {
            "  /** An account that has authorised the platform. */\n  \
             account(authorizer_appid: string): Account {\n    \
             return new Account(this.derived(\"authorizer\", \"authorizer_appid\", authorizer_appid));\n  }\n"
        }
        _ => "",
    });
    text.truncate(text.trim_end().len());
    text.push_str("\n}\n\n");
    Ok(text)
}

/// How the call is made and sent.
fn example(call: &'static Call, kind: CallerKind) -> Result<String> {
    let example = Example::of(call, kind)?;
    let fields: Vec<_> = example.fields(&SCRIPT, 2).map(|(name, value)| format!("{name}: {value}")).collect();
    let mut arguments = Vec::new();
    if !fields.is_empty() {
        let line = format!("{{ {} }}", fields.join(", "));
        let lines: Vec<_> = fields.iter().map(|field| format!("  {field},\n")).collect();
        let is_long = line.contains('\n') || line.len() > 90;
        arguments.push(if is_long { format!("{{\n{}}}", lines.concat()) } else { line });
    }
    if examples::is_upload(call) {
        arguments.push("{ bytes: pdf, filename: \"invoice.pdf\", media_type: \"application/pdf\" }".to_owned());
    }
    Ok(format!("await send({}.{}({}));", examples::name_of(kind), camel_case(call.name), arguments.join(", ")))
}

fn method(kind: CallerKind, call: &'static Call, example: &str, types: &mut Types) -> Result<String> {
    let generations = kind.generations().and(call.generations);
    let answer = match call.answer {
        AnswerKind::Json(table) => types.define(table, Side::Answer, Generations::ALL)?,
        AnswerKind::Accepted => "Accepted".to_owned(),
        AnswerKind::NoContent => "NoContent".to_owned(),
        _ => "InvoiceFile".to_owned(),
    };
    let mut payload = call.request.fields.iter().filter(|field| field.filled_by == FilledBy::Payload).peekable();
    let (mut parameters, mut arguments) = (Vec::new(), vec![format!("\"{}\"", call.name)]);
    if payload.peek().is_some() {
        let optional = !payload.any(|field| is_required(field, Side::Request, generations));
        let request = types.define(call.request, Side::Request, generations)?;
        parameters.push(format!("payload: {request}{}", if optional { " = {}" } else { "" }));
        arguments.push("payload".to_owned());
    } else {
        arguments.push("{}".to_owned());
    }
    if matches!(call.layout, Layout::Upload { .. }) {
        parameters.push("file: FileToUpload".to_owned());
        arguments.push("file".to_owned());
    }
    Ok(format!(
        "  /**\n   * {}\n   *\n   * {}. [Official page]({})\n   *\n   * @example\n   * ```ts\n   * {}\n   * ```\n   */\n  {}({}): Call<{answer}> {{\n    return this.call({});\n  }}\n\n",
        call.doc,
        call.title,
        call.page,
        // Inside a string of the example it would end the comment.
        example.replace('\n', "\n   * ").replace("*/", "*\\/"),
        camel_case(call.name),
        parameters.join(", "),
        arguments.join(", ")
    ))
}

/// Requests are closed, answers are open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Request,
    Answer,
}

/// Interfaces by name.
#[derive(Default)]
struct Types(BTreeMap<String, String>);

impl Types {
    /// The name of a table's interface, which is written on the way.
    fn define(&mut self, table: &'static Table, side: Side, generations: Generations) -> Result<String> {
        let name = match side {
            Side::Request => names::of_request(table, generations, names::by_caller)?,
            Side::Answer if table.name.ends_with("Answer") => table.name.to_owned(),
            Side::Answer => format!("{}Answer", table.name),
        };
        if !self.0.contains_key(&name) {
            self.0.insert(name.clone(), String::new());
            let text = self.interface(&name, table, side, generations)?;
            self.0.insert(name.clone(), text);
        }
        Ok(name)
    }

    fn interface(&mut self, name: &str, table: &'static Table, side: Side, generations: Generations) -> Result<String> {
        let mut text = format!("/** {} */\nexport interface {name} {{\n", table.doc);
        let fields = table.fields.iter().filter(|field| field.filled_by == FilledBy::Payload);
        for field in fields.filter(|field| side == Side::Answer || field.known.meets(generations)) {
            let kind = self.kind(field.kind, side, generations)?;
            let end = if is_required(field, side, generations) { ":" } else { "?:" };
            let undefined = if end == "?:" { " | undefined" } else { "" };
            // Writing to a string cannot fail.
            let _ = writeln!(text, "  /** {} */\n  {}{end} {kind}{undefined};", doc(field, side), field.name);
        }
        Ok(text + "}\n")
    }

    fn kind(&mut self, kind: Kind, side: Side, generations: Generations) -> Result<String> {
        Ok(match kind {
            Kind::Integer => "number".to_owned(),
            Kind::Boolean => "boolean".to_owned(),
            Kind::Choice(values) => {
                let values: Vec<_> = values.iter().map(|value| format!("\"{value}\"")).collect();
                format!("{} | (string & {{}})", values.join(" | "))
            }
            Kind::Object(table) => self.define(table, side, generations)?,
            Kind::List(element) => format!("Array<{}>", self.kind(*element, side, generations)?),
            _ => "string".to_owned(),
        })
    }
}

fn is_required(field: &Field, side: Side, generations: Generations) -> bool {
    match side {
        Side::Request => names::is_required(field, generations),
        Side::Answer => field.required == field.known,
    }
}

fn doc(field: &Field, side: Side) -> String {
    let mut parts = vec![field.doc.trim_end_matches('.').to_owned()];
    if !field.unit.as_str().is_empty() {
        parts.push(format!("Unit: {}", field.unit.as_str()));
    }
    if side == Side::Request {
        parts.extend(names::limit(field));
    }
    if field.charset == Charset::Id && side == Side::Request {
        parts.push("Letters, digits and -_|*".to_owned());
    }
    if side == Side::Request {
        let rules = field.conditions(Generations::ALL).filter(|condition| condition.rule == Rule::Required);
        parts.extend(rules.map(|rule| format!("Required where {} is {}", rule.field, rule.value)));
    }
    if field.encrypted && !field.doc.contains("travels encrypted") {
        parts.push("Travels encrypted".to_owned());
    }
    parts.join(". ") + "."
}

pub(super) fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |text, word| {
        let mut letters = word.chars();
        letters.next().map(|letter| letter.to_ascii_uppercase()).into_iter().chain(letters).fold(
            text,
            |mut text, letter| {
                text.push(letter);
                text
            },
        )
    })
}
