// Runs a program where there are files: Node, Deno, Bun.

import { readFileSync, writeFileSync } from "node:fs";
import process from "node:process";

const { run } = await import(`./${process.argv[2]}.mjs`);
const output = await run(JSON.parse(readFileSync("input.json", "utf8")));
writeFileSync("output.json", JSON.stringify(output));
