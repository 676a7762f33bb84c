// The package's own modules, to put a broken engine into use; and those of a second copy, which `run.mjs` lays beside it.

import * as core from "./node_modules/fapiao-edge/core.js";

export { core };
export { setEngine } from "./node_modules/fapiao-edge/engine.js";
export * as otherEngine from "./other/engine.js";
export * as otherErrors from "./other/errors.js";

/** Bytes that the engine holds. */
export async function held() {
  // Of an engine that is loaded, `initSync` gives the exports.
  return core.initSync().memory.buffer.byteLength;
}

/** Growth of that which is none. */
export const SLACK = 0;
