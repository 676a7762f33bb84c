// The table of faults: what fetch tells on Node, Bun and Deno, and what axios and undici tell on Node. Printed, and the same in every column.

import { createServer as createHttp } from "node:http";
import { createServer as createHttps } from "node:https";
import { createServer as createTcp } from "node:net";
import process from "node:process";
import { gzipSync } from "node:zlib";
import { direct, send } from "fapiao-edge";
import { invoice, merchant } from "./fixtures.mjs";
import { so } from "./shim.mjs";

const REFUSAL = '{"code":"PARAM_ERROR","message":"m"}';
const ID = { "Content-Type": "application/json", "Request-ID": "0812F3B9C50610AF0118D1E1F2A20120C8A80128F4E303-0" };
/** Milliseconds: soon where the time-out is what is looked at, late elsewhere, however slow the machine. */
const SOON = 700;
const LATE = 30_000;

/**
 * What each fault is told as: code, effect, kind. `by` are the clients that say less: axios gives half a body as a whole
 * one, and undici's `request` unfolds nothing.
 */
const FAULTS = {
  "name not found": { base: () => "https://no-such-host.invalid", told: "send.not_sent no dns" },
  refused: { base: closed, told: "send.not_sent no connect" },
  "not trusted": { base: (keys) => over(createHttps({ key: keys["direct.key.pem"], cert: keys["direct.cert.pem"] }, refuse), "https"), told: "send.not_sent no tls" },
  "cut before the answer": { base: () => over(createHttp((request) => request.resume().on("end", () => request.socket.destroy()))), told: "send.lost unknown reset" },
  "cut in the answer": { base: () => over(createHttp(half)), told: "send.lost unknown reset", by: { axios: "verify.header_missing unknown -" } },
  "no answer": { base: () => over(createHttp((request) => request.resume())), told: "send.lost unknown timeout", timeout: SOON },
  "dripping answer": { base: () => over(createHttp(drip)), told: "send.lost unknown timeout", timeout: SOON },
  "no HTTP": { base: () => over(createTcp((socket) => socket.on("error", () => {}).end("SSH-2.0-OpenSSH_9.6\r\n\r\n"))), told: "send.lost unknown protocol" },
  "9 MiB out of gzip": { base: () => over(createHttp(unfolding)), told: "limit.body unknown -", by: { undici: "verify.header_missing unknown -" } },
  400: { base: () => over(createHttp(refuse)), told: "remote.api no -" },
  "400 that is raised": { base: () => over(createHttp(refuse)), told: "remote.api no -", wrap: raising },
  "called off": { base: () => over(createHttp((request) => request.resume())), told: "send.cancelled unknown -", signal: () => AbortSignal.timeout(200) },
};

const servers = [];
const sockets = [];

/** Tries every client of this runtime under every fault. */
export async function table(input) {
  const clients = await clientsHere();
  const wrong = [];
  for (const [fault, { base, told, by = {}, wrap = (fetch) => fetch, timeout = LATE, signal }] of Object.entries(FAULTS)) {
    const main = await base(input.keys);
    const cells = [];
    for (const [client, fetch] of Object.entries(clients)) {
      const shop = await direct({ ...merchant(input), hosts: { main, backup: main } });
      const end = await send(shop.issue(invoice("faults-1")), { fetch: wrap(fetch), timeout, wait: async () => {}, signal: signal?.() }).catch((error) => error);
      const found = [end.code, end.decision?.effect, end.details?.kind ?? "-"].join(" ");
      cells.push(`${client}: ${found}`);
      if (found !== (by[client] ?? told)) wrong.push(`${fault}, ${client}: ${found}; cause ${end.cause?.code} ${end.cause?.message} ${end.cause?.cause?.code} ${end.cause?.cause?.message}`);
      if (end.code?.startsWith("send.") && !end.cause) wrong.push(`${fault}, ${client}: no cause`);
    }
    console.log(`   ${fault.padEnd(22)} | ${cells.join(" | ")}`);
  }
  sockets.forEach((socket) => socket.destroy());
  servers.forEach((server) => server.close());
  so(wrong.length === 0, wrong.join("\n"));
}

async function clientsHere() {
  if (globalThis.Deno) return { deno: fetch };
  if (globalThis.Bun) return { bun: fetch };
  const [{ default: axios }, { request }] = await Promise.all([import("axios"), import("undici")]);
  return {
    fetch,
    axios: (url, { body, ...how }) => axios({ url, ...how, data: body, responseType: "arraybuffer", maxRedirects: 0, proxy: false }),
    undici: async (url, { redirect, ...how }) => {
      const { statusCode, headers, body } = await request(url, how);
      return { status: statusCode, headers, body: new Uint8Array(await body.arrayBuffer()) };
    },
  };
}

/** What a client does that throws for 4xx and 5xx. */
function raising(fetch) {
  return async (url, init) => {
    const response = await fetch(url, init);
    if (response.status < 400) return response;
    throw Object.assign(new Error(`status ${response.status}`), { response });
  };
}

function refuse(request, response) {
  request.resume().on("end", () => response.writeHead(400, ID).end(REFUSAL));
}

function half(request, response) {
  request.resume().on("end", () => {
    response.writeHead(200, { "Content-Length": "100" }).write("{");
    setTimeout(() => response.socket?.destroy(), 50);
  });
}

function drip(request, response) {
  request.resume().on("end", () => {
    response.writeHead(200, { "Content-Length": "100000" });
    const timer = setInterval(() => response.write(" "), 50);
    response.on("close", () => clearInterval(timer)).on("error", () => {});
  });
}

function unfolding(request, response) {
  const packed = gzipSync(Buffer.alloc(9 << 20));
  request.resume().on("end", () => response.writeHead(200, { "Content-Encoding": "gzip" }).end(packed));
}

async function over(server, scheme = "http") {
  servers.push(server);
  server.on("tlsClientError", () => {}).on("connection", (socket) => sockets.push(socket));
  await new Promise((ready) => { server.listen(0, "127.0.0.1", ready); });
  return `${scheme}://${scheme === "https" ? "localhost" : "127.0.0.1"}:${server.address().port}`;
}

async function closed() {
  const server = createTcp();
  await new Promise((ready) => { server.listen(0, "127.0.0.1", ready); });
  const { port } = server.address();
  await new Promise((done) => { server.close(done); });
  return `http://127.0.0.1:${port}`;
}

process.on("warning", () => {});
