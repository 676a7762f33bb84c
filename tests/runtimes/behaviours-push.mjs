// Pushes to an account's server, and events that arrive twice, on every runtime.

import { memoryStore, PushReceiver } from "fapiao-edge";
import { push as forHono } from "fapiao-edge/hono";
import { storeInbox } from "fapiao-edge/inbox";
import { push } from "fapiao-edge/web";
import { rejected, same, so, test } from "./shim.mjs";

/** One of the vectors, as a request. */
function genuine({ vectors }, id) {
  const { input, stages } = vectors["pushes.json"].cases.find((one) => one.id === id);
  const url = `https://shop.example/push?${input.query}`;
  const request = () => new Request(url, input.body ? { method: "POST", body: input.body } : {});
  return { receiver: new PushReceiver(input.receiver), request, event: stages.event, key: stages.key };
}

async function quietly(work) {
  const { error, warn } = console;
  console.error = console.warn = () => {};
  try {
    return await work();
  } finally {
    Object.assign(console, { error, warn });
  }
}

test("a push is a Request, and its answer a Response", async (given) => {
  const { receiver, request, event } = genuine(given, "authorized-xml");
  const seen = [];
  const answer = await push(receiver, (one) => { seen.push(one); })(request());
  same([answer.status, await answer.text(), answer.headers.get("content-type")], [200, "success", "text/plain"]);
  same((await forHono(receiver, (one) => { seen.push(one); })({ req: { raw: request() } })).status, 200);
  same(seen, [event, event]);
});

test("the console's check of the URL is answered, and nobody handles it", async (given) => {
  const { receiver, request } = genuine(given, "url-check-with-key");
  const answer = await push(receiver, () => { throw new Error("handled"); })(request());
  same([answer.status, await answer.text()], [200, "4375120948345356249"]);
});

test("a forged push is never given to the handler, and a failing handler asks for it again", async (given) => {
  const { receiver, request } = genuine(given, "plain-signature-only");
  same((await quietly(() => push(receiver, () => { throw new Error("handled"); })(request()))).status, 401);
  const good = genuine(given, "status-json");
  same((await quietly(() => push(good.receiver, () => { throw new Error("away"); })(good.request()))).status, 500);
});

test("what is no push is refused with the call that has it", async (given) => {
  const { receiver } = genuine(given, "status-json");
  for (const wrong of [undefined, {}, { url: 7 }, { url: "/", body: "text" }]) {
    const error = await rejected(receiver.receive(wrong));
    same(error.code, "input.type");
  }
  for (const [options, field] of [[{ appid: "wx1" }, "token"], [{ appid: "wx1", token: "t", aes: 1 }, "aes"], [{ appid: "wx1", token: "t", encoding_aes_key: "short" }, "encoding_aes_key"]]) {
    const error = await rejected((async () => new PushReceiver(options))());
    same(error.field, field);
  }
});

test("an event that comes twice is handled once", async (given) => {
  const { receiver, request } = genuine(given, "title-xml");
  const store = memoryStore();
  let now = 1_000;
  const inbox = storeInbox(store, () => now);
  const done = [];
  const deliver = async (work) => (await inbox.handle(await receiver.receive(request()), work)).status;
  same(await quietly(() => deliver(() => { throw new Error("the database is away"); })), 500);
  same(await deliver((event) => { done.push(event.Event); }), 200);
  same(await deliver((event) => { done.push(event.Event); }), 200);
  same(done, ["submit_invoice_title"]);
});

test("while an event is handled, another delivery waits its turn, and none is lost to a worker that died", async (given) => {
  const { receiver, request } = genuine(given, "result-xml");
  let now = 1_000;
  const inbox = storeInbox(memoryStore(), () => now);
  const deliver = async (work) => (await inbox.handle(await receiver.receive(request()), work)).status;
  let second;
  const never = new Promise(() => {});
  void deliver(async () => never);
  await new Promise((resolve) => setTimeout(resolve, 20));
  second = await quietly(() => deliver(() => {}));
  same(second, 500);
  now += 61;
  const done = [];
  same(await deliver((event) => { done.push(event.Event); }), 200);
  so(done.length === 1, "the event was lost");
});
