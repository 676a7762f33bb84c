// Runs a program where there are files: Node, Deno, Bun.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import process from "node:process";

const { run } = await import(`./${process.argv[2]}.mjs`);
const output = await run(JSON.parse(readFileSync("input.json", "utf8")));
// What the process has mapped tells which engine it has loaded; where that is no file, nothing native was tested.
const native = existsSync("/proc/self/maps") && readFileSync("/proc/self/maps", "utf8").includes("fapiao.node");
writeFileSync("output.json", JSON.stringify({ ...output, native }));
