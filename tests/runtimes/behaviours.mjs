// What must hold on every runtime beside the vectors.

import * as fapiao from "fapiao-edge";
import { merchant, privateKey, shopOf, title } from "./fixtures.mjs";
import { rejected, same, so, test } from "./shim.mjs";

const { direct, errorCodes, send } = fapiao;

test("the registry of errors is the one of core, and each group has its class", ({ schema }) => {
  same(errorCodes(), schema.errors.codes);
  const groups = Object.values(fapiao).filter((value) => value?.prototype instanceof Error).flatMap((one) => one.groups);
  for (const { code } of errorCodes()) so(groups.includes(code.split(".")[0]), `${code} has no class`);
});

test("each caller has the calls of the catalogue, and no other", ({ schema }) => {
  const classes = { direct: fapiao.Direct, partner: fapiao.Partner, sub_merchant: fapiao.SubMerchant, account: fapiao.Account, component: fapiao.Component };
  const own = ["constructor", "subMerchant", "withAccessToken", "account"];
  for (const [kind, one] of Object.entries(classes)) {
    const wanted = Object.entries(schema.calls["x-calls"]).filter(([, call]) => call.callers.includes(kind)).map(([name]) => camel(name));
    const found = Object.getOwnPropertyNames(one.prototype).filter((name) => !own.includes(name));
    same(found.sort(), wanted.sort(), kind);
  }
});

test("a request has no body where there is none, and all its parts are its own", async (input) => {
  const call = await (await shopOf(input)).query({ fapiao_apply_id: "1" }).sign();
  const own = globalThis.Deno ? ["client"] : [];
  same(Object.keys(call).sort(), [...own, "headers", "method", "redirect", "url"]);
});

test("keys elsewhere: every key operation is somebody else's", async (input) => {
  const { private_key, ...rest } = merchant(input);
  const [sign, decrypt] = await Promise.all([privateKey(private_key, "sign"), privateKey(private_key, "decrypt")]);
  const done = [];
  const shop = await direct({
    ...rest,
    signer: async (message) => { done.push("sign"); return new Uint8Array(await crypto.subtle.sign("RSASSA-PKCS1-v1_5", sign, message)); },
    decrypter: async (ciphertext) => { done.push("open"); return new Uint8Array(await crypto.subtle.decrypt("RSA-OAEP", decrypt, ciphertext)); },
    verifier: async () => { done.push("verify"); return true; },
  });
  const payload = title("kms-1");
  await send(shop.titleUrl(payload));
  same(done, ["sign", "verify"]);
  const failing = await direct({ ...rest, signer: () => { throw new Error("the KMS is away"); } });
  const error = await rejected(send(failing.titleUrl(payload)));
  same([error.code, error.decision.effect, error.cause.message], ["sign.failed", "no", "the KMS is away"]);
});

test("a forged answer is refused, and its class and decision are there", async (input) => {
  const call = await (await shopOf(input)).query({ fapiao_apply_id: "1" }).sign();
  const answer = await fetch(call.url, call);
  const error = await rejected(call.read({ status: 200, headers: answer.headers, body: new Uint8Array([123, 125]) }));
  so(error instanceof fapiao.VerificationError && error instanceof fapiao.FapiaoError && !(error instanceof fapiao.InputError), error.stack);
  so(error.decision !== undefined && error.help && error.helpZh, "no decision");
});

function camel(name) {
  return name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
}
