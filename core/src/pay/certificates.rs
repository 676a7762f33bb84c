//! `GET /v3/certificates`
//!
//! The platform certificates. [Official page](https://pay.weixin.qq.com/docs/merchant/products/platform-certificate/apilist.html)

use crate::codec::{Extra, open_enum};
use fapiao_derive::{Fields, Operation};

open_enum! {
    /// Whose certificates.
    AlgorithmType {
        /// RSA's.
        Rsa = "RSA",
        /// SM2's.
        Sm2 = "SM2",
        /// Both.
        All = "ALL",
    }
}

/// Gets the platform certificates, for merchants who verify with them: ask at intervals below 12 hours, from one place.
/// The answer is opened with the `APIv3` key, and verified with a certificate of its own where none is loaded yet.
#[derive(Clone, Default, Operation)]
#[call(
    get("certificates", "/v3/certificates"),
    number("pay certificates"),
    title("获取平台证书列表"),
    page("https://pay.weixin.qq.com/docs/merchant/products/platform-certificate/apilist.html"),
    callers(Direct, Partner),
    encrypted_entries("data", "encrypt_certificate"),
    answer(CertificatesAnswer)
)]
pub struct Certificates {
    /// Whose certificates; RSA's where it is left out.
    #[field(query)]
    pub algorithm_type: Option<AlgorithmType>,
}

/// The platform certificates that hold now, also those that begin soon.
#[derive(Clone, Default, Fields)]
#[non_exhaustive]
pub struct CertificatesAnswer {
    /// The certificates. Load all of them; the one with the latest start encrypts.
    pub data: Vec<PlatformCertificate>,
    /// Fields newer than this release.
    pub extra: Extra,
}

/// One platform certificate.
#[derive(Clone, Default, Fields)]
#[non_exhaustive]
pub struct PlatformCertificate {
    /// Its serial number, hexadecimal.
    pub serial_no: String,
    /// When it begins, RFC 3339.
    #[field(time)]
    pub effective_time: String,
    /// When it ends, RFC 3339.
    #[field(time)]
    pub expire_time: String,
    /// The certificate itself, PEM, opened with the `APIv3` key.
    pub encrypt_certificate: String,
    /// Fields newer than this release.
    pub extra: Extra,
}
