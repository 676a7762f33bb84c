// Node and Bun: the native engine.

import { setEngine } from "./engine.js";
import { load } from "./native.js";

setEngine(load());

export * from "./index.js";
