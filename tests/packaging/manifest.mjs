// node manifest.mjs PACKAGE: the first condition that matches wins, so their order is part of the package.

import { deepStrictEqual, ok } from "node:assert";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const [folder] = process.argv.slice(2);
const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));

for (const [entry, target] of Object.entries(manifest.exports)) {
  const conditions = typeof target === "string" ? { default: target } : target;
  const names = Object.keys(conditions);
  for (const file of Object.values(conditions)) ok(existsSync(join(folder, file)), `${entry} names ${file}, which is not packed`);
  if (names.includes("types")) deepStrictEqual(names[0], "types", `${entry}: types come first`);
  deepStrictEqual(names.at(-1), "default", `${entry}: default comes last`);
  // Every one of these runtimes also answers to "node" or may come to.
  const node = names.indexOf("node");
  for (const name of ["workerd", "edge-light", "deno", "bun"]) ok(node < 0 || names.indexOf(name) < node, `${entry}: ${name} stands behind node`);
}
for (const name of ["types", "workerd", "edge-light", "node", "default"]) ok(name in manifest.exports["."], `no condition ${name}`);
// Nothing runs while it is installed.
deepStrictEqual([manifest.type, manifest.scripts], ["module", undefined]);
