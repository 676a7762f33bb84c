// Opens, drives and closes flows of the WebAssembly engine, and watches its memory.

import { direct } from "fapiao-edge";
import { Door, loaded } from "fapiao-edge/engine";

const CALLS = 52000;
const WARM_UP = 1000;
const counts = { opened: 0, closed: 0 };

/** Signs and reads calls one after another; gives what was opened and closed, and the memory before and after. */
export async function run({ keys }) {
  counted();
  const shop = await direct({
    mchid: "1900000001", serial_no: "1", wechatpay_keys: { PUB_KEY_ID_1: keys["wechatpay.pub.pem"] },
    signer: () => new Uint8Array(256), verifier: () => true,
  });
  for (let turn = 0; turn < WARM_UP; turn += 1) await whole(shop);
  const before = loaded.memory.buffer.byteLength;
  for (let turn = 0; turn < CALLS; turn += 1) await whole(shop);
  return { ...counts, before, after: loaded.memory.buffer.byteLength };
}

/** A call that is checked, signed and read; every tenth answer is refused. */
let turn = 0;
async function whole(shop) {
  const call = await shop.fapiaoFiles({ fapiao_apply_id: "1" }).sign();
  turn += 1;
  const headers = [["wechatpay-timestamp", String(Math.floor(Date.now() / 1000))], ["wechatpay-nonce", "n"],
    ["wechatpay-serial", turn % 10 ? "PUB_KEY_ID_1" : "PUB_KEY_ID_2"], ["wechatpay-signature", "c2ln"]];
  const body = new TextEncoder().encode("{}");
  await call.read({ status: 200, headers, body }).catch(() => undefined);
}

/** Counts at the engine itself. */
function counted() {
  const { flow } = Door.prototype;
  Door.prototype.flow = function (...args) {
    const opened = flow.apply(this, args);
    counts.opened += 1;
    const free = opened.free.bind(opened);
    opened.free = () => {
      counts.closed += 1;
      free();
    };
    return opened;
  };
}
