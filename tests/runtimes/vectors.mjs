// Runs the vectors that the public API reaches. A file that nobody knows fails, and so does one of which nothing ran.

import { account, component, direct, partner, PushReceiver, Receiver } from "fapiao-edge";
import { fromBase64, toBase64 } from "./base64.mjs";
import { rejected, same, so } from "./shim.mjs";

const NOW = 1795305600;
const PUBLIC_KEY_ID = "PUB_KEY_ID_0119000001002026112200000000001";
/** What only core itself reaches: its parts, before they are a call. Core's own runner has them. */
const INNER = ["aead.json", "authorization.json", "keys.json", "moment.json", "multipart.json", "sealed.json", "signing.json", "target.json"];

/**
 * What no caller can say: an empty link is refused as an empty field first, callers only add to the usual hosts, and none is made
 * without any key of WeChat Pay.
 */
const INEXPRESSIBLE = {
  "download.json": ["url-empty", "host-removed"], "response_verification.json": ["empty-ring"], "calls/title_url.json": ["ring-empty"],
};

const runners = {
  "response_verification.json": verification, "errors.json": errorAnswer, "download.json": download, "callbacks.json": notification, "pushes.json": pushed,
};

/** Runs every file; gives the number of cases of each, and what went wrong. */
export async function runVectors(input) {
  const counts = {};
  const failures = [];
  for (const [file, { cases }] of Object.entries(input.vectors)) {
    if (INNER.includes(file)) continue;
    const run = file.startsWith("calls/") ? wholeCall : runners[file];
    if (!run) {
      failures.push(`${file}: nobody runs this file`);
      continue;
    }
    counts[file] = 0;
    for (const one of cases) {
      if (INEXPRESSIBLE[file]?.includes(one.id)) continue;
      try {
        await judged(one, () => run(one, { ...input, file, cases, call: file.slice(6, -5) }));
        counts[file] += 1;
      } catch (error) {
        failures.push(`${file} ${one.id}: ${error?.message ?? error}`);
      }
    }
  }
  return { counts, failures };
}

async function judged(one, run) {
  if (one.result === "valid") return run();
  const error = await rejected(Promise.resolve().then(run));
  so(error.code !== undefined, `failed with ${error}, ${one.code} is wanted`);
  same(error.code, one.code, "code");
  if (one.field !== undefined) same(error.field, one.field, "field");
}

async function wholeCall(one, context) {
  const { input } = one;
  if (one.kind === "request") {
    const call = await ordered(one, context);
    return request(await call.sign(), one, context);
  }
  const asked = context.cases.find((other) => other.kind === "request" && other.result === "valid" && other.input.caller.kind === input.caller.kind);
  const opens = (ciphertext) => {
    const text = toBase64(ciphertext);
    const found = input.open?.find((field) => field.ciphertext === text);
    return found ? new TextEncoder().encode(found.plaintext) : new TextEncoder().encode(text);
  };
  const caller = { ...asked.input.caller, ring: ["wechatpay"], pinned: undefined };
  const options = { clock: () => NOW, entropy: () => new Uint8Array(32).fill(7), verifier: () => true, decrypter: opens };
  const signed = await (await ordered(asked, context, caller, options)).sign();
  const headers = [...pairs(input.headers)];
  if (caller.kind !== "account" && caller.kind !== "component") headers.push(...placeholders());
  const answer = await signed.read({ status: input.status, headers, body: bytesOf(input, "body") ?? new Uint8Array() });
  const { bytes, ...rest } = answer;
  same(rest, one.stages.answer, "answer");
  if (one.stages.file_base64 !== undefined) same(toBase64(bytes), one.stages.file_base64, "file");
}

function placeholders() {
  return [["wechatpay-timestamp", String(NOW)], ["wechatpay-nonce", "n"], ["wechatpay-serial", PUBLIC_KEY_ID], ["wechatpay-signature", "c2ln"]];
}

