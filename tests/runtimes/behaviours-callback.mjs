// Callbacks on every runtime.

import { direct, Receiver } from "fapiao-edge";
import { callback as forHono } from "fapiao-edge/hono";
import { callback } from "fapiao-edge/web";
import { merchant } from "./fixtures.mjs";
import { rejected, same, so, test } from "./shim.mjs";

const now = 1795305600;

/** The genuine callback of the vectors, and who receives it. */
async function genuine({ vectors, keys }) {
  const { input, stages } = vectors["callbacks.json"].cases.find((one) => one.id === "direct");
  const [{ mchid, api_v3_keys }] = input.receivers;
  const [, id] = input.headers.find(([name]) => name === "Wechatpay-Serial");
  const shop = await direct({
    mchid, serial_no: "1", private_key: keys["direct.key.pem"], wechatpay_keys: { [id]: keys["wechatpay.pub.pem"] },
    api_v3_key: api_v3_keys, clock: () => now,
  });
  const request = () => new Request("https://shop.example/callback", { method: "POST", headers: input.headers, body: input.body });
  return { receiver: new Receiver(shop), request, event: stages.event, shop, input };
}

test("a callback is a Request, and its answer a Response", async (given) => {
  const { receiver, request, event } = await genuine(given);
  const seen = [];
  const handled = callback(receiver, async (one) => { seen.push(one); });
  same((await handled(request())).status, 204);
  same((await forHono(receiver, (one) => { seen.push(one); })({ req: { raw: request() } })).status, 204);
  same(seen, [event, event]);
  same((await handled(new Request("https://shop.example/callback"))).status, 405, "a GET");
});

test("an event whose handler fails is asked for again", async (given) => {
  const { receiver, request } = await genuine(given);
  const { error } = console;
  console.error = () => {};
  try {
    const answer = await callback(receiver, () => { throw new Error("the database is away"); })(request());
    same([answer.status, (await answer.json()).code], [500, "FAIL"]);
  } finally {
    console.error = error;
  }
});

test("a forged callback is never given to the handler", async (given) => {
  const { receiver, request } = await genuine(given);
  const forged = new Request(request(), { body: "{}" });
  const { warn } = console;
  console.warn = () => {};
  try {
    const answer = await callback(receiver, () => { throw new Error("handled"); })(forged);
    same([answer.status, answer.headers.get("content-type")], [401, "application/json"]);
  } finally {
    console.warn = warn;
  }
});

test("a body that was parsed is refused with the call that has the bytes", async (given) => {
  const { receiver, input } = await genuine(given);
  const error = await rejected(receiver.receive({ headers: input.headers, body: JSON.parse(input.body) }));
  so(error.code === "input.type" && error.message.includes("arrayBuffer"), `${error}`);
});

test("headers may be an object with lists, as Node has them", async (given) => {
  const { receiver, input } = await genuine(given);
  const headers = Object.fromEntries(input.headers.map(([name, value]) => [name.toLowerCase(), [value]]));
  same((await receiver.receive({ headers: { ...headers, other: undefined }, body: new TextEncoder().encode(input.body) })).reception, "event");
});

test("a receiver without an APIv3 key says so", async (input) => {
  const shop = await direct(merchant(input));
  const error = await rejected((async () => new Receiver(shop))());
  same([error.code, error.field], ["key.missing", "api_v3_key"]);
});

test("the verifier of a program checks callbacks too", async (given) => {
  const { input } = await genuine(given);
  const [{ mchid, api_v3_keys }] = input.receivers;
  const [, id] = input.headers.find(([name]) => name === "Wechatpay-Serial");
  const checks = [];
  const shop = await direct({
    mchid, serial_no: "1", private_key: given.keys["direct.key.pem"], wechatpay_keys: { [id]: given.keys["wechatpay.pub.pem"] },
    api_v3_key: api_v3_keys, clock: () => now, verifier: ({ key_id }) => { checks.push(key_id); return false; },
  });
  const received = await new Receiver(shop).receive({ headers: input.headers, body: new TextEncoder().encode(input.body) });
  same([received.reception, checks], ["forged", [id]]);
});
