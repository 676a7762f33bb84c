//! The file of an invoice: one page that shows what was issued.

use pdf_writer::{
    Content, Finish, Name, Pdf, Rect, Ref, Str,
    types::{CidFontType, FontFlags, SystemInfo},
};
use serde_json::Value;

use super::invoice::{Invoice, Side};

const CATALOGUE: Ref = Ref::new(1);
const PAGES: Ref = Ref::new(2);
const PAGE: Ref = Ref::new(3);
const CONTENT: Ref = Ref::new(4);
const LATIN: Ref = Ref::new(5);
const CHINESE: Ref = Ref::new(6);
const CHINESE_GLYPHS: Ref = Ref::new(7);
const CHINESE_FONT: Ref = Ref::new(8);

const LATIN_NAME: Name<'static> = Name(b"L");
const CHINESE_NAME: Name<'static> = Name(b"C");

/// Further lines of goods are counted in the amounts alone.
const SHOWN_LINES: usize = 4;

/// Draws the page.
pub(super) fn draw(invoice: &Invoice, side: Side, now_millis: i64) -> Vec<u8> {
    let mut pdf = Pdf::new();
    pdf.catalog(CATALOGUE).pages(PAGES);
    pdf.pages(PAGES).kids([PAGE]).count(1);
    let mut page = pdf.page(PAGE);
    page.media_box(Rect::new(0.0, 0.0, 595.0, 420.0)).parent(PAGES).contents(CONTENT);
    page.resources().fonts().pair(LATIN_NAME, LATIN).pair(CHINESE_NAME, CHINESE);
    page.finish();
    pdf.type1_font(LATIN).base_font(Name(b"Helvetica"));
    chinese(&mut pdf);
    pdf.stream(CONTENT, &content(invoice, side, now_millis));
    pdf.finish()
}

/// A font readers bring for Chinese, so that none has to be embedded.
fn chinese(pdf: &mut Pdf) {
    let (name, info) =
        (Name(b"STSong-Light"), SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"GB1"), supplement: 2 });
    pdf.type0_font(CHINESE).base_font(name).encoding_predefined(Name(b"UniGB-UCS2-H")).descendant_font(CHINESE_GLYPHS);
    pdf.cid_font(CHINESE_GLYPHS)
        .subtype(CidFontType::Type0)
        .base_font(name)
        .system_info(info)
        .font_descriptor(CHINESE_FONT)
        .default_width(1000.0)
        .widths()
        .same(1, 95, 500.0);
    pdf.font_descriptor(CHINESE_FONT)
        .name(name)
        .flags(FontFlags::SYMBOLIC)
        .bbox(Rect::new(-25.0, -254.0, 1000.0, 880.0))
        .italic_angle(0.0)
        .ascent(880.0)
        .descent(-120.0)
        .cap_height(880.0)
        .stem_v(93.0);
}

fn content(invoice: &Invoice, side: Side, now_millis: i64) -> Vec<u8> {
    let mut content = Content::new();
    content.set_stroke_rgb(0.6, 0.2, 0.15).set_fill_rgb(0.6, 0.2, 0.15);
    content.rect(30.0, 30.0, 535.0, 322.0).stroke();
    write(&mut content, 18.0, (30.0, 372.0), if side == Side::Blue { "电子发票" } else { "红字发票" });
    write(&mut content, 11.0, (120.0, 374.0), "FAPIAO SANDBOX - NOT A TAX DOCUMENT");
    for (at, (label, value, amount)) in rows(invoice, side, now_millis).iter().enumerate() {
        let height = 330.0 - 20.0 * f32::from(u8::try_from(at).unwrap_or(u8::MAX));
        content.set_fill_rgb(0.6, 0.2, 0.15);
        write(&mut content, 10.0, (45.0, height), label);
        content.set_fill_gray(0.0);
        write(&mut content, 11.0, (150.0, height), value);
        write(&mut content, 11.0, (450.0, height), amount);
    }
    content.finish().to_vec()
}

/// Label, value and amount of each row; the red paper has every amount with the other sign.
fn rows(invoice: &Invoice, side: Side, now_millis: i64) -> Vec<(&'static str, String, String)> {
    let plain = |label, value: &str| (label, value.to_owned(), String::new());
    let money = |fen: i64| yuan(if side == Side::Blue { fen } else { -fen });
    let mut rows = vec![plain("fapiao_id", &invoice.fapiao_id)];
    if let Some(paper) = invoice.paper(side, now_millis) {
        rows.push(plain("fapiao_number", &paper.number));
        rows.extend(paper.classic.as_ref().map(|classic| plain("fapiao_code", &classic.code)));
        rows.push(plain("fapiao_time", &paper.time()));
    }
    rows.extend(invoice.course.status(now_millis).map(|status| plain("status", status.as_str())));
    let text = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    rows.push(plain("seller", &text(&invoice.sheet.seller, "name")));
    rows.push(plain("buyer", &invoice.buyer.name));
    rows.extend(invoice.buyer.taxpayer_id.as_deref().map(|number| plain("taxpayer_id", number)));
    let total = |line: &Value| line.get("total_amount").and_then(Value::as_i64).unwrap_or_default();
    let shown = invoice.sheet.items.iter().take(SHOWN_LINES);
    rows.extend(shown.map(|line| ("goods", text(line, "goods_name"), money(total(line)))));
    rows.push(("amount", String::new(), money(invoice.sheet.amount)));
    rows.push(("tax_amount", String::new(), money(invoice.sheet.tax_amount)));
    rows.push(("total_amount", String::new(), money(invoice.sheet.total_amount)));
    rows
}

fn write(content: &mut Content, size: f32, (x, y): (f32, f32), text: &str) {
    content.begin_text();
    if text.is_ascii() {
        content.set_font(LATIN_NAME, size).next_line(x, y).show(Str(text.as_bytes()));
    } else {
        content.set_font(CHINESE_NAME, size).next_line(x, y).show(Str(&utf16(text)));
    }
    content.end_text();
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_be_bytes).collect()
}

fn yuan(fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    format!("CNY {sign}{}.{:02}", fen.unsigned_abs() / 100, fen.unsigned_abs() % 100)
}
