// Ten thousand calls at once: against the sandbox, then thrice more with one of its answers kept, so that nothing but the
// package is at work. Tells what failed, how late the event loop came to a timer of 1 ms, and what memory is left. Only for Node.

import { monitorEventLoopDelay } from "node:perf_hooks";
import process from "node:process";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { direct, send } from "fapiao-edge";

const CALLS = 10000;
/** Rounds with a kept answer; the first of them warms up. */
const KEPT_ROUNDS = 3;
/** Requests that a connection pool lets through at a time. */
const CONNECTIONS = 64;

export async function run({ announced }) {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc");
  const { mchid, serial_no, private_key, certificate } = announced.pay.direct;
  const shop = await direct({ mchid, serial_no, private_key, certificate, wechatpay_keys: announced.wechatpay_keys, hosts: { main: announced.main } });
  const network = pooled();
  const rounds = [{ ...(await atOnce(shop, network)), ...(await left(collect)) }];
  // Its signature is good for 299 seconds, and is checked each time.
  const kept = network.last;
  for (let round = 0; round < KEPT_ROUNDS; round += 1) {
    // All answers are there in the same instant: how long the loop is held then says nothing.
    const { loop_ms: _, ...measured } = await atOnce(shop, async () => kept);
    rounds.push({ ...measured, ...(await left(collect)) });
  }
  return { rounds };
}

/** Memory once the collector has done what it can. */
async function left(collect) {
  for (let turn = 0; turn < 3; turn += 1) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rss, heap: heapUsed + external };
}

async function atOnce(shop, fetch) {
  const loop = monitorEventLoopDelay({ resolution: 1 });
  const clock = performance.now();
  loop.enable();
  const calls = [];
  let begin;
  const begun = new Promise((resolve) => { begin = resolve; });
  // Nothing is sent before every call is on its way.
  const gated = async (...request) => begun.then(() => fetch(...request));
  let [open, peak] = [0, 0];
  const over = () => { open -= 1; };
  while (calls.length < CALLS) {
    const call = send(shop.titleUrl({
      fapiao_apply_id: `load-${calls.length}`, source: "WEB", appid: "wx5157f09efdc09600", openid: "plN5twRbHym_j-QcqCzstl0HmwEs", total_amount: 100,
    }), { fetch: gated });
    open += 1;
    peak = Math.max(peak, open);
    call.then(over, over);
    calls.push(call);
    // As requests come in: each by an event of its own.
    await new Promise(setImmediate);
  }
  begin();
  const done = await Promise.allSettled(calls);
  loop.disable();
  const failures = [...new Set(done.filter(({ status }) => status === "rejected").map(({ reason }) => String(reason)))];
  const milliseconds = (nanoseconds) => Number((nanoseconds / 1e6).toFixed(2));
  const { min, max } = loop;
  return {
    calls: CALLS, peak, failures, seconds: Number(((performance.now() - clock) / 1000).toFixed(1)),
    loop_ms: { min: milliseconds(min), p50: milliseconds(loop.percentile(50)), p99: milliseconds(loop.percentile(99)), max: milliseconds(max) },
  };
}

/** A fetch that waits for a free connection, and keeps its last answer. */
function pooled() {
  let free = CONNECTIONS;
  const waiting = [];
  const through = async (url, init) => {
    if (free > 0) free -= 1;
    else await new Promise((resolve) => waiting.push(resolve));
    try {
      const answer = await fetch(url, init);
      through.last = { status: answer.status, headers: [...answer.headers], body: new Uint8Array(await answer.arrayBuffer()) };
      return through.last;
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
  return through;
}
