// Everything that can be printed is printed, in every way there is, and searched for what nobody may see.

import { account, direct, partner, send } from "fapiao-edge";
import { control, invoice, merchant, refusal, shopOf, title, under } from "./fixtures.mjs";
import { so, test } from "./shim.mjs";

const SECRET = "0123456789abcdef0123456789abcdef";
const TOKEN = "TOKEN-TO-HIDE";
const PERSONAL = ["张三", "zhangsan@example.com", "plN5twRbHym_j-QcqCzstl0HmwEs", "secret-file-name", "ticket-to-hide"];

test("nothing printed shows a secret or a person", async (input) => {
  const { private_key } = merchant(input);
  const secrets = [SECRET, TOKEN, ...PERSONAL, "signature=", "BEGIN PRIVATE", ...private_key.split("\n").slice(1, 4)];
  for (const [name, value] of await everything(input)) {
    for (const shown of printed(value)) {
      for (const secret of secrets) so(!shown.includes(secret), `${name} shows ${secret}: ${shown}`);
    }
  }
});

test("the search finds what is there", () => {
  const found = printed({ deep: { deeper: [SECRET] } }).filter((shown) => shown.includes(SECRET));
  so(found.length >= 2, `${found.length} ways of printing show it`);
});

async function everything(input) {
  const shop = await shopOf(input);
  const { announced } = input;
  const provider = await partner({ ...merchant(input), mchid: announced.pay.partner.mchid, serial_no: announced.pay.partner.serial_no, certificate: undefined, private_key: input.keys["partner.key.pem"] });
  const official = await account({ appid: "wx0", secret: SECRET, access_token: TOKEN, hosts: merchant(input).hosts });
  const pdf = { bytes: new TextEncoder().encode("%PDF-1.4"), filename: "secret-file-name.pdf", media_type: "application/pdf" };
  const calls = {
    title: shop.titleUrl(title("redact-1")), issue: shop.issue(invoice("redact-1")), upload: shop.uploadFile({ file_type: "PDF" }, pdf),
    pdf: official.getPdf({ s_media_id: "1" }), token: official.stableToken(),
    file: shop.downloadFile({ download_url: "https://pay.wechatpay.cn/f?token=ticket-to-hide", openid: PERSONAL[2], fapiao_id: "1", invoice_code: "1", invoice_no: "1" }),
  };
  const signed = await Promise.all(Object.entries(calls).map(async ([name, call]) => [`signed ${name}`, await call.sign()]));
  return [
    ...Object.entries({ shop, provider, sub: provider.subMerchant("1900000109"), official, other: official.withAccessToken(`${TOKEN}-2`) }),
    ...Object.entries(calls), ...signed, ...(await failures(input, shop, official)),
  ];
}

/** Errors of every kind, with their attempts. */
async function failures(input, shop, official) {
  const seen = [];
  const observer = (attempt) => seen.push(attempt);
  const wrong = invoice("redact-2");
  wrong.buyer_information.email = 1;
  wrong.buyer_information.名 = PERSONAL[0];
  const untaken = { ...title("redact-2"), openid: `${PERSONAL[2]}-${"x".repeat(40)}` };
  const refuse = async () => { throw Object.assign(new Error("refused"), { code: "ECONNREFUSED" }); };
  const forged = async () => ({ status: 200, headers: [], body: new TextEncoder().encode(JSON.stringify({ name: PERSONAL[0] })) });
  const quoting = async () => ({ status: 400, headers: [], body: new TextEncoder().encode(JSON.stringify({ code: "PARAM_ERROR", message: PERSONAL[0], detail: { value: PERSONAL[1] } })) });
  const errors = {
    field: () => shop.issue(wrong), length: () => shop.titleUrl(untaken),
    key: () => direct({ ...merchant(input), private_key: merchant(input).private_key.slice(0, 900) }),
    config: () => account({ appid: "wx0", secret: SECRET, access_tokn: TOKEN }),
    unsent: () => send(shop.issue(invoice("redact-3")), { fetch: refuse, observer }),
    forged: () => send(shop.issue(invoice("redact-3")), { fetch: forged, observer, wait: async () => {} }),
    quoted: () => send(shop.issue(invoice("redact-3")), { fetch: quoting, observer }),
    token: () => send(official.getPdf({ s_media_id: "1" }), { observer }),
  };
  const found = [];
  for (const [name, work] of Object.entries(errors)) found.push([`error ${name}`, await refusal(work)]);
  await under(input, [{ fault: "error_json", count: null }], async () => found.push(["error remote", await refusal(() => send(shop.titleUrl(title("redact-4")), { observer, wait: async () => {} }))]));
  await control(input, "DELETE", "/faults");
  so(seen.length > 4, "no attempts were seen");
  return [...found, ["attempts", seen]];
}

/** A value in every way this runtime prints it. */
function printed(value) {
  const ways = [JSON.stringify, String, (it) => `${it}`, (it) => String(it?.stack ?? ""), (it) => JSON.stringify({ ...it, url: undefined, headers: undefined, body: undefined })];
  const util = globalThis.process?.getBuiltinModule?.("node:util");
  if (util) ways.push((it) => util.inspect(it, { depth: 9 }), (it) => util.format("%O %j %s", it, it, it));
  if (globalThis.Deno?.inspect) ways.push((it) => globalThis.Deno.inspect(it, { depth: 9 }));
  if (globalThis.Bun?.inspect) ways.push((it) => globalThis.Bun.inspect(it, { depth: 9 }));
  return ways.map((way) => way(value));
}
