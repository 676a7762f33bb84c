//! Named values. All are open: a value that appears later is kept as it came.

use crate::codec::open_enum;

open_enum! {
    /// How the order was paid.
    Scene {
        /// With WeChat Pay: the application id is the transaction id.
        WithWechatpay = "WITH_WECHATPAY",
        /// Elsewhere: the application id is the merchant's own number.
        WithoutWechatpay = "WITHOUT_WECHATPAY",
    }
}

open_enum! {
    /// Where the title link is opened.
    TitleSource {
        /// A page inside WeChat.
        Web = "WEB",
        /// A mini program.
        Miniprogram = "MINIPROGRAM",
    }
}

open_enum! {
    /// Who buys.
    BuyerType {
        /// A person (个人).
        Individual = "INDIVIDUAL",
        /// A company or institution (单位); needs its taxpayer id.
        Organization = "ORGANIZATION",
    }
}

open_enum! {
    /// What kind of invoice.
    FapiaoBillType {
        /// Ordinary (增值税普通发票).
        Common = "COMM_FAPIAO",
        /// Special, deductible (增值税专用发票).
        Vat = "VAT_FAPIAO",
    }
}

open_enum! {
    /// How far an invoice is.
    FapiaoStatus {
        /// Issuing was accepted.
        IssueAccepted = "ISSUE_ACCEPTED",
        /// Issued.
        Issued = "ISSUED",
        /// Reversing was accepted.
        ReverseAccepted = "REVERSE_ACCEPTED",
        /// Reversed.
        Reversed = "REVERSED",
        /// Issuing failed.
        IssueFailed = "ISSUE_FAILED",
        /// Reversing failed.
        ReverseFailed = "REVERSE_FAILED",
    }
}

open_enum! {
    /// How far the card in the payer's wallet is.
    CardStatus {
        /// Inserting was accepted.
        InsertAccepted = "INSERT_ACCEPTED",
        /// Inserted.
        Inserted = "INSERTED",
        /// Discarding was accepted.
        DiscardAccepted = "DISCARD_ACCEPTED",
        /// Discarded.
        Discarded = "DISCARDED",
    }
}

open_enum! {
    /// Tax preference of a line.
    TaxPreferMark {
        /// None.
        NoFavorable = "NO_FAVORABLE",
        /// Outside value-added tax.
        OutsideVat = "OUTSIDE_VAT",
        /// Exempt.
        VatExempt = "VAT_EXEMPT",
        /// Ordinary zero rate.
        NormalZeroRated = "NORMAL_ZERO_RATED",
        /// Zero rate for exports.
        ExportZeroRated = "EXPORT_ZERO_RATED",
    }
}

open_enum! {
    /// How a transaction was paid.
    PayChannel {
        /// With WeChat Pay.
        WechatPay = "WECHAT_PAY",
    }
}

open_enum! {
    /// Unit of refined oil.
    OilUnit {
        /// Tons.
        Ton = "TON",
        /// Litres; the sources spell it so.
        Leter = "LETER",
    }
}

open_enum! {
    /// Format of an uploaded file.
    FileType {
        /// PDF.
        Pdf = "PDF",
        /// OFD; not taken in the newest documents.
        Ofd = "OFD",
    }
}
