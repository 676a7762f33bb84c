// Clients as programs set them up: they throw on a status, hang, drip, give more than anybody wants, and fail for many reasons.

import { account, send } from "fapiao-edge";
import { invoice, refusal, shopOf, title, under } from "./fixtures.mjs";
import { same, so, test } from "./shim.mjs";

const REFUSAL = new TextEncoder().encode('{"code":"PARAM_ERROR","message":"m"}');
const HEADERS = [["content-type", "application/json"], ["request-id", "0812F3B9C50610AF0118D1E1F2A20120C8A80128F4E303-0"]];
const TOKEN = "t0k3n-of-account";

/** A `fetch` that throws what wrappers throw for 4xx and 5xx, and counts how often it was asked. */
function throwing(response) {
  const fetch = async () => {
    fetch.asked += 1;
    throw Object.assign(new Error(`status ${response.status}`), { name: "HTTPError", response });
  };
  fetch.asked = 0;
  return fetch;
}

test("a fetch that throws on a status gives its answer all the same", async (input) => {
  const shop = await shopOf(input);
  for (const response of [new Response(REFUSAL, { status: 400, headers: HEADERS }), { status: 400, headers: Object.fromEntries(HEADERS), data: REFUSAL }]) {
    const fetch = throwing(response);
    const error = await refusal(() => send(shop.issue(invoice("session-1")), { fetch }));
    same([error.code, error.remote.code, error.decision.effect, fetch.asked], ["remote.api", "PARAM_ERROR", "no", 1]);
  }
});

test("a fetch that read the body before it threw leaves the status", async (input) => {
  const response = new Response(REFUSAL, { status: 400, headers: HEADERS });
  await response.json();
  const error = await refusal(async () => send((await shopOf(input)).issue(invoice("session-2")), { fetch: throwing(response), wait: async () => {} }));
  same([error.code, error.remote.status], ["remote.not_json", 400]);
});

test("headers in lists and bodies as axios gives them are taken", async (input) => {
  const shop = await shopOf(input);
  const { result } = await under(input, [], () => send(shop.titleUrl(title("session-3")), {
    fetch: async (url, init) => {
      const answer = await fetch(url, init);
      const data = new Uint8Array(await answer.arrayBuffer());
      return { status: answer.status, headers: Object.fromEntries([...answer.headers].map(([name, value]) => [name, [value]])), data };
    },
  }));
  so(result.title_url, "no link");
});

test("a body without an end is refused at the limit, and no more of it is read", async (input) => {
  const piece = new Uint8Array(1 << 20);
  let pulled = 0;
  const endless = new ReadableStream({ pull: (stream) => { pulled += 1; stream.enqueue(piece); } });
  const error = await refusal(async () => send((await shopOf(input)).titleUrl(title("session-4")), { fetch: async () => new Response(endless) }));
  so(error.code === "limit.body" && pulled < 40, `${error.code} after ${pulled} MiB`);
});

test("a request that takes too long is let go, whatever its client does", async (input) => {
  const shop = await shopOf(input);
  const hanging = () => new Promise(() => {});
  const dripping = async () => new Response(new ReadableStream({
    pull: async (stream) => {
      await new Promise((next) => { setTimeout(next, 20); });
      stream.enqueue(new Uint8Array(1));
    },
  }));
  for (const fetch of [hanging, dripping]) {
    const started = performance.now();
    const error = await refusal(() => send(shop.issue(invoice("session-5")), { fetch, timeout: 100, deadline: 400 }));
    const took = performance.now() - started;
    same([error.code, error.cause.name, error.decision.effect], ["send.cancelled", "TimeoutError", "unknown"]);
    so(took < 1500 && error.in_doubt, `it took ${took} ms`);
  }
  const error = await refusal(() => send(shop.titleUrl(title("session-5")), { fetch: hanging, timeout: 50, wait: async () => {} }));
  same([error.code, error.cause.name, error.details.kind, error.attempts.length], ["send.lost", "TimeoutError", "timeout", 4]);
});

test("a deadline that would pass while it waits ends the send there, and tells of what was sent", async (input) => {
  const told = [];
  let asked = 0;
  const fetch = async () => { asked += 1; throw new Error("socket hang up"); };
  const started = performance.now();
  const error = await refusal(async () => send((await shopOf(input)).issue(invoice("session-6")), { fetch, deadline: 300, observer: (attempt) => told.push(attempt) }));
  same([error.code, error.decision.effect, told.length, error.attempts.length], ["send.cancelled", "unknown", asked, asked]);
  so(performance.now() - started < 300, "it waited");
});

test("limits that are none are refused", async (input) => {
  const shop = await shopOf(input);
  for (const name of ["timeout", "deadline"]) {
    for (const given of [0, -1, "5", Number.NaN]) same((await refusal(() => send(shop.titleUrl(title("a")), { [name]: given }))).field, name);
  }
});

