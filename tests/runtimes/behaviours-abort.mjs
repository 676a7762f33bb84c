// Calling a call off: before, while and after it is sent. The sandbox's ledger is the judge.

import { TransportError, send } from "fapiao-edge";
import { arrivals, invoice, issued, refusal, shopOf, title, under } from "./fixtures.mjs";
import { same, so, test } from "./shim.mjs";

test("called off before it is sent, nothing arrives and nothing took effect", async (input) => {
  const shop = await shopOf(input);
  const { result: error, arrived } = await under(input, [], () =>
    refusal(() => send(shop.issue(invoice("abort-1")), { signal: AbortSignal.abort(new Error("enough")) })));
  same([error.code, error.decision.effect, error.cause.message, arrived.length], ["send.cancelled", "no", "enough", 0]);
});

test("called off while it is sent, it may have taken effect, and here it has", async (input) => {
  const shop = await shopOf(input);
  const off = new AbortController();
  const { result: error, arrived } = await under(input, [{ fault: "slow", millis: 10000 }], async () => {
    const since = (await arrivals(input)).last;
    const sent = refusal(() => send(shop.issue(invoice("abort-2")), { signal: off.signal }));
    while ((await arrivals(input, since)).arrivals.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    off.abort(new Error("enough"));
    return sent;
  });
  so(error instanceof TransportError, error.stack);
  same([error.code, error.decision.effect, error.decision.first, error.cause.message], ["send.cancelled", "unknown", "query", "enough"]);
  so(error.decision.ask_after > 0 && error.attempts[0].call === "issue" && error.warnings.length === 0, "it does not say what became of it");
  same([arrived.length, await issued(input, "abort-2")], [1, 1], "arrivals and effects");
  const later = await under(input, [], () => send(shop.issue(invoice("abort-2")), { in_doubt: error.in_doubt }));
  same(later.arrived.map(({ method }) => method), ["GET"], "what was in doubt is asked about, and is there");
});

test("called off between two attempts, nothing more is sent", async (input) => {
  const shop = await shopOf(input);
  for (const [fault, effect] of [["rate_limit", "no"], ["cut_after", "unknown"]]) {
    const off = new AbortController();
    const id = `abort-${fault}`;
    const once = (...request) => whole(...request).finally(() => off.abort(new Error("enough")));
    const { result: error, arrived } = await under(input, [{ fault, path: "fapiao-applications" }], () =>
      refusal(() => send(shop.issue(invoice(id)), { signal: off.signal, fetch: once })));
    same([error.code, error.decision.effect, arrived.length, error.attempts.length], ["send.cancelled", effect, 1, 1], fault);
    same(await issued(input, id), effect === "no" ? 0 : 1, "issued");
  }
});

/** The shortest first wait between two attempts, in milliseconds. */
const SHORTEST_WAIT = 500;

test("called off while it waits, it stops at once", async (input) => {
  const shop = await shopOf(input);
  const off = new AbortController();
  let answered;
  const timed = (...request) => whole(...request).finally(() => {
    answered = performance.now();
    setTimeout(() => off.abort(new Error("enough")), 50);
  });
  const { result: [error, waited], arrived } = await under(input, [{ fault: "rate_limit", count: null }], async () => {
    const error = await refusal(() => send(shop.titleUrl(title("abort-5")), { signal: off.signal, fetch: timed }));
    return [error, performance.now() - answered];
  });
  same([error.decision.effect, error.cause.message, arrived.length], ["no", "enough", 1]);
  so(waited < SHORTEST_WAIT, `it went on waiting: ${waited} ms`);
});

test("where a wait of one's own rejects, nothing more is sent", async (input) => {
  const shop = await shopOf(input);
  const wait = async () => { throw new Error("enough"); };
  const { result: error, arrived } = await under(input, [{ fault: "cut_after", count: null }], () =>
    refusal(() => send(shop.issue(invoice("abort-7")), { wait })));
  same([error.decision.effect, error.cause.message, arrived.length], ["unknown", "enough", 1]);
  so(error.in_doubt, "nothing to keep");
});

test("called off after its answer came, the answer stands", async (input) => {
  const shop = await shopOf(input);
  const off = new AbortController();
  const late = (...request) => whole(...request).finally(() => off.abort(new Error("too late")));
  same(await send(shop.issue(invoice("abort-6")), { signal: off.signal, fetch: late }), { accepted: true });
  same(await issued(input, "abort-6"), 1, "issued");
});

/** An answer with all its bytes. */
async function whole(url, init) {
  const answer = await fetch(url, init);
  return { status: answer.status, headers: answer.headers, body: new Uint8Array(await answer.arrayBuffer()) };
}
