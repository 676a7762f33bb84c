// Finds the native engine for this platform, or else the one of fapiao-edge.

import { createRequire } from "node:module";
import process from "node:process";
import type { Engine } from "./engine.js";

const require = createRequire(import.meta.url);

/** Loads the engine that fits. */
export function load(): Engine {
  const failures: string[] = [];
  for (const name of packages()) {
    try {
      return require(name) as Engine;
    } catch (error) {
      failures.push(firstLine(error));
    }
  }
  process.emitWarning(`no native engine for ${process.platform}-${process.arch}: signing falls back to WebCrypto, which is slower`, {
    type: "FapiaoWarning",
    code: "FAPIAO_NO_NATIVE_ENGINE",
    detail: `Cure: install again on this platform, with optional dependencies (npm install --include=optional); where no package fits, depend on fapiao-edge and import that.\n${failures.join("\n")}`,
  });
  return require("fapiao-edge/engine") as Engine;
}

/** What may fit. A C library is not asked for: the package for another one is not installed, or does not load. */
function packages(): string[] {
  const name = `fapiao-${process.platform}-${process.arch}`;
  if (process.platform === "linux") return [`${name}-gnu`, `${name}-musl`];
  return [process.platform === "win32" ? `${name}-msvc` : name];
}

function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split("\n", 1)[0] ?? "";
}
