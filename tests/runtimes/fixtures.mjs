// What several tests need: callers, payloads, and the sandbox's control door.

import { direct } from "fapiao-edge";
import { rejected } from "./shim.mjs";

/** What URLs, forms and JSON each write in their own way. */
export const ODD = "' ( ) * ! ~ + & = % | space 中文";
/** RFC 3339, as WeChat writes times. */
export const TIME = "2026-11-22T08:30:00+08:00";

/** The configuration of the sandbox's direct merchant. */
export function merchant({ announced, keys }) {
  const { mchid, serial_no, certificate } = announced.pay.direct;
  return {
    mchid, serial_no, certificate, private_key: keys["direct.key.pem"], wechatpay_keys: announced.wechatpay_keys,
    platform_certificates: Object.values(announced.platform_certificates), hosts: { main: announced.main, backup: announced.backup },
  };
}

/** The sandbox's direct merchant. */
export function shopOf(input, more = {}) {
  return direct({ ...merchant(input), ...more });
}

/** What a title link needs. */
export function title(fapiao_apply_id) {
  return { fapiao_apply_id, source: "WEB", appid: "wx5157f09efdc09600", openid: "plN5twRbHym_j-QcqCzstl0HmwEs", total_amount: 100 };
}

/** An invoice of one line, to a person with a mail address. */
export function invoice(fapiao_apply_id, remark) {
  const line = { tax_code: "3010101020203000000", goods_name: "住宿服务", quantity: 100000000, total_amount: 100, tax_rate: 600, discount: false };
  return {
    scene: "WITHOUT_WECHATPAY", fapiao_apply_id,
    buyer_information: { type: "INDIVIDUAL", name: "张三", email: "zhangsan@example.com" },
    fapiao_information: [{ fapiao_id: `f-${fapiao_apply_id}`, total_amount: 100, items: [line], ...(remark && { remark }) }],
  };
}

/** Asks the sandbox's control door. */
export async function control({ announced }, method, path, body) {
  const answer = await fetch(`${announced.control}${path}`, { method, ...(body && { body: JSON.stringify(body) }) });
  if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`);
  return answer.json();
}

/** Orders faults, works, and clears what is left of them; gives the work's result and what arrived meanwhile. */
export async function under(input, faults, work) {
  const since = (await arrivals(input)).last;
  try {
    for (const fault of faults) await control(input, "POST", "/faults", fault);
    const result = await work();
    return { result, arrived: (await arrivals(input, since)).arrivals };
  } finally {
    await control(input, "DELETE", "/faults");
  }
}

/** What arrived since. */
export function arrivals(input, since = 0) {
  return control(input, "GET", `/ledger?since=${since}`);
}

/** How often invoices of an application were issued. */
export async function issued(input, fapiao_apply_id) {
  const { effects } = await control(input, "GET", "/ledger/effects");
  const own = effects.filter(({ kind, keys }) => kind === "issued" && keys.fapiao_apply_id === fapiao_apply_id);
  return own.reduce((sum, { count }) => sum + count, 0);
}

/** A private key for WebCrypto. */
export function privateKey(pem, usage) {
  const der = Uint8Array.from(atob(pem.replace(/-----[^-]+-----|\s/g, "")), (letter) => letter.charCodeAt(0));
  const algorithm = usage === "sign" ? { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" } : { name: "RSA-OAEP", hash: "SHA-1" };
  return crypto.subtle.importKey("pkcs8", der, algorithm, false, [usage]);
}

/** What work is refused with, whether it throws or rejects. */
export function refusal(work) {
  return rejected((async () => work())());
}
