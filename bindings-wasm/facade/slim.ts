// Browsers and everything else: whoever imports this loads the engine.

import * as core from "./core.js";
import { setEngine } from "./engine.js";

/** Loads the engine from a compiled module, from bytes, or from a URL or Response. */
export async function init(wasm: WebAssembly.Module | BufferSource | URL | string | Response | Promise<Response>): Promise<void> {
  await core.default({ module_or_path: wasm });
  setEngine(core);
}

export * from "./index.js";
