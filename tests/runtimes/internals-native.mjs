// What internals.mjs is where Node and Bun import `fapiao`: the engine that fits, and the facade around it.

import process from "node:process";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { load } from "./node_modules/fapiao/native.js";

export const core = load();
export { setEngine } from "./node_modules/fapiao/engine.js";
export * as otherEngine from "./other/engine.js";
export * as otherErrors from "./other/errors.js";

/** Bytes that the engine holds: its own memory, or, of a native one, the process's once everything was collected. */
export async function held() {
  if (core.loaded) return core.loaded.memory.buffer.byteLength;
  for (let turn = 0; turn < 3; turn += 1) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return process.memoryUsage().rss;
}

/** Growth of that which is none. */
export const SLACK = core.loaded ? 0 : 8 * 1024 * 1024;

function collect() {
  if (globalThis.Bun) return globalThis.Bun.gc(true);
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc")();
}
