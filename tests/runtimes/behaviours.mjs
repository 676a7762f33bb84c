// What must hold on every runtime beside the vectors.

import * as fapiao from "fapiao-edge";
import { rejected, same, so, test } from "./shim.mjs";

const { account, direct, errorCodes, partner, send } = fapiao;
const ODD = "' ( ) * ! ~ + & = % | space 中文";

test("the registry of errors is the one of core, and each group has its class", ({ schema }) => {
  same(errorCodes(), schema.errors.codes);
  const groups = Object.values(fapiao).filter((value) => value?.prototype instanceof Error).map((one) => one.group);
  for (const { code } of errorCodes()) so(groups.includes(code.split(".")[0]), `${code} has no class`);
});

test("each caller has the calls of the catalogue, and no other", ({ schema }) => {
  const classes = { direct: fapiao.Direct, partner: fapiao.Partner, sub_merchant: fapiao.SubMerchant, account: fapiao.Account };
  const own = ["constructor", "subMerchant", "withAccessToken"];
  for (const [kind, one] of Object.entries(classes)) {
    const wanted = Object.entries(schema.calls["x-calls"]).filter(([, call]) => call.callers.includes(kind)).map(([name]) => camel(name));
    const found = Object.getOwnPropertyNames(one.prototype).filter((name) => !own.includes(name));
    same(found.sort(), wanted.sort(), kind);
  }
});

test("nothing printed shows a secret", async (input) => {
  const shop = await direct(merchant(input));
  const bare = await account({ appid: "wx0", secret: "0123456789abcdef0123456789abcdef", access_token: "TOKEN-TO-HIDE" });
  const call = bare.getPdf({ s_media_id: "1" });
  const token = await bare.stableToken().sign();
  const error = await rejected(shop.query({ fapiao_apply_id: "1" }).send({ fetch: refuse, wait: async () => {} }));
  const inspect = globalThis.process?.getBuiltinModule?.("node:util")?.inspect ?? String;
  for (const value of [shop, bare, call, await call.sign(), token, error]) {
    const shown = `${JSON.stringify(value)} ${String(value)} ${inspect(value, { depth: 9 })}`;
    for (const secret of ["0123456789abcdef", "TOKEN-TO-HIDE", "BEGIN PRIVATE", "signature="]) so(!shown.includes(secret), `${secret} in ${shown}`);
  }
});

test("odd characters reach the gateway as they were signed", async (input) => {
  const { mchid, sub_mchids } = input.announced.pay.partner;
  so(mchid && sub_mchids, "no provider");
  const shop = await direct(merchant(input));
  const payload = { fapiao_apply_id: "odd-1|_*", source: "WEB", appid: "wx5157f09efdc09600", openid: "plN5twRbHym_j-QcqCzstl0HmwEs", total_amount: 100, seller_name: ODD };
  await send(shop.titleUrl(payload));
  const call = await shop.titleUrl(payload).sign();
  await call.read(await fetch(call.url, call));
});

test("a request has no body where there is none, and all its parts are its own", async (input) => {
  const call = await (await direct(merchant(input))).query({ fapiao_apply_id: "1" }).sign();
  same(Object.keys(call).sort(), ["headers", "method", "redirect", "url"]);
});

test("bad input is refused before anything is sent", async (input) => {
  const shop = await direct(merchant(input));
  const wrong = async (work) => (await rejected(Promise.resolve().then(work))).code;
  same(await wrong(() => shop.query({ fapiao_apply_id: 1n })), "input.type");
  same(await wrong(() => shop.query({ fapiao_apply_i: "1" })), "input.unknown");
  same(await wrong(() => shop.titleUrl({ fapiao_apply_id: "1", source: "WEB", appid: "a", openid: "b", total_amount: 2 ** 53 })), "input.range");
  same(await wrong(() => shop.uploadFile({ file_type: "PDF" }, { bytes: "text", filename: "a", content_type: "b" })), "input.type");
  same(await wrong(() => direct({ ...merchant(input), private_key: input.keys["direct.cert.pem"] })), "key.kind");
  same(await wrong(() => direct({ ...merchant(input), mch_id: "1" })), "input.config");
  const call = await shop.query({ fapiao_apply_id: "1" }).sign();
  same(await wrong(() => call.read({ status: 200, headers: [], body: "{}" })), "input.type");
});

