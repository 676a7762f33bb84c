// Cloudflare Workers and Vercel Edge: the engine is a module that the platform compiled.

import * as core from "./core.js";
import module from "./core.wasm?module";
import { setEngine } from "./engine.js";

core.initSync({ module });
setEngine(core);

export * from "./index.js";
