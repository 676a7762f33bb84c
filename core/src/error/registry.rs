//! The registry of error codes: each code once, with its fault, its help in two languages and its official page.

use super::Fault;

/// WeChat Pay's rules for requests, answers and signatures.
const RULES: &str = "https://pay.weixin.qq.com/docs/merchant/development/interface-rules/basic-rules.html";
/// Switching from platform certificates to the WeChat Pay public key.
const KEYS: &str = "https://pay.weixin.qq.com/docs/partner/products/platform-certificate/update-pub-key.html";
/// Verification guide, with signature probes.
const VERIFICATION: &str = "https://developers.weixin.qq.com/community/pay/article/doc/0004a879f60928d89340b8b9f64c13";
/// Fapiao file download.
const DOWNLOAD: &str = "https://pay.weixin.qq.com/doc/v3/merchant/4012286040";
/// Messages and events pushed to an account's server.
const PUSHES: &str = "https://developers.weixin.qq.com/doc/oplatform/developers/dev/push/encryption.html";
/// Tickets and tokens of third-party platforms.
const TICKET: &str = "https://developers.weixin.qq.com/doc/oplatform/Third-party_Platforms/2.0/api/ThirdParty/token/component_access_token.html";
/// What an application and its invoices go through.
const LIFE: &str = "https://pay.weixin.qq.com/doc/v3/partner/4015792556";
/// Access tokens of Official Accounts.
const TOKEN: &str = "https://developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken";

macro_rules! registry {
    ($($name:ident = $text:literal, $fault:ident, $page:ident, $help:literal, $help_zh:literal;)+) => {
        /// A stable error code, the same text in every language.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = concat!("`", $text, "`: ", $help, ".")] $name,)+
        }

        impl Code {
            /// Every code there is, in the order of the registry.
            pub const ALL: &'static [Code] = &[$(Code::$name,)+];

            // One table for each question: an engine that is downloaded holds those alone that it asks.

            /// The code as text, `group.name`.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Code::$name => $text,)+
                }
            }

            /// Who is at fault.
            pub const fn fault(self) -> Fault {
                match self {
                    $(Code::$name => Fault::$fault,)+
                }
            }

            /// The official page the rule comes from.
            pub const fn page(self) -> &'static str {
                match self {
                    $(Code::$name => $page,)+
                }
            }

            /// What to do, one line of English.
            pub const fn help(self) -> &'static str {
                match self {
                    $(Code::$name => $help,)+
                }
            }

            /// What to do, one line of Chinese.
            pub const fn help_zh(self) -> &'static str {
                match self {
                    $(Code::$name => $help_zh,)+
                }
            }
        }
    };
}