async function ordered(one, context, caller = one.input.caller, options = {}) {
  const { input } = one;
  const made = await callerOf(caller, context, { clock: () => input.now, entropy: () => hex(input.entropy), ...options });
  const given = input.attachment;
  const file = given && { filename: given.filename, media_type: given.content_type, bytes: bytesOf(given, "file") };
  return made.call(context.call, input.request, file);
}

async function request(signed, one, context) {
  const { stages } = one;
  same(signed.method, stages.method, "method");
  // A sealed value in the query is put out of the way first.
  if (!stages.sealed || signed.body) same(signed.url, stages.url, "url");
  const found = Object.fromEntries(Object.entries(signed.headers).map(([name, value]) => [name.toLowerCase(), value]));
  for (const [name, value] of Object.entries(stages.headers)) same(found[name.toLowerCase()], value, name);
  for (const name of stages.headers_absent ?? []) same(found[name.toLowerCase()], undefined, name);
  so(found["user-agent"], "no User-Agent");
  if (stages.authorization) same(found.authorization, stages.authorization, "authorization");
  if (stages.signature) so(found.authorization.includes(`signature="${stages.signature}"`), "another signature");
  if (stages.sealed) return sealed(signed, stages, context);
  const wanted = bytesOf(stages, "body");
  same(signed.body && toBase64(signed.body), wanted && toBase64(wanted), "body");
}

/** Sealed bytes are random: they are looked for, opened, and put out of the way. */
async function sealed(signed, stages, context) {
  const inQuery = !signed.body;
  let template = inQuery ? signed.url : new TextDecoder().decode(signed.body);
  const body = inQuery ? Object.fromEntries(new URL(signed.url).searchParams) : JSON.parse(template);
  for (const [pointer, plaintext] of Object.entries(stages.sealed)) {
    const ciphertext = pointer.slice(1).split("/").reduce((value, name) => value[name], body);
    same(await opened(ciphertext, context.keys[`${stages.sealed_under}.key.pem`]), plaintext, pointer);
    template = inQuery ? template.replace(encodeURIComponent(ciphertext), "%3Csealed%3E") : template.replace(ciphertext, "<sealed>");
  }
  same(template, inQuery ? stages.url : stages.body_template, "template");
}

async function opened(ciphertext, pem) {
  const der = fromBase64(pem.replace(/-----[^-]+-----|\s/g, ""));
  const key = await crypto.subtle.importKey("pkcs8", der, { name: "RSA-OAEP", hash: "SHA-1" }, false, ["decrypt"]);
  return new TextDecoder().decode(await crypto.subtle.decrypt("RSA-OAEP", key, fromBase64(ciphertext)));
}

async function verification(one, context) {
  const { input } = one;
  const caller = { kind: "sub_merchant", mchid: input.merchant, serial_no: "1", sub_mchid: "1900000109", key: "partner", ring: input.ring };
  const made = await callerOf(caller, context, { clock: () => input.now });
  const signed = await made.call(input.call ?? "fapiao_files", { fapiao_apply_id: "1" }).sign();
  try {
    await signed.read(answerOf(input));
  } catch (error) {
    // Where no call is named, the body is not its answer: that it was verified is what counts.
    if (input.call !== undefined || !error.code?.startsWith("parse.")) throw error;
  }
}

async function notification(one, context) {
  const { input, stages } = one;
  const merchants = await Promise.all(input.receivers.map(({ merchant, mchid, ring, api_v3_keys }) => {
    const names = { kind: merchant, mchid, serial_no: "1", key: merchant, ring, api_v3_key: api_v3_keys };
    return callerOf(names, context, { clock: () => input.now });
  }));
  const received = await new Receiver(...merchants).receive({ headers: pairs(input.headers), body: bytesOf(input, "body") });
  same([received.reception, received.answer.status], [stages.reception, stages.status], "reception");
  same(received.event, stages.event, "event");
  if (received.error) throw received.error;
}

