// The life of an invoice on every runtime.

import { InvoiceLife } from "fapiao-edge";
import { refusal } from "./fixtures.mjs";
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
