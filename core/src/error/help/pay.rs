//! Codes of the payment gateway. [Official page](https://pay.weixin.qq.com/docs/merchant/development/interface-rules/basic-rules.html)

use super::Table;

pub(super) const HELP: Table = &[
    (
        &["PARAM_ERROR"],
        "correct the field named here; where none is named, compare the request with the official table of this call",
        "请改正所指的字段；未指出字段时，请对照该接口的官方参数表检查请求",
    ),
    (
        &["INVALID_REQUEST"],
        "query the state first: the request breaks a rule of the business, such as an order that is not of this merchant or an openid of another appid",
        "请先查询当前状态：请求不符合业务规则，例如订单不属于该商户，或 openid 与 appid 不匹配",
    ),
    (
        &["SIGN_ERROR", "SIGN_ERROR:signature"],
        "use the private key of the certificate whose serial number is configured, and let nothing change URL or body after signing",
        "请使用与所配证书序列号对应的商户私钥，并确认签名后 URL 和请求体未被改动",
    ),
    (
        &["SIGN_ERROR:serial_no"],
        "copy the serial number of the merchant API certificate from the merchant platform (account centre, API security); a key id or a platform certificate's number is another thing",
        "请从商户平台（账户中心 → API 安全）复制商户 API 证书序列号，不要填写微信支付公钥 ID 或平台证书序列号",
    ),
    (
        &["SIGN_ERROR:timestamp"],
        "set this machine's clock; the gateway refuses signatures that are more than five minutes old",
        "请校准本机时钟：签名时间相差超过 5 分钟会被拒绝",
    ),
    (
        &["SIGN_ERROR:nonce_str"],
        "make a new signature for every request; look for a client that repeats requests by itself",
        "请为每次请求重新生成签名；请检查 HTTP 客户端是否自动重试",
    ),
    (
        &["NO_AUTH"],
        "open the product in the merchant platform; a sub-merchant must have accepted the provider's invitation and finished its settings",
        "请在商户平台开通电子发票产品；特约商户须接受服务商邀请并完成电子发票设置",
    ),
    (
        &["RESOURCE_NOT_EXISTS", "NOT_FOUND"],
        "check fapiao_apply_id and fapiao_id, and that they belong to this merchant; what was asked for is not there",
        "请检查 fapiao_apply_id 和 fapiao_id 是否正确且属于该商户：所查内容不存在",
    ),
    (
        &["RESOURCE_ALREADY_EXISTS"],
        "query under the same ids before anything else: an earlier attempt may have arrived",
        "请先用相同单号查询：之前的请求可能已被受理",
    ),
    (
        &["FREQUENCY_LIMITED", "RATELIMIT_EXCEEDED"],
        "send less often and wait longer before each repeat; the request was not accepted",
        "请降低请求频率并逐步延长重试间隔；本次请求未被受理",
    ),
    (
        &["SYSTEM_ERROR"],
        "follow the decision: query before repeating, with the same ids",
        "请按 decision 处理：先查询，再用相同单号重试",
    ),
    (
        &["SERVICE_UNAVAILABLE"],
        "wait and follow the decision: the gateway is overloaded or offline",
        "请稍后按 decision 处理：网关过载或暂停服务",
    ),
];