async function pushed({ input, stages }) {
  const received = await new PushReceiver(input.receiver).receive({ url: `/push?${input.query}`, body: bytesOf(input, "body") });
  same([received.reception, received.answer.status], [stages.reception, stages.status], "reception");
  same([received.eventType, received.key, received.event], [stages.event_type, stages.key, stages.event], "event");
  if (received.error) throw received.error;
  same(received.answer.body, stages.body, "body");
}

async function errorAnswer(one, context) {
  const { input, stages } = one;
  const pay = input.system === "pay";
  const caller = pay
    ? { kind: "direct", mchid: "1900000001", serial_no: "1", key: "direct", ring: ["wechatpay"] }
    : { kind: "account", access_token: "t" };
  const made = await callerOf(caller, context, { clock: () => NOW, verifier: () => true });
  const signed = await (pay ? made.call("query", { fapiao_apply_id: "1" }) : made.call("get_pdf", { s_media_id: "1" })).sign();
  const answer = answerOf(input);
  if (one.result === "valid") {
    if (pay) answer.headers.push(...placeholders());
    return signed.read(answer).catch((error) => so(error.code.startsWith("parse."), `${error}`));
  }
  const error = await rejected(signed.read(answer));
  const { remote } = error;
  same(remote.code, stages.remote_code ?? null, "remote_code");
  for (const name of ["message", "field", "request_id", "request_id_tail"]) same(remote[name], stages[name] ?? null, name);
  throw error;
}

/** Of a link's further pairs, the ones that are fields of the call. */
const PAIRS = ["mchid", "openid", "invoice_code", "invoice_no", "fapiao_id"];

async function download(one, context) {
  const { input, stages } = one;
  const extra = Object.fromEntries(pairs(input.extra));
  const caller = { kind: "sub_merchant", mchid: "1900000001", sub_mchid: "1", serial_no: "1", key: "direct", ring: [] };
  const made = await callerOf(caller, context, { allow_downloads: input.allowed_suffixes });
  const { mchid, ...fields } = Object.keys(extra).every((name) => PAIRS.includes(name)) ? extra : {};
  const signed = await made.call("download_file", { download_url: input.download_url, ...fields }).sign();
  if (stages.url !== undefined && pairs(input.extra).length === 0) same(signed.url, stages.url, "url");
  if (input.response === undefined) return;
  const { bytes } = await signed.read(answerOf(input.response));
  so(bytes.length > 0, "no file");
}

/** A caller as every program makes it. */
async function callerOf({ kind, key, ring = [], pinned, sub_mchid, ...names }, { keys, serials }, options) {
  if (kind === "account") return account({ appid: "wx0", ...names, ...options });
  if (kind === "component") return component({ ...names, ...options });
  const id = (stem) => (stem === "wechatpay" ? PUBLIC_KEY_ID : serials[stem]);
  const config = {
    ...names,
    private_key: keys[`${key}.key.pem`],
    ...(((ring.length === 0 && !names.api_v3_key) || ring.includes("wechatpay")) && { wechatpay_keys: { [PUBLIC_KEY_ID]: keys["wechatpay.pub.pem"] } }),
    platform_certificates: ring.filter((stem) => stem !== "wechatpay").map((stem) => keys[`${stem}.cert.pem`]),
    ...(pinned && { encryption_key: id(pinned) }),
    ...options,
  };
  if (kind === "direct") return direct(config);
  const provider = await partner(config);
  return kind === "partner" ? provider : provider.subMerchant(sub_mchid);
}

function answerOf(given) {
  return { status: given.status, headers: [...pairs(given.headers)], body: bytesOf(given, "body") ?? new Uint8Array() };
}

function pairs(list) {
  return list ?? [];
}

function bytesOf(given, name) {
  if (given[name] !== undefined) return new TextEncoder().encode(given[name]);
  const base64 = given[`${name}_base64`];
  return base64 === undefined ? undefined : fromBase64(base64);
}

function hex(text) {
  return Uint8Array.from(text.match(/../g), (pair) => Number.parseInt(pair, 16));
}
