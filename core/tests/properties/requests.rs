//! The same operation at the same moment gives the same request, byte for byte, except what is sealed.

use crate::fixtures::{MAIL, NOW, PHONE, callers, request};
use crate::payloads::{payload, request_of};
use fapiao::Moment;
use fapiao::catalogue;
use fapiao::schema::Layout;
use http::Request;
use proptest::prelude::*;

/// Everything of a request that is sent.
fn bytes(request: &Request<Vec<u8>>) -> String {
    let body: String = request.body().iter().map(|byte| char::from(*byte)).collect();
    format!("{} {}\n{:?}\n{body}", request.method(), request.uri(), request.headers())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn same_moment_same_bytes(
        (call, payload) in (0..catalogue::calls().count()).prop_flat_map(|call| (Just(call), payload(catalogue::calls().nth(call).unwrap(), 0))),
        entropy: [u8; 32],
        other: [u8; 32],
    ) {
        let call = catalogue::calls().nth(call).unwrap();
        prop_assume!(entropy != other);
        for caller in callers() {
            let make = |entropy| {
                let pending = caller.prepare(request_of(call, &payload), Moment::new(NOW, entropy).unwrap()).ok()?;
                let message = pending.message().ok().map(<[u8]>::to_vec);
                Some((message, bytes(&request(pending).unwrap())))
            };
            let (Some(first), Some(second), Some(changed)) = (make(entropy), make(entropy), make(other)) else { continue };
            // aws-lc draws OAEP's seed itself.
            let sealed = payload.contains(PHONE) || payload.contains(MAIL) || payload.contains("张三");
            prop_assert!(first == second || (sealed && cfg!(feature = "aws-lc")));
            let is_signed = first.0.as_ref().is_some_and(|message| !message.is_empty());
            let differs = is_signed || matches!(call.layout, Layout::Upload { .. });
            prop_assert_eq!(first != changed, differs || sealed, "another moment, another nonce and boundary");
        }
    }
}

#[cfg(feature = "_local-keys")]
#[test]
fn what_is_sealed_is_the_only_difference() {
    use crate::fixtures::{moment, sub_merchant};
    use fapiao::pay::types::BuyerInformation;
    use fapiao::pay::{FapiaoToIssue, Issue};
    let operation = || {
        let mut buyer = BuyerInformation::new("INDIVIDUAL", "张三");
        buyer.phone = Some(PHONE.into());
        Issue::new("WITH_WECHATPAY", "4200", buyer, [FapiaoToIssue::new("f1", 1, [line()])])
    };
    let caller = sub_merchant();
    let body = || {
        let pending = caller.prepare(operation(), moment()).unwrap();
        String::from_utf8(request(pending).unwrap().into_body()).unwrap()
    };
    let (first, second) = (body(), body());
    let gap = |body: &str| body.find("\"phone\":\"").unwrap() + 9;
    let (start, end) = (gap(&first), gap(&first) + 344);
    assert_eq!((&first[..start], &first[end..]), (&second[..start], &second[end..]));
    assert_eq!(first[start..end] == second[start..end], cfg!(not(feature = "aws-lc")));
}

#[cfg(feature = "_local-keys")]
fn line() -> fapiao::pay::LineToIssue {
    let (tax_code, quantity) = ("3010101020203000000".to_owned(), 100_000_000);
    fapiao::pay::LineToIssue { tax_code, quantity: quantity.into(), total_amount: 1.into(), ..Default::default() }
}
