// The engine as it stands beside this file, without a facade. The package `fapiao` takes it where its own engine does not fit.

import { readFileSync } from "node:fs";
import { initSync } from "./core.js";

/** What the engine's module exports, its memory among it. */
export const loaded = initSync({ module: readFileSync(new URL("./core.wasm", import.meta.url)) });

export { Caller, PushReceiver, amount, life, privateKeyDer } from "./core.js";
