// The life of an invoice on every runtime.

import { FapiaoError, InvoiceLife, advance, keep, memoryStore } from "fapiao-edge";
import { invoice, issued, refusal, shopOf, under } from "./fixtures.mjs";
import { same, so, test } from "./shim.mjs";

const options = { way: "direct", mchid: "1900000001", fapiao_apply_id: "4200000444201910177461284488", clock: () => 1764300000 };

test("what is known says what may be done next, and the text goes on where it was kept", () => {
  const life = new InvoiceLife(options);
  so(life.take({ input: "order", amount: 38044 }, { input: "buyer" }), "it is new");
  const [step] = life.next();
  same([step.do, step.call], ["call", "issue"]);
  const again = new InvoiceLife({ text: life.text, clock: () => 1764300000 });
  same([again.text, again.take({ input: "buyer" }), again.next()[0].call], [life.text, false, "issue"]);
  so(["yes", "not_now"].includes(life.mayRefund(38044).answer), JSON.stringify(life.mayRefund(38044)));
});

test("a text that was cut, and one of another merchant, are named", async () => {
  const { text } = new InvoiceLife(options);
  same((await refusal(() => new InvoiceLife({ text: text.slice(0, -9) }))).code, "life.text");
  same((await refusal(() => new InvoiceLife({ ...options, mchid: "1900000002", text }))).code, "life.merchant");
});

/** A life at the sandbox, whose own clock can go ahead; its calls are made by the real one. */
async function lifeOf(input, fapiao_apply_id, { saved = [] } = {}) {
  const shop = await shopOf(input);
  let ahead = 0;
  const clock = () => Date.now() / 1000 + ahead;
  const open = () => {
    const life = new InvoiceLife({ way: "direct", mchid: input.announced.pay.direct.mchid, fapiao_apply_id, scene: "WITHOUT_WECHATPAY", clock });
    life.take({ input: "order", amount: 100 }, { input: "buyer" });
    return life;
  };
  const issue = ({ fapiao_information: [one] }) => {
    const whole = invoice(fapiao_apply_id);
    return shop.issue({ ...whole, fapiao_information: [{ ...whole.fapiao_information[0], ...one }] });
  };
  const options = { caller: shop, store: memoryStore(), calls: { issue }, save: ({ status }) => saved.push(status) };
  const step = async (life) => {
    const done = await advance(life, options);
    if (!done.taken && done.step.do === "wait") {
      // The gateway has a clock of its own, and issues after a second.
      await new Promise((resolve) => setTimeout(resolve, 300));
      ahead += Math.max(0, done.step.until - clock()) + 1;
    }
    return done;
  };
  return { open, options, step };
}

test("a life reaches its end by the proposed steps alone", async (input) => {
  const saved = [];
  const { open, step } = await lifeOf(input, "life-walk", { saved });
  const [life, made] = [open(), []];
  let done;
  do {
    done = await step(life);
    if (done.taken) made.push(done.step.call);
    so(made.length < 30, `no end: ${made}`);
  } while (done.taken || done.step.do === "wait");
  same([done.step.do, life.state().whole, saved.join(), made[0]], ["end", "ISSUED", "ISSUED", "issue"]);
  same(await issued(input, "life-walk"), 1);
});

test("of two workers at one life one sends", async (input) => {
  const { open, options } = await lifeOf(input, "life-race");
  let second;
  const { issue } = options.calls;
  const store = {
    get: (key) => options.store.get(key),
    // The other one is faster, once the first has read the life.
    put: async (...what) => {
      if (!second && JSON.parse(what[1]).facts.calls.length) second = await advance(open(), options);
      return options.store.put(...what);
    },
  };
  const first = await advance(open(), { ...options, store, calls: { issue } });
  same([first.taken, second.taken, second.answer === undefined], [false, true, false]);
  same(await issued(input, "life-race"), 1);
});

test("an answer that is lost is told, and asked about later", async (input) => {
  const { open, options } = await lifeOf(input, "life-lost");
  const life = open();
  const { result } = await under(input, [{ fault: "cut_after", count: null }], () => advance(life, { ...options, wait: async () => {} }));
  so(result.taken && result.error instanceof FapiaoError, JSON.stringify(result));
  same(life.mayRefund(100).answer, "not_now");
  const other = new InvoiceLife({ text: (await options.store.get("fapiao:life:1900000001::life-lost")).text });
  same(other.text, life.text);
});

test("what was taken in by two workers is kept together", async (input) => {
  const { open, options } = await lifeOf(input, "life-kept");
  const [one, other] = [open(), open()];
  one.take({ input: "refund", refund_id: "r-1", amount: 40, state: "asked" });
  other.take({ input: "reissue" });
  await keep(one, options.store);
  await keep(other, options.store);
  await keep(one, options.store);
  same(one.text, other.text);
  so(one.text.includes("r-1") && one.text.includes("reissue"), one.text);
});

test("a life without a store, and another call than the step's, are refused", async (input) => {
  const { open, options } = await lifeOf(input, "life-wrong");
  same((await refusal(() => advance(open(), { ...options, store: undefined }))).field, "store");
  same((await refusal(() => advance(open(), { ...options, caller: "1900000001" }))).field, "caller");
  const calls = { issue: () => options.caller.query({ fapiao_apply_id: "life-wrong" }) };
  same((await refusal(() => advance(open(), { ...options, calls }))).field, "calls");
  const never = { get: async () => undefined, put: async () => undefined };
  same((await refusal(() => advance(open(), { ...options, store: never }))).code, "send.store");
  same(await issued(input, "life-wrong"), 0);
});
