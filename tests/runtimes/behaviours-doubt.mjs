// A call that may have taken effect: what its error tells, what is kept of it, and what is asked before it is sent again. The
// sandbox's ledger is the judge.

import { FapiaoError, memoryStore, send } from "fapiao-edge";
import { invoice, issued, refusal, shopOf, title, under } from "./fixtures.mjs";
import { same, so, test } from "./shim.mjs";

/** Waits that take no time. */
const wait = async () => {};
const OPEN_FOR = 360;

test("a lost issue ends unknown, with the text to keep and the time from which the query is final", async (input) => {
  const shop = await shopOf(input);
  const { error, arrived } = await lost(input, shop, "doubt-1");
  const now = Math.floor(Date.now() / 1000);
  same([error.code, error.decision.effect, error.decision.first], ["send.lost", "unknown", "query"]);
  const { ask_after } = error.decision;
  so(ask_after > now && ask_after <= now + OPEN_FOR, `${ask_after} at ${now}`);
  same(arrived[0].method, "POST", "first arrival");
  so(arrived.slice(1).every(({ method }) => method === "GET"), "it was sent twice");
  same([error.attempts.length, error.warnings], [arrived.length, []]);
  so(JSON.parse(error.in_doubt).call === "issue" && !error.in_doubt.includes("张三"), error.in_doubt);
  same(await issued(input, "doubt-1"), 1, "issued");
});

test("the text handed in again is asked about before anything is sent", async (input) => {
  const shop = await shopOf(input);
  const { error: { in_doubt } } = await lost(input, shop, "doubt-2");
  const { result, arrived } = await under(input, [], () => send(shop.issue(invoice("doubt-2")), { in_doubt, wait }));
  same([result, methods(arrived)], [{ accepted: true }, ["GET"]]);
  const order = invoice("doubt-2", "another remark");
  for (const [call, text] of [[shop.issue(order), in_doubt], [shop.issue(invoice("doubt-3")), in_doubt], [shop.issue(invoice("doubt-2")), "{}"]]) {
    const { result: error, arrived } = await under(input, [], () => refusal(() => send(call, { in_doubt: text, wait })));
    same([error.code, error.field, arrived.length], ["input.in_doubt", "in_doubt", 0], text);
  }
});

test("what never arrived is sent again once the query does not show it", async (input) => {
  const shop = await shopOf(input);
  const nowhere = async () => { throw new Error("the connection was cut"); };
  const error = await refusal(() => send(shop.issue(invoice("doubt-4")), { fetch: nowhere, wait }));
  same([error.decision.effect, await issued(input, "doubt-4")], ["unknown", 0]);
  const { arrived } = await under(input, [], () => send(shop.issue(invoice("doubt-4")), { in_doubt: error.in_doubt, wait }));
  same([methods(arrived), await issued(input, "doubt-4")], [["GET", "POST"], 1]);
});

test("a signed call tells what to keep before it is sent, where it has an effect", async (input) => {
  const shop = await shopOf(input);
  same((await shop.query({ fapiao_apply_id: "1" }).sign()).in_doubt, null);
  const call = await shop.issue(invoice("doubt-5")).sign();
  await (await fetch(call.url, call)).arrayBuffer();
  const { arrived } = await under(input, [], () => send(shop.issue(invoice("doubt-5")), { in_doubt: call.in_doubt, wait }));
  same([methods(arrived), await issued(input, "doubt-5")], [["GET"], 1]);
  // Signed with it, a refusal that answers the second request alone is no proof.
  const again = await shop.issue(invoice("doubt-5")).sign({ in_doubt: call.in_doubt });
  const gone = { status: 404, headers: { "Request-ID": "1" }, body: new TextEncoder().encode('{"code":"NOT_FOUND","message":""}') };
  same((await refusal(() => again.read(gone))).decision.effect, "unknown");
});

test("an earlier attempt that is assumed is asked about first", async (input) => {
  const shop = await shopOf(input);
  await send(shop.issue(invoice("doubt-6")));
  const { arrived } = await under(input, [], () => send(shop.issue(invoice("doubt-6")), { assume_in_doubt: true, wait }));
  same([methods(arrived), await issued(input, "doubt-6")], [["GET"], 1]);
});

test("of a client that repeats by itself, an unreachable gateway proves nothing", async (input) => {
  const shop = await shopOf(input);
  const fetch = async () => { throw Object.assign(new Error("refused"), { code: "ECONNREFUSED" }); };
  for (const [repeats, effect] of [[false, "no"], [true, "unknown"]]) {
    const error = await refusal(() => send(shop.issue(invoice("doubt-7")), { fetch, repeats, wait }));
    same([error.decision.effect, error.in_doubt !== null], [effect, repeats]);
  }
});

test("a store is written before the request leaves, and what became of it is kept", async (input) => {
  const shop = await shopOf(input);
  const events = [];
  const kept = memoryStore();
  const store = {
    get: (key) => { events.push("get"); return kept.get(key); },
    put: (key, text, version) => { events.push(`put ${JSON.parse(text).settled ?? "open"}`); return kept.put(key, text, version); },
  };
  const noting = (...request) => { events.push("sent"); return fetch(...request); };
  await send(shop.issue(invoice("doubt-8")), { store, fetch: noting });
  same(events, ["get", "put open", "sent", "put yes"]);
  // Whoever comes later to the same call knows.
  const { result, arrived } = await under(input, [], () => send(shop.issue(invoice("doubt-8")), { store }));
  same([result, arrived.length, await issued(input, "doubt-8")], [{ accepted: true }, 0, 1]);
  await lost(input, shop, "doubt-9", { store });
  const later = await under(input, [], () => send(shop.issue(invoice("doubt-9")), { store, wait }));
  same([methods(later.arrived), await issued(input, "doubt-9")], [["GET"], 1]);
});

