// node open.mjs CHROMIUM PAGE: serves this folder, opens a page of it, and leaves what the page tells in seen.json.

import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { text } from "node:stream/consumers";

const PATIENCE = 60_000;
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".json": "application/json", ".wasm": "application/wasm" };
const [chromium, page] = process.argv.slice(2);

let see;
let giveUp;
const seen = new Promise((resolve, reject) => [see, giveUp] = [resolve, reject]);
const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, "http://page");
  if (pathname === "/seen") {
    see(await text(request));
    return response.end();
  }
  try {
    const path = normalize(pathname);
    const contents = readFileSync(join(".", path));
    response.setHeader("content-type", TYPES[extname(path)] ?? "application/octet-stream").end(contents);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));

const profile = mkdtempSync(join(tmpdir(), "chromium-"));
const address = `http://127.0.0.1:${server.address().port}/${page}`;
// The sandbox of the browser needs rights that root and containers do not have; the page is our own.
const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", `--user-data-dir=${profile}`];
const browser = spawn(chromium, [...flags, address], { stdio: ["ignore", "ignore", "pipe"] });
const said = text(browser.stderr);
browser.on("error", giveUp);
browser.on("exit", async (code) => giveUp(new Error(`the browser ended (${code}): ${await said}`)));
const timer = setTimeout(() => giveUp(new Error(`the page told nothing within ${PATIENCE / 1000} seconds`)), PATIENCE);
try {
  writeFileSync("seen.json", await seen);
} finally {
  clearTimeout(timer);
  browser.kill("SIGKILL");
  server.close();
  server.closeAllConnections();
  await new Promise((ended) => (browser.exitCode ?? browser.signalCode) === null ? browser.once("exit", ended) : ended());
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
}
