//! The file of an invoice: one page that shows what was issued.

use pdf_writer::{
    Content, Finish, Name, Pdf, Rect, Ref, Str,
    types::{CidFontType, FontFlags, SystemInfo},
};

use super::invoice::{Invoice, Kind};

const CATALOGUE: Ref = Ref::new(1);
const PAGES: Ref = Ref::new(2);
const PAGE: Ref = Ref::new(3);
const CONTENT: Ref = Ref::new(4);
const LATIN: Ref = Ref::new(5);
const CHINESE: Ref = Ref::new(6);
const CHINESE_GLYPHS: Ref = Ref::new(7);
const CHINESE_FONT: Ref = Ref::new(8);

const LABELS: Name<'static> = Name(b"L");
const VALUES: Name<'static> = Name(b"V");

/// Draws the page.
pub(super) fn draw(invoice: &Invoice, now_millis: i64) -> Vec<u8> {
    let mut pdf = Pdf::new();
    pdf.catalog(CATALOGUE).pages(PAGES);
    pdf.pages(PAGES).kids([PAGE]).count(1);
    let mut page = pdf.page(PAGE);
    page.media_box(Rect::new(0.0, 0.0, 595.0, 420.0)).parent(PAGES).contents(CONTENT);
    page.resources().fonts().pair(LABELS, LATIN).pair(VALUES, CHINESE);
    page.finish();
    pdf.type1_font(LATIN).base_font(Name(b"Helvetica"));
    chinese(&mut pdf);
    pdf.stream(CONTENT, &content(invoice, now_millis));
    pdf.finish()
}

/// A font every reader brings for Chinese, so that none has to be embedded.
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

fn content(invoice: &Invoice, now_millis: i64) -> Vec<u8> {
    let mut content = Content::new();
    write(&mut content, LABELS, 18.0, (40.0, 370.0), b"FAPIAO SANDBOX - NOT A TAX DOCUMENT");
    content.rect(30.0, 40.0, 535.0, 315.0).stroke();
    for (at, (label, value)) in rows(invoice, now_millis).iter().enumerate() {
        let height = 330.0 - 22.0 * f32::from(u8::try_from(at).unwrap_or(u8::MAX));
        write(&mut content, LABELS, 11.0, (45.0, height), label.as_bytes());
        write(&mut content, VALUES, 11.0, (160.0, height), &utf16(value));
    }
    content.finish().to_vec()
}

fn rows(invoice: &Invoice, now_millis: i64) -> Vec<(&'static str, String)> {
    let mut rows = vec![("fapiao_id", invoice.fapiao_id.clone()), ("number", invoice.number.clone())];
    if let Kind::Classic(classic) = &invoice.kind {
        rows.push(("code", classic.code.clone()));
    }
    rows.push(("status", invoice.status(now_millis).to_owned()));
    rows.push(("issued", invoice.issued_at()));
    rows.push(("seller", invoice.seller.clone()));
    rows.push(("buyer", invoice.buyer.name.clone()));
    rows.extend(invoice.buyer.taxpayer_id.clone().map(|number| ("taxpayer_id", number)));
    rows.push(("amount", yuan(invoice.total_amount - invoice.tax())));
    rows.push(("tax", yuan(invoice.tax())));
    rows.push(("total", yuan(invoice.total_amount)));
    let goods =
        invoice.lines.iter().take(3).map(|line| ("goods", format!("{}  {}", line.goods_name, yuan(line.total_amount))));
    rows.extend(goods);
    rows
}

fn write(content: &mut Content, font: Name<'_>, size: f32, (x, y): (f32, f32), text: &[u8]) {
    content.begin_text().set_font(font, size).next_line(x, y).show(Str(text)).end_text();
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_be_bytes).collect()
}

fn yuan(fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    format!("CNY {sign}{}.{:02}", fen.unsigned_abs() / 100, fen.unsigned_abs() % 100)
}
