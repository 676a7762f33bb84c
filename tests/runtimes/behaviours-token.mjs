// Access tokens that accounts get by themselves, on every runtime.

import { account, memoryStore, send } from "fapiao-edge";
import { arrivals, control } from "./fixtures.mjs";
import { rejected, same, so, test } from "./shim.mjs";

const PDF = { bytes: new TextEncoder().encode("%PDF-1.7\n%%EOF\n"), filename: "a.pdf", media_type: "application/pdf" };

function options({ announced }, more = {}) {
  const { appid, secret } = announced.account;
  return { appid, secret, hosts: { main: announced.main, backup: announced.backup }, ...more };
}

async function tokenCalls(input, work) {
  const { last } = await arrivals(input);
  const result = await work();
  const { arrivals: arrived } = await arrivals(input, last);
  return { result, count: arrived.filter(({ target }) => target.includes("stable_token")).length };
}

test("an account with its secret finds its token, once for all its calls", async (input) => {
  const own = await account(options(input));
  const { count } = await tokenCalls(input, async () => {
    const { s_media_id } = await send(own.setPdf(PDF));
    const { pdf_url } = await send(own.getPdf({ s_media_id }));
    so(pdf_url.includes("media_key"), pdf_url);
  });
  same(count, 1);
});

test("accounts that share a store share the token, and the store holds nothing else that is secret", async (input) => {
  const store = memoryStore();
  const kept = [];
  const watched = { get: (key) => store.get(key), put: (key, text, version) => { kept.push([key, text]); return store.put(key, text, version); } };
  const { count } = await tokenCalls(input, async () => {
    for (let turn = 0; turn < 3; turn += 1) await send((await account(options(input))).setPdf(PDF), { store: watched });
  });
  same(count, 1);
  const text = JSON.stringify(kept);
  so(text.includes("fapiao:stable_token:") && !text.includes(input.announced.account.secret), "the secret is kept");
});

test("a token that was voided elsewhere is replaced once, and the call goes through", async (input) => {
  const own = await account(options(input));
  await send(own.setPdf(PDF));
  await send(own.stableToken({ force_refresh: true }));
  const seen = [];
  await send(own.setPdf(PDF), { observer: ({ call, error }) => seen.push([call, error]) });
  const calls = seen.map(([call]) => call);
  so(calls.join() === "set_pdf,stable_token,set_pdf" || calls.join() === "set_pdf", calls.join());
});

test("a wrong secret is told as that, and nothing was done", async (input) => {
  const own = await account(options(input, { secret: "0".repeat(32) }));
  const error = await rejected(send(own.setPdf(PDF)));
  same([error.code, error.decision.effect, error.details.token_call], ["remote.errcode", "no", "stable_token"]);
  so(!JSON.stringify(error).includes("0".repeat(32)), "the secret shows");
});

test("without a client there is no token, and the error says what to do", async (input) => {
  const own = await account(options(input));
  const error = await rejected(own.getPdf({ s_media_id: "1" }).sign());
  same([error.code, error.field], ["input.access_token", "access_token"]);
});
