//! The goods and services a merchant of the sandbox has configured, with their tax codes.

use serde_json::{Value, json};

/// One entry of the list.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Goods {
    id: i64,
    pub(super) name: &'static str,
    category: &'static str,
    tax_code: &'static str,
    pub(super) tax_rate: i64,
    tax_prefer_mark: &'static str,
}

/// The list, in its order.
pub(super) const GOODS: &[Goods] = &[
    goods(1, "出租汽车客运服务", "运输服务", "3010101020203000000", 300),
    goods(2, "住宿服务", "生活服务", "3070401000000000000", 600),
    goods(3, "餐饮服务", "生活服务", "3070402000000000000", 600),
    goods(4, "车用汽油", "成品油", "1070101010100000000", 1300),
    goods(5, "纸质图书", "纸制品", "1060201010100000000", 900),
    Goods { tax_prefer_mark: "VAT_EXEMPT", ..goods(6, "蔬菜", "农产品", "1010112010000000000", 0) },
];

/// The entry of that number.
pub(super) fn find(id: i64) -> Option<&'static Goods> {
    GOODS.iter().find(|goods| goods.id == id)
}

const fn goods(id: i64, name: &'static str, category: &'static str, tax_code: &'static str, tax_rate: i64) -> Goods {
    Goods { id, name, category, tax_code, tax_rate, tax_prefer_mark: "NO_FAVORABLE" }
}

impl Goods {
    /// The entry as the list of tax codes shows it.
    pub(super) fn view(&self) -> Value {
        json!({
            "goods_name": self.name,
            "goods_id": self.id,
            "goods_category": self.category,
            "tax_code": self.tax_code,
            "tax_rate": self.tax_rate,
            "tax_prefer_mark": self.tax_prefer_mark,
        })
    }
}
