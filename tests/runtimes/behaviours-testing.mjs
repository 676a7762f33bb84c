// What the sandbox signs for the tests of a program, on every runtime.

import { direct, PushReceiver, Receiver } from "fapiao-edge";
import { callback, push } from "fapiao-edge/testing";
import { merchant } from "./fixtures.mjs";
import { rejected, same, so, test } from "./shim.mjs";

/** A program with the keys that the sandbox prints. */
async function receivers(input) {
  const { pay, account } = input.announced;
  const receiver = new Receiver(await direct({ ...merchant(input), api_v3_key: pay.direct.api_v3_key }));
  return { receiver, pushes: new PushReceiver({ appid: account.appid, ...account.push }), sandbox: input.announced.control };
}

test("the sandbox signs callbacks and pushes for a program's own tests", async (input) => {
  const { receiver, pushes, sandbox } = await receivers(input);
  const received = await receiver.receive(await callback("FAPIAO.ISSUED", { fapiao_apply_id: "order-1", sandbox }));
  same([received.reception, received.event?.resource.fapiao_apply_id], ["event", "order-1"]);
  const pushed = await pushes.receive(await push("update_invoice_status", { Status: "INVOICE_REIMBURSE_LOCK", sandbox }));
  same([pushed.reception, pushed.event?.Status], ["event", "INVOICE_REIMBURSE_LOCK"]);
});

test("what the sandbox signs can be wrong on purpose", async (input) => {
  const { receiver, pushes, sandbox } = await receivers(input);
  const faults = { probe: "probe", wrong_signature: "forged", unknown_serial: "unknown_key", other_api_v3_key: "wrong_api_v3_key" };
  for (const [fault, reception] of Object.entries(faults)) {
    same((await receiver.receive(await callback("FAPIAO.ISSUED", { fault, sandbox }))).reception, reception, fault);
  }
  const stale = { fault: "stale", seconds: 400 };
  same((await receiver.receive(await callback("FAPIAO.ISSUED", { fault: stale, sandbox }))).reception, "stale");
  for (const [fault, reception] of Object.entries({ wrong_signature: "forged", unencrypted: "unencrypted", padding: "unreadable" })) {
    same((await pushes.receive(await push("submit_invoice_title", { fault, sandbox }))).reception, reception, fault);
  }
});

test("an event or fault that the sandbox does not know is told", async (input) => {
  const { sandbox } = await receivers(input);
  so(`${await rejected(callback("FAPIAO.SENT", { sandbox }))}`.includes("FAPIAO.SENT"), "the event");
  so(`${await rejected(push("submit_invoice_title", { fault: "probe", sandbox }))}`.includes("push_probe"), "the fault");
});
