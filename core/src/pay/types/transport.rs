//! Named values of passenger transport. All are open: a value that appears later is kept as it came.

use crate::codec::open_enum;

open_enum! {
    /// What identifies a passenger.
    CertificateType {
        /// Identity card (居民身份证).
        IdentityCard = "IDENTITY_CARD",
        /// Passport.
        Passport = "PASSPORT",
        /// Travel permit to and from Hong Kong.
        HongKongPermit = "HONG_KONG_PERMIT",
        /// Travel permit to and from Macao.
        MacaoPermit = "MACAO_PERMIT",
        /// Travel permit to and from Taiwan.
        TaiwanPermit = "TAIWAN_PERMIT",
        /// Residence permit of a foreigner.
        ForeignerResidencePermit = "FOREIGNER_RESIDENCE_PERMIT",
        /// Residence card of a Hong Kong resident.
        HongKongResidentCard = "HONG_KONG_RESIDENT_CARD",
        /// Residence card of a Macao resident.
        MacaoResidentCard = "MACAO_RESIDENT_CARD",
        /// Residence card of a Taiwan resident.
        TaiwanResidentCard = "TAIWAN_RESIDENT_CARD",
        /// Card of a military officer.
        MilitaryOfficerCard = "MILITARY_OFFICER_CARD",
        /// Card of an officer of the armed police.
        ArmedPoliceOfficerCard = "ARMED_POLICE_OFFICER_CARD",
        /// Card of a soldier.
        SoldierCard = "SOLDIER_CARD",
        /// Home-visit certificate (回乡证).
        HomecomingCert = "HOMECOMING_CERT",
        /// Certificate of a Taiwan compatriot (台胞证).
        TaiwanCompatriotCert = "TAIWAN_COMPATRIOT_CERT",
    }
}

open_enum! {
    /// By what passengers travel.
    TransportationType {
        /// Long-distance bus.
        LongDistanceBus = "LONG_DISTANCE_BUS",
        /// Public transport.
        PublicTransportation = "PUBLIC_TRANSPORTATION",
        /// Car.
        Car = "CAR",
        /// Ship.
        Ship = "SHIP",
        /// Anything else.
        OtherTransportation = "OTHER_TRANSPORTATION",
    }
}

open_enum! {
    /// Cabin class of a ship.
    TransportationClass {
        /// First.
        First = "SHIP_FIRST_CLASS_CABIN",
        /// Second.
        Second = "SHIP_SECOND_CLASS_CABIN",
        /// Third.
        Third = "SHIP_THIRD_CLASS_CABIN",
    }
}
