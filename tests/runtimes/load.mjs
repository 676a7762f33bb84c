// Ten thousand calls at once against the sandbox, in rounds: what failed, how long the event loop was held, what memory is left.
// Only for Node.

import { monitorEventLoopDelay } from "node:perf_hooks";
import process from "node:process";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { direct, send } from "fapiao-edge";

const CALLS = 10000;
/** Requests that a connection pool lets through at a time. */
const CONNECTIONS = 64;

export async function run({ announced }) {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc");
  const { mchid, serial_no, private_key, certificate } = announced.pay.direct;
  const shop = await direct({ mchid, serial_no, private_key, certificate, wechatpay_keys: announced.wechatpay_keys, hosts: { main: announced.main } });
  const rounds = [];
  for (let round = 0; round < 2; round += 1) {
    const measured = await atOnce(shop, round);
    for (let turn = 0; turn < 3; turn += 1) {
      collect();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const { rss, heapUsed, external } = process.memoryUsage();
    rounds.push({ ...measured, rss, heap: heapUsed + external });
  }
  return { rounds };
}

async function atOnce(shop, round) {
  const loop = monitorEventLoopDelay({ resolution: 1 });
  const clock = performance.now();
  loop.enable();
  const fetch = pooled();
  const calls = Array.from({ length: CALLS }, (_, index) => send(shop.titleUrl({
    fapiao_apply_id: `load-${round}-${index}`, source: "WEB", appid: "wx5157f09efdc09600", openid: "plN5twRbHym_j-QcqCzstl0HmwEs", total_amount: 100,
  }), { fetch }));
  const done = await Promise.allSettled(calls);
  loop.disable();
  const failures = [...new Set(done.filter(({ status }) => status === "rejected").map(({ reason }) => String(reason)))];
  const milliseconds = (nanoseconds) => Number((nanoseconds / 1e6).toFixed(2));
  const { min, max } = loop;
  return {
    calls: CALLS, failures, seconds: Number(((performance.now() - clock) / 1000).toFixed(1)),
    loop_ms: { min: milliseconds(min), p50: milliseconds(loop.percentile(50)), p99: milliseconds(loop.percentile(99)), max: milliseconds(max) },
  };
}

/** A fetch that waits for a free connection. */
function pooled() {
  let free = CONNECTIONS;
  const waiting = [];
  return async (url, init) => {
    if (free > 0) free -= 1;
    else await new Promise((resolve) => waiting.push(resolve));
    try {
      const answer = await fetch(url, init);
      return { status: answer.status, headers: answer.headers, body: new Uint8Array(await answer.arrayBuffer()) };
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
