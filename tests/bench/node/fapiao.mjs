// This project, by the package that is installed here.

import { readFileSync } from "node:fs";
import process from "node:process";

const { name } = JSON.parse(readFileSync(new URL("./contestant.json", import.meta.url), "utf8"));
const started = process.hrtime.bigint();
const { partner } = await import(name);

/** How long the package took to be ready, in nanoseconds. */
export const ready = Number(process.hrtime.bigint() - started);

const SIGNING = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };

export async function open(setup, mchid) {
  const { serial_no, private_key, key_id, public_key, sub_mchid, order } = setup;
  const provider = await partner({ mchid, serial_no, private_key, wechatpay_keys: { [key_id]: public_key } });
  const shop = provider.subMerchant(sub_mchid);
  const call = () => shop.fapiaoFiles({ fapiao_apply_id: order }).sign();
  let signed = [];
  let received;
  return {
    sign: async () => (await call()).headers,
    expect: async ({ status, headers, body }) => {
      signed = [await call()];
      received = { status, headers, body: new TextEncoder().encode(body) };
    },
    prepare: async (calls) => {
      while (signed.length < calls) signed.push(await call());
    },
    verify: async () => {
      const files = await signed.pop().read(received);
      if (files.fapiao_download_info_list.length !== 2) throw new Error("two invoices were answered");
    },
  };
}

/** WebCrypto's own operations with imported keys: the three of a caller. */
export async function bare({ private_key, public_key, bare_message }) {
  const { subtle } = globalThis.crypto;
  const sign = await subtle.importKey("pkcs8", der(private_key), SIGNING, false, ["sign"]);
  const decrypt = await subtle.importKey("pkcs8", der(private_key), { name: "RSA-OAEP", hash: "SHA-1" }, false, ["decrypt"]);
  const verify = await subtle.importKey("spki", der(public_key), SIGNING, false, ["verify"]);
  const message = new TextEncoder().encode(bare_message);
  let signature;
  let answered;
  return {
    decrypt,
    sign: () => subtle.sign(SIGNING, sign, message),
    expect: async ({ headers, body }) => {
      signature = Buffer.from(headers["Wechatpay-Signature"], "base64");
      answered = new TextEncoder().encode(`${headers["Wechatpay-Timestamp"]}\n${headers["Wechatpay-Nonce"]}\n${body}\n`);
    },
    verify: async () => {
      if (!(await subtle.verify(SIGNING, verify, signature, answered))) throw new Error("the answer must verify");
    },
  };
}

function der(pem) {
  return Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ""), "base64");
}
