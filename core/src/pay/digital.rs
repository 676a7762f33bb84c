//! What the four calls that issue digital invoices (数电) have in common. Their official tables differ in the line alone.

/// Writes a call, the invoice it issues, and that invoice's line with what its trade adds.
macro_rules! digital_issue {
    (
        $(#[$about:meta])* $call:ident,
        $(#[$about_fapiao:meta])* $fapiao:ident,
        $(#[$about_line:meta])* $line:ident(unit: $unit:ty) { $($own:tt)* }
    ) => {
        #[derive(Clone, Default, fapiao_derive::Operation)]
        $(#[$about])*
        #[call(
            callers(SubMerchant),
            generations(Generations::G3),
            replay(Replay::SameIds(Evidence::new(
                crate::pay::Query::CALL, "fapiao_information", "fapiao_id", ShownBy::Presence
            ))),
            supplied(sub_mchid(filled_by(FilledBy::SubMchid))),
            answer(Accepted)
        )]
        pub struct $call {
            /// The order: the transaction id, or the number given to the title link.
            #[field(id)]
            pub fapiao_apply_id: String,
            /// The buyer.
            pub buyer_information: crate::pay::types::BuyerInformation,
            /// The invoice.
            pub fapiao_information: $fapiao,
        }

        #[derive(Clone, Default, fapiao_derive::Fields)]
        $(#[$about_fapiao])*
        #[check(
            TotalOf { total: "total_amount", list: "items", member: "total_amount" },
            Follows { list: "items", flag: "discount", same: &[] },
            WithinTotalOf { total: "total_amount", list: "transaction_information", member: "amount" }
        )]
        pub struct $fapiao {
            /// The merchant's id of this invoice, never used before.
            #[field(id)]
            pub fapiao_id: String,
            /// Sum of the lines, with tax; at most the sum of the payments.
            pub total_amount: crate::codec::Fen,
            /// The lines, at most eight.
            #[field(max(8))]
            pub items: Vec<$line>,
            /// Export business policy: 1 refund, 2 exemption, 3 taxed.
            pub export_business_policy_code: Option<i64>,
            /// Goods under immediate refund of value-added tax, 1 to 12.
            pub vat_refund_levy_code: Option<i64>,
            /// Id of the person who issues, from check-status.
            #[field(max(64))]
            pub billing_person_id: String,
            /// That person's name.
            #[field(max(64), sensitive)]
            pub billing_person: Option<String>,
            /// What kind of invoice.
            pub fapiao_bill_type: crate::pay::types::FapiaoBillType,
            /// The payments it is for, at most ten.
            #[field(max(10))]
            pub transaction_information: Vec<crate::pay::Transaction>,
            /// Remark.
            pub remark: Option<String>,
        }

        #[derive(Clone, Default, fapiao_derive::Fields)]
        $(#[$about_line])*
        pub struct $line {
            /// Tax classification code (税收分类编码), 19 digits.
            #[field(length(19))]
            pub tax_code: String,
            /// Name.
            #[field(max(128))]
            pub goods_name: String,
            /// Specification.
            #[field(max(20))]
            pub specification: Option<String>,
            /// Unit; not on a discount line.
            #[field(unwanted_if("discount", "true"))]
            pub unit: Option<$unit>,
            /// Quantity, 1 where it is left out; not on a discount line.
            #[field(unwanted_if("discount", "true"))]
            pub quantity: Option<crate::codec::Quantity>,
            /// Amount with tax; negative on a discount line.
            #[field(signed, positive_if("discount", "false"), negative_if("discount", "true"))]
            pub total_amount: crate::codec::Fen,
            /// Tax rate.
            pub tax_rate: crate::codec::Rate,
            /// Whether it is a discount line (折扣行): it directly follows the line it discounts.
            pub discount: bool,
            /// Preferential policy, 1 to 18.
            pub preferential_policy_code: Option<i64>,
            $($own)*
        }
    };
}

pub(super) use digital_issue;