test("whoever loses the race for a call sends nothing", async (input) => {
  const shop = await shopOf(input);
  const kept = memoryStore();
  // Another worker is between looking and writing.
  const store = { get: async () => undefined, put: (key, text) => kept.put(key, text, undefined) };
  const { arrived } = await under(input, [], async () => {
    await send(shop.issue(invoice("doubt-10")), { store: { ...store, put: async (...entry) => (await store.put(...entry)) ?? "late" } });
    const error = await refusal(() => send(shop.issue(invoice("doubt-10")), { store }));
    same([error.code, error.decision.effect, error.attempts], ["send.taken", "unknown", []]);
  });
  same([methods(arrived), await issued(input, "doubt-10")], [["POST"], 1]);
});

test("where a store fails, nothing is sent", async (input) => {
  const shop = await shopOf(input);
  const fail = async () => { throw new Error("the database is away"); };
  const stores = [{ get: fail, put: fail }, { get: async () => undefined, put: fail }, { get: async () => ({ text: 1 }), put: fail }];
  for (const store of stores) {
    const { result: error, arrived } = await under(input, [], () => refusal(() => send(shop.issue(invoice("doubt-11")), { store })));
    // What another worker did meanwhile, or an earlier attempt, nobody can know without it.
    same([error.code, error.decision.effect, typeof error.in_doubt, arrived.length], ["send.store", "unknown", "string", 0]);
    so(/away|store\.get/.test(error.cause.message), `${error.cause}`);
  }
  const error = await refusal(() => send(shop.issue(invoice("doubt-11")), { store: {} }));
  same([error.code, error.field], ["input.type", "store"]);
});

test("an empty answer is believed of one request, however often that reads it", async (input) => {
  const shop = await shopOf(input);
  const first = await shop.issue(invoice("doubt-12")).sign();
  const answer = await whole(first.url, first);
  for (let turn = 0; turn < 3; turn += 1) same(await first.read(answer), { accepted: true });
  const second = await shop.issue(invoice("doubt-13")).sign();
  const error = await refusal(() => second.read(answer));
  same([error.code, error.decision.effect, error.decision.first, error.in_doubt], ["verify.replayed", "unknown", "query", second.in_doubt]);
  same(await issued(input, "doubt-13"), 0, "issued");
});

test("an acceptance with a body is not believed", async (input) => {
  const shop = await shopOf(input);
  const other = await shop.titleUrl(title("doubt-14")).sign();
  const answer = await whole(other.url, other);
  const call = await shop.issue(invoice("doubt-14")).sign();
  const error = await refusal(() => call.read({ ...answer, status: 202 }));
  same([error.code, error.decision.effect, error.in_doubt !== null], ["verify.other_answer", "unknown", true]);
});

test("an answer is read again as it was the first time", async (input) => {
  const shop = await shopOf(input);
  const call = await shop.titleUrl(title("doubt-15")).sign();
  const answer = await whole(call.url, call);
  const forged = { ...answer, body: new TextEncoder().encode("{}") };
  const read = await call.read(answer);
  same((await refusal(() => call.read(forged))).code, "verify.signature");
  same(await Promise.all([call.read(answer), call.read(answer)]), [read, read]);
});

test("an observer that throws or rejects changes nothing", async (input) => {
  const shop = await shopOf(input);
  const { error: write } = console;
  const written = [];
  console.error = (...said) => written.push(said);
  try {
    for (const observer of [() => { throw new Error("a"); }, async () => { throw new Error("b"); }]) {
      so((await send(shop.titleUrl(title("doubt-16")), { observer })).title_url, "no answer");
      const error = await refusal(() => send(shop.query({ fapiao_apply_id: "doubt-none" }), { observer }));
      same([error instanceof FapiaoError, error.code], [true, "remote.api"]);
    }
    await new Promise((resolve) => setTimeout(resolve));
    same(written.map(([, { message }]) => message), ["a", "a", "b", "b"]);
  } finally {
    console.error = write;
  }
});

test("an option that is none is refused before anything is sent", async (input) => {
  const shop = await shopOf(input);
  const wrong = [[{ inDoubt: "a" }, "inDoubt"], [{ observe: () => {} }, "observe"], [{ in_doubt: 1 }, "in_doubt"], [{ fetch: null }, "fetch"], [null, "options"]];
  for (const [options, field] of wrong) {
    const { result: error, arrived } = await under(input, [], () => refusal(() => send(shop.issue(invoice("doubt-17")), options)));
    same([error.fault, error.field, arrived.length], ["caller", field, 0]);
  }
  same((await refusal(() => shop.issue(invoice("doubt-17")).sign({ store: memoryStore() }))).field, "store");
});

/** Issues under a gateway whose answers are all lost; gives the error and what arrived. */
async function lost(input, shop, id, options) {
  const cut = [{ fault: "cut_after", count: null }];
  const { result: error, arrived } = await under(input, cut, () => refusal(() => send(shop.issue(invoice(id)), { wait, ...options })));
  return { error, arrived };
}

function methods(arrived) {
  return arrived.map(({ method }) => method);
}

/** An answer with all its bytes. */
async function whole(url, init) {
  const answer = await fetch(url, init);
  return { status: answer.status, headers: [...answer.headers], body: new Uint8Array(await answer.arrayBuffer()) };
}
