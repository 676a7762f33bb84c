// The package's own modules, to put a broken engine into use; and those of a second copy, which `run.mjs` lays beside it.

export * as core from "./node_modules/fapiao-edge/core.js";
export { use } from "./node_modules/fapiao-edge/engine.js";
export * as otherEngine from "./other/engine.js";
export * as otherErrors from "./other/errors.js";
