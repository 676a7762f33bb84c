// Node, Bun and Deno: the engine is read from beside this file.

import { setEngine } from "./engine.js";
import * as engine from "./load.js";

setEngine(engine);

export * from "./index.js";
