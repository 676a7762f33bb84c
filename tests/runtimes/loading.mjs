// Imports and requires the package, and makes a call with it. Only for Node.

import { createRequire } from "node:module";
import process from "node:process";
import { rejected, same, so } from "./shim.mjs";

/** Gives the warnings that were heard meanwhile. */
export async function run({ announced }) {
  const warnings = [];
  const heard = ({ name, code, message, detail }) => warnings.push({ name, code, message, detail });
  process.on("warning", heard);
  const fapiao = await import("fapiao");
  await import("fapiao");
  await call(fapiao, announced);
  await mismatch(fapiao, announced);
  process.off("warning", heard);

  const required = createRequire(import.meta.url)("fapiao");
  so(required.direct === fapiao.direct && required.FapiaoError === fapiao.FapiaoError, "require gives another copy");
  const edge = await import("fapiao-edge");
  const error = await rejected(fapiao.direct({ mchid: "1" }));
  so(error instanceof edge.InputError && error instanceof edge.FapiaoError && !(error instanceof edge.KeyFileError), "errors of one copy are strangers to the other");
  so(await rejected(edge.direct({ mchid: "1" })) instanceof fapiao.InputError, "and the other way round");
  return { warnings };
}

/** Either engine checks a key against its certificate. */
async function mismatch({ direct }, { pay, wechatpay_keys }) {
  const { mchid, serial_no, certificate } = pay.direct;
  const error = await rejected(direct({ mchid, serial_no, certificate, private_key: pay.partner.private_key, wechatpay_keys }));
  same([error.code, error.name], ["key.mismatch", "KeyFileError"]);
}

async function call({ direct, send }, announced) {
  const { mchid, serial_no, private_key, certificate } = announced.pay.direct;
  const shop = await direct({ mchid, serial_no, private_key, certificate, wechatpay_keys: announced.wechatpay_keys, hosts: { main: announced.main } });
  const link = await send(shop.titleUrl({ fapiao_apply_id: "loading-1", source: "WEB", appid: "wx5157f09efdc09600", openid: "plN5twRbHym_j-QcqCzstl0HmwEs", total_amount: 100 }));
  same(typeof link.title_url, "string");
}