registry! {
    InputJson = "input.json", Caller, RULES,
        "pass one JSON object with the fields of the call", "请传入一个 JSON 对象，字段以官方文档为准";
    InputMissing = "input.missing", Caller, RULES,
        "fill in the field named here; the official table marks it as required", "请补上所指字段，官方参数表标为必填";
    InputUnknown = "input.unknown", Caller, RULES,
        "remove the field or correct its name; the gateway refuses fields it does not know", "请删除或改正该字段名，网关会拒绝未知字段";
    InputType = "input.type", Caller, RULES,
        "pass the JSON type the official table names; null is not allowed", "请按官方参数表的类型传值，不允许 null";
    InputLength = "input.length", Caller, RULES,
        "shorten or fill the value to the length the official table gives", "请按官方参数表的长度要求修改该值";
    InputCharset = "input.charset", Caller, RULES,
        "use only the characters the official page allows; emoji and other supplementary-plane characters are refused",
        "请只使用官方允许的字符；不支持 emoji 等四字节字符";
    InputRange = "input.range", Caller, RULES,
        "pass a whole number in the unit and range of the official table (money in fen)", "请传入官方单位和范围内的整数（金额单位为分）";
    InputRule = "input.rule", Caller, RULES,
        "mend what the message says: the documents tie this value to others of the request", "请按错误信息修改：文档规定该值须与请求中的其他值相符";
    InputFile = "input.file", Caller, RULES,
        "attach one file of the kind and size the official page names", "请附上官方要求的类型和大小的文件";
    InputCall = "input.call", Caller, RULES,
        "use a call that this caller may make; the catalogue lists callers per call", "该调用方不能使用此接口，请查看目录中每个接口的调用方";
    InputConfig = "input.config", Caller, RULES,
        "correct the configuration value named here", "请改正所指的配置项";
    InputAccessToken = "input.access_token", Caller, TOKEN,
        "give the account its AppSecret, so that a client gets the token by itself, or an access token", "请为账号配置 AppSecret（客户端会自动获取 access_token），或直接设置 access_token";
    InputSecret = "input.secret", Caller, TOKEN,
        "give the account its AppSecret, which fetches its access tokens", "请配置 AppSecret，用于获取 access_token";
    InputState = "input.state", Caller, RULES,
        "take the steps in order; each need is answered once with what it asked for", "请按顺序执行各步骤，每个需求只应答一次";
    InputInDoubt = "input.in_doubt", Caller, RULES,
        "hand in the text that this very call left in doubt, unchanged", "请原样传入同一次调用留下的 in_doubt 文本";
    KeyFormat = "key.format", Caller, KEYS,
        "pass the key file as it was downloaded, PEM or DER", "请原样传入下载的密钥文件（PEM 或 DER）";
    KeyKind = "key.kind", Caller, KEYS,
        "pass the kind of key named here; what was passed is something else", "请传入所要求的密钥类型，当前传入的是另一种";
    KeyLength = "key.length", Caller, KEYS,
        "pass a key of the length named here", "请传入所要求长度的密钥";
    KeyMismatch = "key.mismatch", Caller, KEYS,
        "use key, certificate and serial number of the same merchant certificate", "私钥、证书和序列号必须属于同一张商户 API 证书";
    KeyMerchant = "key.merchant", Caller, KEYS,
        "use the WeChat Pay key of this merchant number", "请使用该商户号自己的微信支付公钥或平台证书";
    KeyMissing = "key.missing", Caller, KEYS,
        "load the key named here, or do the operation elsewhere and hand the result back", "请加载所指密钥，或在外部完成运算后交回结果";
    SignFailed = "sign.failed", Environment, RULES,
        "check the signer: it must return an RSASSA-PKCS1-v1_5 SHA-256 signature of the key's length", "请检查签名服务：应返回与密钥等长的 SHA256-RSA 签名";
    SealLength = "seal.length", Caller, RULES,
        "shorten the value: at most 214 bytes of UTF-8 fit one encrypted field", "请缩短该值：一个加密字段最多 214 字节";
    SealFailed = "seal.failed", Environment, RULES,
        "check the key that encrypts; it must be an RSA public key of at least 2048 bits", "请检查加密所用的公钥";
    OpenFailed = "open.failed", Integrity, RULES,
        "open the field with the private key of the merchant certificate that was in use when it was encrypted", "请使用对应商户 API 证书的私钥解密";
    DecryptNonce = "decrypt.nonce", Integrity, RULES,
        "take the 12-byte nonce as it came", "请原样使用 12 字节的 nonce";
    DecryptAlgorithm = "decrypt.algorithm", Integrity, RULES,
        "do not use it: only AEAD_AES_256_GCM is decrypted here", "请勿使用：此处仅支持 AEAD_AES_256_GCM";
    DecryptTag = "decrypt.tag", Integrity, RULES,
        "check that the APIv3 key is the current one of this merchant number", "请确认 APIv3 密钥是该商户号当前的密钥";
    VerifyHeaderMissing = "verify.header_missing", Integrity, RULES,
        "do not use the answer: it is not signed; look for a proxy that drops headers", "不要使用该应答：缺少签名头；请检查是否有代理丢弃了响应头";
    VerifyHeaderTwice = "verify.header_twice", Integrity, RULES,
        "do not use the answer: a signature header came twice", "不要使用该应答：签名头重复";
    VerifyHeader = "verify.header", Integrity, RULES,
        "do not use the answer: a signature header has an impossible value", "不要使用该应答：签名头的值不合法";
    VerifyAlgorithm = "verify.algorithm", Integrity, RULES,
        "do not use the answer: only WECHATPAY2-SHA256-RSA2048 is verified here", "不要使用该应答：仅支持 WECHATPAY2-SHA256-RSA2048";
    VerifyBase64 = "verify.base64", Integrity, RULES,
        "do not use the answer: its signature is not Base64", "不要使用该应答：签名不是合法的 Base64";
    VerifyClock = "verify.clock", Integrity, RULES,
        "set this machine's clock; answers 300 seconds or more away are refused", "请校准本机时钟：相差 300 秒及以上的应答会被拒绝";
    VerifyUnknownSerial = "verify.unknown_serial", Integrity, KEYS,
        "add the WeChat Pay public key or platform certificate with this id to the key ring", "请把该编号的微信支付公钥或平台证书加入密钥环";
    VerifySignature = "verify.signature", Integrity, VERIFICATION,
        "do not use the answer: body, headers or key do not belong together; ask again or query before repeating", "不要使用该应答：验签失败；请重新查询后再决定是否重试";
    VerifyReplayed = "verify.replayed", Integrity, VERIFICATION,
        "do not use the answer: it was given to another request before; query before repeating", "不要使用该应答：它曾用于另一请求；重试前请先查询";
    VerifyOtherAnswer = "verify.other_answer", Integrity, VERIFICATION,
        "do not use the answer: it belongs to another request; query before repeating", "不要使用该应答：它属于另一请求；重试前请先查询";
    VerifyOtherMerchant = "verify.other_merchant", Caller, VERIFICATION,
        "do nothing with the event; where the merchant is yours, add it to the receiver of this URL", "不要处理该事件；如果是您的商户，请把它加入该回调地址的接收方配置";
    VerifyProbe = "verify.probe", Integrity, VERIFICATION,
        "treat it like a forgery: WeChat Pay tests that wrong signatures are refused; query before repeating", "按验签失败处理：这是微信支付的签名探测；重试前请先查询";
    ParseJson = "parse.json", Remote, RULES,
        "report it to WeChat, with the Request-ID where there is one: the answer is not JSON", "请反馈给微信（有 Request-ID 时请附上）：应答不是 JSON";
    ParseType = "parse.type", Remote, RULES,
        "report it to WeChat, with the Request-ID where there is one: a field has another type than documented", "请反馈给微信（有 Request-ID 时请附上）：字段类型与文档不符";
    ParseMissing = "parse.missing", Remote, RULES,
        "report it to WeChat, with the Request-ID where there is one: a documented field is missing", "请反馈给微信（有 Request-ID 时请附上）：缺少文档规定的字段";
    LimitBody = "limit.body", Remote, RULES,
        "do not use the answer: it is larger than any documented one", "不要使用该应答：超过允许的最大长度";
    RemoteApi = "remote.api", Remote, RULES,
        "act on the gateway's code; the body of an error answer is not authenticated", "请按网关返回的错误码处理；错误应答未经验签";
    RemoteNotJson = "remote.not_json", Remote, RULES,
        "something between here and the gateway answered; follow the decision", "应答来自中间代理或网关故障页；请按 decision 处理";
    RemoteRedirect = "remote.redirect", Remote, RULES,
        "do not follow it: the gateway never redirects; check host and proxy", "不要跟随跳转：网关不会重定向；请检查域名和代理";
    RemoteErrcode = "remote.errcode", Remote, TOKEN,
        "act on the errcode; its meaning is in the official table", "请按 errcode 处理，含义见官方文档";
    PushForm = "push.form", Integrity, PUSHES,
        "hand in the whole query and the raw body as they came; this is no push in the documented form", "请原样传入完整的查询参数和原始请求体；这不是文档规定格式的消息推送";
    PushSignature = "push.signature", Integrity, PUSHES,
        "do not believe it; where it may be genuine, compare the Token with the account's server configuration", "请勿采信；如确为微信推送，请核对公众平台服务器配置中的 Token";
    PushUnencrypted = "push.unencrypted", Integrity, PUSHES,
        "do not believe it: with an EncodingAESKey only encrypted pushes count; leave the key out where the account is in plain mode",
        "请勿采信：配置了 EncodingAESKey 后只接受加密推送；如账号为明文模式，请勿传入该密钥";
    PushDecrypt = "push.decrypt", Integrity, PUSHES,
        "check EncodingAESKey and appid: a third-party platform's pushes bear its own appid; while the key is changed, load the previous one too",
        "请核对 EncodingAESKey 和 appid（第三方平台的推送使用平台自己的 appid）；更换密钥期间请同时配置旧密钥";
    LifeVersion = "life.version", Caller, LIFE,
        "update this library: the text of the life was written by a newer version", "请升级本库：该 life 文本由更新的版本写入";
    LifeText = "life.text", Caller, LIFE,
        "hand in the whole text as it was kept, or restore it from a backup; it is cut or altered", "请原样传入保存的 life 文本，或从备份恢复：文本不完整或被改动";
    LifeMerchant = "life.merchant", Caller, LIFE,
        "look up the life by merchant and application: this belongs to another merchant", "请按商户号和申请单号查找对应的 life：此内容属于其他商户";
    LifeApplication = "life.application", Caller, LIFE,
        "keep it, and hand it to the life of its own application; nothing was taken in", "请先保存，并交给其 fapiao_apply_id 对应的 life：本次未记录任何内容";
    LifeInput = "life.input", Caller, LIFE,
        "correct the member of the input named here; nothing was taken in", "请改正所指的输入项；本次未记录任何内容";
    LifeAmount = "life.amount", Caller, LIFE,
        "pass amounts in fen, more than 0, and invoices that come to no more than the order", "金额须为大于 0 的整数（单位：分），且各发票合计不得超过订单金额";
    LifeTime = "life.time", Caller, LIFE,
        "pass the time in Unix seconds, and set this machine's clock", "请传入 Unix 秒级时间戳，并校准本机时钟";
    DownloadUrl = "download.url", Caller, DOWNLOAD,
        "pass the download_url exactly as it was answered; it must be https", "请原样传入返回的 download_url，必须为 https";
    DownloadHost = "download.host", Caller, DOWNLOAD,
        "if you trust this host, add it to the hosts downloads may come from (allow_downloads)", "如果信任该域名，请将其加入允许下载的域名（allow_downloads）";
    DownloadDigest = "download.digest", Integrity, DOWNLOAD,
        "discard the file and get fresh download info: its SM3 digest is wrong", "请丢弃文件并重新获取下载信息：SM3 摘要不符";
    DownloadDigestMissing = "download.digest_missing", Integrity, DOWNLOAD,
        "discard the file: it came without its SM3-Digest header; look for a proxy that drops headers", "请丢弃文件：缺少 SM3-Digest 响应头";
    DownloadNotAFile = "download.not_a_file", Remote, DOWNLOAD,
        "get fresh download info: links live 30 seconds", "请重新获取下载信息：链接有效期为 30 秒";
    SendNotSent = "send.not_sent", Environment, RULES,
        "nothing reached the gateway: check DNS, network and proxy, then send again", "请求未到达网关：请检查 DNS、网络和代理后重发";
    SendTaken = "send.taken", Environment, RULES,
        "another worker is at this call, so nothing was sent here: wait for it, or query after the time the decision names", "另一进程正在处理该调用，本次未发送：请等待其结果，或在 decision 给出的时间之后查询";
    SendStore = "send.store", Environment, RULES,
        "make the store of doubts work again: without it nothing is sent", "请恢复存储：无法保存 in_doubt 时不会发送任何请求";
    SendTicket = "send.ticket", Environment, TICKET,
        "keep each component_verify_ticket that is pushed in the store, for 12 hours: without one the platform gets no token", "请把每次推送的 component_verify_ticket 存入存储（有效期 12 小时）：没有它就无法获取平台令牌";
    SendAuthorization = "send.authorization", Environment, TICKET,
        "let the account authorise the platform (again), then call query_auth with the same store: no refresh token is kept for it", "请让该公众号（重新）授权，并用同一存储调用 query_auth：存储中没有它的 refresh_token";
    SendCancelled = "send.cancelled", Caller, RULES,
        "the call was called off, or its deadline passed: follow the decision before repeating", "调用被取消或已超过期限：重试前请先按 decision 处理";
    SendLost = "send.lost", Environment, RULES,
        "the answer was lost: follow the decision before repeating", "应答丢失：重试前请先按 decision 处理";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_unique_grouped_and_explained_in_both_languages() {
        let mut seen = std::collections::BTreeSet::new();
        for code in Code::ALL {
            assert!(seen.insert(code.as_str()), "{code:?} twice");
            assert_eq!(code.as_str().split('.').count(), 2);
            assert!(!code.help().is_empty() && !code.help().contains('\n') && !code.help().ends_with('.'));
            assert!(code.help_zh().chars().any(|c| c > '\u{4dff}'), "{code:?} has no Chinese help");
            assert!(code.page().starts_with("https://"));
        }
    }
}
