// Node, Bun and Deno: the engine is read from beside this file.

import { readFileSync } from "node:fs";
import * as core from "./core.js";
import { use } from "./engine.js";

core.initSync({ module: readFileSync(new URL("./core.wasm", import.meta.url)) });
use(core);

export * from "./index.js";
