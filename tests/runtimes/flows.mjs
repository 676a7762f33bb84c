// Opens, drives and closes flows of the WebAssembly engine, and watches its memory. Only for Node.

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { direct } from "fapiao-edge";
import { Caller, loaded } from "fapiao-edge/engine";

const CALLS = 105000;
const WARM_UP = 1000;
/** Calls that are made, or signed, and then forgotten. */
const FORGOTTEN = 2000;
const ROUNDS = 5;
const counts = { opened: 0, closed: 0 };

/** Signs and reads calls one after another, then forgets some; gives what was opened and closed, and the memory on the way. */
export async function run({ keys }) {
  counted();
  const shop = await direct({
    mchid: "1900000001", serial_no: "1", wechatpay_keys: { PUB_KEY_ID_1: keys["wechatpay.pub.pem"] },
    signer: () => new Uint8Array(256), verifier: () => true,
  });
  for (let turn = 0; turn < WARM_UP; turn += 1) await whole(shop);
  const before = memory();
  for (let turn = 0; turn < CALLS; turn += 1) await whole(shop);
  const read = { ...counts, before, after: memory() };
  const forgotten = [];
  for (let round = 0; round < ROUNDS; round += 1) forgotten.push(await forget(shop));
  return { ...read, forgotten };
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

/** Calls that nobody goes on with: the garbage collector finds them. Gives the engine's memory after it has. */
async function forget(shop) {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc");
  for (let turn = 0; turn < FORGOTTEN; turn += 1) {
    const call = shop.fapiaoFiles({ fapiao_apply_id: "1" });
    if (turn % 2) await call.sign();
  }
  for (let turn = 0; turn < 3; turn += 1) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return memory();
}

function memory() {
  return loaded.memory.buffer.byteLength;
}

/** Counts at the engine itself. */
function counted() {
  const { flow } = Caller.prototype;
  Caller.prototype.flow = function (...args) {
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
