// What bad input gets: one typed error that names what is wrong and what is wanted.

import { InputError, KeyFileError, direct, send } from "fapiao-edge";
import { invoice, merchant, refusal, shopOf, title, under } from "./fixtures.mjs";
import { same, so, test } from "./shim.mjs";

test("an unknown field is refused with the nearest name", async (input) => {
  const shop = await shopOf(input);
  await refused(() => shop.query({ fapiao_apply_i: "1" }), "input.unknown", "did you mean `fapiao_apply_id`?");
  const order = invoice("input-1");
  order.fapiao_information[0].items[0].goods_nam = "a";
  await refused(() => shop.issue(order), "input.unknown", "did you mean `goods_name`?");
  await refused(() => direct({ ...merchant(input), mch_id: "1" }), "input.config", "did you mean `mchid`?");
  await refused(() => direct({ ...merchant(input), clok: () => 1 }), "input.config", "clok");
});

test("numbers that JavaScript cannot hold exactly are refused", async (input) => {
  const shop = await shopOf(input);
  const amount = (total_amount) => () => shop.titleUrl({ ...title("input-2"), total_amount });
  await amount(Number.MAX_SAFE_INTEGER)();
  for (const large of [2 ** 53, 2 ** 53 + 2, 2 ** 64]) await refused(amount(large), "input.range", "total_amount");
  await refused(amount(-(2 ** 53)), "input.range", "total_amount");
  await refused(amount(1n), "input.type", "2^53 - 1");
  for (const odd of [1.5, 1e21, "100", true, [1], {}]) await refused(amount(odd), "input.type", "total_amount");
  for (const none of [Number.NaN, Number.POSITIVE_INFINITY, null]) await refused(amount(none), "input.type", "total_amount");
  await refused(amount(undefined), "input.missing", "total_amount");
});

test("what is no payload is refused", async (input) => {
  const shop = await shopOf(input);
  const cycle = {};
  cycle.self = cycle;
  for (const payload of ["text", 1, [], () => {}, cycle, Symbol("a")]) await refused(() => shop.query(payload), /^input\./, "");
  for (const order of [undefined, null, {}]) await refused(() => shop.query(order), /^input\./, "");
});

test("text where bytes belong is refused, not encoded", async (input) => {
  const shop = await shopOf(input);
  const file = { bytes: new TextEncoder().encode("%PDF-1.4"), filename: "a.pdf", media_type: "application/pdf" };
  await shop.uploadFile({ file_type: "PDF" }, file);
  for (const bytes of ["%PDF-1.4", [1, 2], new ArrayBuffer(4), new Blob(["a"]), undefined]) {
    await refused(() => shop.uploadFile({ file_type: "PDF" }, { ...file, bytes }), "input.type", "Uint8Array");
  }
  await refused(() => shop.uploadFile({ file_type: "PDF" }), /^input\./, "file");
  await refused(() => shop.uploadFile({ file_type: "PDF" }, { bytes: file.bytes }), "input.type", "file.filename");
});

test("an answer that was parsed or read before is refused with the call that gives its bytes", async (input) => {
  const call = await (await shopOf(input)).titleUrl(title("input-3")).sign();
  const read = (answer) => () => call.read(answer);
  const headers = [];
  for (const body of ["{}", {}, null, undefined, 1]) {
    await refused(read({ status: 200, headers, body }), "input.type", "arrayBuffer()");
  }
  await refused(read({ status: 200, headers: {}, data: {} }), "input.type", "arrayBuffer()");
  for (const answer of [{ title_url: "https://a" }, "{}", null, undefined, 200, [], { status: "200" }]) {
    await refused(read(answer), "input.type", "Response");
  }
  for (const none of [undefined, null, "a: b", 1]) {
    await refused(read({ status: 200, headers: none, body: new Uint8Array() }), "input.type", "headers");
  }
  const answer = await fetch(call.url, call);
  await answer.json();
  await refused(read(answer), "input.type", "before calling text() or json()");
});

test("a fetch that gives no bytes is told so", async (input) => {
  const shop = await shopOf(input);
  const axios = async () => ({ status: 200, headers: {}, data: { title_url: "https://a" } });
  const error = await refusal(() => send(shop.titleUrl(title("input-7")), { fetch: axios, wait: async () => {} }));
  same([error.code, error.cause.code, error.cause.message.includes("arrayBuffer()")], ["send.lost", "input.type", true]);
});

test("a configuration that is none is refused", async (input) => {
  const { private_key, ...rest } = merchant(input);
  for (const options of [undefined, null, "text", 1]) await refused(() => direct(options), "input.config", "object");
  for (const key of [1, true, { decrypt: 1 }, [1]]) await refused(() => direct({ ...rest, private_key: key }), "key.format", "private_key", KeyFileError);
  for (const key of ["", "text", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", new Uint8Array(3), private_key.slice(0, 900)]) {
    await refused(() => direct({ ...rest, private_key: key }), /^key\./, "", KeyFileError);
  }
  await refused(() => direct({ ...rest, private_key: input.keys["direct.cert.pem"] }), "key.kind", "certificate", KeyFileError);
  await refused(() => direct({ ...rest, private_key: input.keys["wechatpay.pub.pem"] }), "key.kind", "public key", KeyFileError);
  for (const key of [undefined, null]) await refused(() => direct({ ...rest, private_key: key }), "key.missing", "private_key", KeyFileError);
  const { wechatpay_keys, platform_certificates, ...alone } = merchant(input);
  await refused(() => direct(alone), "key.missing", "wechatpay_keys", KeyFileError);
});

test("a clock or generator that gives nonsense is refused before anything is sent", async (input) => {
  for (const [name, given] of [["clock", () => 1.5], ["clock", () => "1"], ["clock", () => new Date()], ["entropy", () => new Uint8Array(31)], ["entropy", () => "a"], ["clock", () => { throw new Error("no clock"); }]]) {
    const shop = await direct({ ...merchant(input), [name]: given });
    const { arrived } = await under(input, [], () => refused(() => send(shop.titleUrl(title("input-5"))), "input.range", name));
    same(arrived.length, 0, "arrivals");
  }
});

test("a key service that gives no bytes is told so, and nothing is sent", async (input) => {
  const { private_key, ...rest } = merchant(input);
  for (const given of ["text", undefined, [1], new ArrayBuffer(256)]) {
    const shop = await direct({ ...rest, signer: () => given });
    const { result: error, arrived } = await under(input, [], () => refusal(() => send(shop.titleUrl(title("input-6")))));
    same([error.code, error.decision.effect, error.cause.code, arrived.length], ["sign.failed", "no", "input.type", 0]);
  }
});

async function refused(work, code, named, Class = InputError) {
  const error = await refusal(work);
  const right = typeof code === "string" ? error.code === code : code.test(error.code);
  so(right, `${error.stack ?? error}: ${code} is wanted`);
  so(error instanceof Class, `${error.code} is no ${Class.name}`);
  so(`${error.message} ${error.field}`.includes(named), `"${error.message}" does not name "${named}"`);
  so(error.fault === "caller" && error.help && !error.message.includes("\n"), `${error.message}: no help, or more than one line`);
}