/** What the runtimes and clients say, what it means, and of which kind it is. */
const FAILURES = [
  [{ cause: { code: "ENOTFOUND", message: "getaddrinfo ENOTFOUND a.invalid" } }, "send.not_sent", "dns"],
  [{ cause: { code: "ECONNREFUSED", message: "connect ECONNREFUSED 127.0.0.1:9" } }, "send.not_sent", "connect"],
  [{ code: "ConnectionRefused", message: "Unable to connect. Is the computer able to access the url?" }, "send.not_sent", "connect"],
  [{ cause: { code: "ETIMEDOUT", message: "connect ETIMEDOUT 10.0.0.1:443" } }, "send.not_sent", "timeout"],
  [{ cause: { code: "UND_ERR_CONNECT_TIMEOUT", message: "Connect Timeout Error" } }, "send.not_sent", "timeout"],
  [{ cause: { code: "SELF_SIGNED_CERT_IN_CHAIN", message: "self-signed certificate in certificate chain" } }, "send.not_sent", "tls"],
  [{ cause: { code: "ERR_TLS_CERT_ALTNAME_INVALID", message: "Hostname/IP does not match certificate's altnames" } }, "send.not_sent", "tls"],
  [{ message: "client error (Connect): dns error: failed to lookup address information" }, "send.not_sent", "dns"],
  [{ message: "client error (Connect): invalid peer certificate: UnknownIssuer" }, "send.not_sent", "tls"],
  [{ message: "client error (Connect): tcp connect error: Connection refused" }, "send.not_sent", "connect"],
  [{ cause: { message: "Proxy response (403) !== 200 when HTTP Tunneling" } }, "send.not_sent", "proxy"],
  [{ cause: { code: "UND_ERR_SOCKET", message: "other side closed" } }, "send.lost", "reset"],
  [{ code: "ECONNRESET", message: "socket hang up" }, "send.lost", "reset"],
  [{ cause: { code: "UND_ERR_HEADERS_TIMEOUT", message: "Headers Timeout Error" } }, "send.lost", "timeout"],
  [{ cause: { code: "HPE_INVALID_CONSTANT", message: "Expected HTTP/" } }, "send.lost", "protocol"],
  [{ message: "Network connection lost." }, "send.lost", "reset"],
];

test("each failure of a client is of the same kind everywhere, and is the cause", async (input) => {
  const shop = await shopOf(input);
  for (const [{ cause, ...said }, code, kind] of FAILURES) {
    const failure = Object.assign(new TypeError(said.message ?? "fetch failed", cause && { cause: Object.assign(new Error(cause.message), cause) }), said);
    const error = await refusal(() => send(shop.issue(invoice("session-7")), { fetch: async () => { throw failure; }, wait: async () => {} }));
    same([error.code, error.details.kind, error.decision.effect], [code, kind, code === "send.lost" ? "unknown" : "no"], said.message ?? cause.message);
    so(error.cause === failure, "another cause");
  }
});

test("no cause holds the token of a URL, or the request", async () => {
  const official = account({ appid: "wx0", access_token: TOKEN });
  const quoting = async (url) => { throw Object.assign(new Error(`error sending request for url (${url})`), { path: url }); };
  const holding = async (url, init) => { throw Object.assign(new Error("Request failed"), { config: { url, ...init }, cause: new Error("socket hang up") }); };
  for (const [fetch, message] of [[quoting, "error sending request"], [holding, "socket hang up"]]) {
    const error = await refusal(async () => send((await official).getPdf({ s_media_id: "75197245361516544" }), { fetch, wait: async () => {} }));
    so(error.cause.message.startsWith(message), String(error.cause));
    so(!JSON.stringify([error.cause.message, error.cause.stack, { ...error.cause }]).includes(TOKEN), "the token is shown");
  }
});

test("a client that changes or repeats requests is named where the call fails", async (input) => {
  const shop = await shopOf(input);
  const changing = async (url) => ({ status: 401, headers: HEADERS, body: REFUSAL, url: url.replace("/v3/", "/v3//") });
  const changed = await refusal(() => send(shop.titleUrl(title("session-9")), { fetch: changing }));
  so(changed.help.includes("changes requests on their way") && changed.helpZh.includes("会改动请求"), changed.help);
  const plain = await refusal(() => send(shop.titleUrl(title("session-9")), { fetch: async (url) => ({ ...(await changing(url)), url }) }));
  so(!plain.help.includes("this client"), plain.help);
  const dispatcher = Symbol.for("undici.globalDispatcher.1");
  const before = globalThis[dispatcher];
  class RetryAgent {}
  globalThis[dispatcher] = new RetryAgent();
  const nobody = await shopOf(input, { hosts: { main: "http://127.0.0.1:9", backup: "http://127.0.0.1:9" } });
  const error = await refusal(() => send(nobody.issue(invoice("session-9")), { wait: async () => {} }));
  globalThis[dispatcher] = before;
  same([error.decision.effect, error.help.includes("repeats requests by itself")], ["unknown", true]);
});

test("a success tells what stays encrypted", async (input) => {
  const shop = await shopOf(input);
  const id = "session-8";
  await send(shop.issue(invoice(id)));
  const closed = await shopOf(input, { decrypter: () => { throw new Error("the KMS is away"); } });
  const call = await closed.query({ fapiao_apply_id: id }).sign();
  await call.read(await fetch(call.url, call));
  same(call.warnings.map(({ field }) => field), ["/fapiao_information/0/buyer_information/email"]);
});

test("DEBUG=fapiao tells of each request where programs for Node run", async (input) => {
  const { process, navigator, Deno } = globalThis;
  if (!process?.versions?.node || Deno || navigator?.userAgent === "Cloudflare-Workers") return;
  const shop = await shopOf(input);
  const [{ error }, { DEBUG }, lines] = [console, process.env, []];
  try {
    console.error = (line) => lines.push(line);
    process.env.DEBUG = "other,fapiao";
    await send(shop.titleUrl(title("session-10")));
    process.env.DEBUG = "fapiaox";
    await send(shop.titleUrl(title("session-10")));
  } finally {
    console.error = error;
    process.env.DEBUG = DEBUG ?? "";
  }
  const { call, status } = JSON.parse(lines[0].slice("fapiao: ".length));
  same([call, status, lines.length], ["title_url", 200, 1]);
});
