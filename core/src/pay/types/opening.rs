//! Named values of how a merchant opens invoicing. All are open: a value that appears later is kept as it came.

use crate::codec::open_enum;

open_enum! {
    /// What an invitation is for.
    OperationType {
        /// Authorising the provider.
        AuthBinding = "AUTH_BINDING",
    }
}

open_enum! {
    /// How invoices are issued.
    FapiaoMode {
        /// By a platform of the merchant's own or of a third party.
        ThirdOrSelf = "THIRD_OR_SELF_FAPIAO",
        /// As digital invoices (数电) by Tencent.
        TencentDigitalTax = "TENCENT_DIGITAL_TAX",
    }
}

open_enum! {
    /// Invoices of which trades.
    FapiaoAbilityType {
        /// General.
        Base = "BASE_ABILITY",
        /// Leasing of real estate.
        RealEstate = "REAL_ESTATE_ABILITY",
        /// Transport of passengers.
        PassengerTransport = "PASSENGER_TRANSPORT_ABILITY",
        /// Refined oil.
        RefinedOil = "REFINED_OIL_ABILITY",
    }
}

open_enum! {
    /// What became of an invitation.
    MchInviteStatus {
        /// Accepted.
        Succeeded = "MCH_INVITE_SUCC",
        /// Failed.
        Failed = "MCH_INVITE_FAILED",
    }
}

open_enum! {
    /// Why an invitation failed.
    InviteFailedCode {
        /// Tax information is not known.
        UnknownTaxInfo = "UNKNOWN_TAX_INFO",
        /// The company's information is wrong.
        InvalidCompanyInfo = "INVALID_COMPANY_INFO",
        /// The conditions are not met.
        NotMeetAccessCondition = "NOT_MEET_ACCESS_CONDITION",
        /// Outside the pilot.
        NotInPilotScope = "NOT_IN_PILOT_SCOPE",
        /// The tax authority's code is missing.
        MissingTaxAuthorityCode = "MISSING_TAX_AUTHORITY_CODE",
        /// The merchant's information is not set.
        MerchantInfoNotSet = "MERCHANT_INFO_NOT_SET",
        /// Unknown.
        UnknownError = "UNKNOWN_ERROR",
    }
}

open_enum! {
    /// Whether invoices of the merchant's own platform are open.
    ThirdModeStatus {
        /// Closed.
        Disabled = "DISABLED",
        /// Open.
        Enabled = "ENABLED",
    }
}

open_enum! {
    /// How far digital invoices by Tencent are.
    DigitalTaxStatus {
        /// The application is looked at.
        ApprovalPending = "APPROVAL_PENDING",
        /// Access waits to be confirmed.
        AccessConfirmedPending = "ACCESS_CONFIRMED_PENDING",
        /// The trades wait to be confirmed.
        AbilityConfirmedPending = "ABILITY_CONFIRMED_PENDING",
        /// Who issues waits to be registered.
        BillingPersonRegisterPending = "BILLING_PERSON_REGISTER_PENDING",
        /// Who issues waits to be confirmed.
        BillingPersonConfirmedPending = "BILLING_PERSON_CONFIRMED_PENDING",
        /// Security settings are awaited.
        SecuritySettingPending = "SECURITY_SETTING_PENDING",
        /// The application failed.
        ApplyFailed = "APPLY_FAILED",
        /// Closed.
        Disabled = "DISABLED",
        /// Open.
        Enabled = "ENABLED",
        /// What was bought has run out.
        ResourceExpired = "RESOURCE_EXPIRED",
    }
}

open_enum! {
    /// Whether a trade's invoices are authorised.
    AbilityStatus {
        /// Authorised.
        Authorized = "AUTHORIZED",
        /// Being authorised.
        AuthorizePending = "AUTHORIZE_PENDING",
        /// No longer authorised.
        Deauthorized = "DEAUTHORIZED",
        /// Authorising failed.
        AuthorizeFailed = "AUTHORIZE_FAILED",
    }
}