test("keys elsewhere: every key operation is somebody else's", async (input) => {
  const { private_key, ...rest } = merchant(input);
  const [sign, decrypt] = await Promise.all([key(private_key, "sign"), key(private_key, "decrypt")]);
  const done = [];
  const shop = await direct({
    ...rest,
    signer: async (message) => { done.push("sign"); return new Uint8Array(await crypto.subtle.sign("RSASSA-PKCS1-v1_5", sign, message)); },
    decrypter: async (ciphertext) => { done.push("open"); return new Uint8Array(await crypto.subtle.decrypt("RSA-OAEP", decrypt, ciphertext)); },
    verifier: async () => { done.push("verify"); return true; },
  });
  const payload = { fapiao_apply_id: "kms-1", source: "WEB", appid: "wx5157f09efdc09600", openid: "plN5twRbHym_j-QcqCzstl0HmwEs", total_amount: 100 };
  await send(shop.titleUrl(payload));
  same(done, ["sign", "verify"]);
  const failing = await direct({ ...rest, signer: () => { throw new Error("the KMS is away"); } });
  const error = await rejected(send(failing.titleUrl(payload)));
  same([error.code, error.decision.effect, error.cause.message], ["sign.failed", "no", "the KMS is away"]);
});

test("a forged answer is refused, and its class and decision are there", async (input) => {
  const call = await (await direct(merchant(input))).query({ fapiao_apply_id: "1" }).sign();
  const answer = await fetch(call.url, call);
  const error = await rejected(call.read({ status: 200, headers: answer.headers, body: new Uint8Array([123, 125]) }));
  so(error instanceof fapiao.VerifyError && error instanceof fapiao.FapiaoError && !(error instanceof fapiao.InputError), error.stack);
  so(error.decision !== undefined && error.help && error.helpZh, "no decision");
});

test("a call that is called off says whether it may have taken effect", async (input) => {
  const shop = await direct(merchant(input));
  const off = new AbortController();
  const hang = (url, { signal }) => new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason));
    off.abort(new Error("enough"));
  });
  const issue = { scene: "WITH_WECHATPAY", fapiao_apply_id: "1", buyer_information: { type: "INDIVIDUAL", name: "张三" },
    fapiao_information: [{ fapiao_id: "1", total_amount: 1, items: [{ tax_code: "3010101020203000000", goods_name: "a", quantity: 1, total_amount: 1, tax_rate: 0, discount: false }] }] };
  const sent = await rejected(send(shop.issue(issue), { fetch: hang, signal: off.signal }));
  same([sent.decision.effect, sent.decision.first, sent.cause.message], ["unknown", "query", "enough"]);
  const unsent = await rejected(send(shop.issue(issue), { signal: AbortSignal.abort() }));
  same(unsent.decision.effect, "no");
});

test("ten thousand flows leave nothing behind", async (input) => {
  const shop = await direct(merchant(input));
  for (let turn = 0; turn < 10000; turn += 1) shop.query({ fapiao_apply_id: "1" });
});

function merchant({ announced, keys }) {
  const { mchid, serial_no, certificate } = announced.pay.direct;
  return {
    mchid, serial_no, certificate, private_key: keys["direct.key.pem"], wechatpay_keys: announced.wechatpay_keys,
    platform_certificates: Object.values(announced.platform_certificates), hosts: { main: announced.main, backup: announced.backup },
  };
}

function key(pem, usage) {
  const der = Uint8Array.from(atob(pem.replace(/-----[^-]+-----|\s/g, "")), (letter) => letter.charCodeAt(0));
  const algorithm = usage === "sign" ? { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" } : { name: "RSA-OAEP", hash: "SHA-1" };
  return crypto.subtle.importKey("pkcs8", der, algorithm, false, [usage]);
}

async function refuse() {
  throw Object.assign(new Error("refused"), { code: "ECONNREFUSED" });
}

function camel(name) {
  return name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
}
