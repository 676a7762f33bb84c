// One contestant of `cargo xtask bench peers`, asked line by line.
//
//   node worker.mjs NAME serve                the first line is the setup; each further one is a question and has one answer
//   node worker.mjs NAME cold SETUP EPOCH     nanoseconds from EPOCH to the first signed request
//
// NAME is a module beside this one, or `bare`: the runtime alone.

import { readFileSync } from "node:fs";
import process from "node:process";

const [name, mode, ...rest] = process.argv.slice(2);
await (mode === "cold" ? cold(...rest) : serve());

async function cold(path, epoch) {
  if (name !== "bare") {
    const setup = JSON.parse(readFileSync(path, "utf8"));
    const { open } = await import(`./${name}.mjs`);
    await (await open(setup, setup.mchid)).sign();
  }
  const now = (performance.timeOrigin + performance.now()) * 1e6;
  process.stdout.write(`{"ns":${Math.round(now - Number(epoch))}}\n`);
}

async function serve() {
  const { createInterface } = await import("node:readline");
  const { Questions } = await import("./questions.mjs");
  const contestant = await import(`./${name}.mjs`);
  let asked;
  for await (const line of createInterface({ input: process.stdin })) {
    const question = JSON.parse(line);
    let answer = {};
    try {
      if (asked) answer = await asked[question.op](question);
      else asked = await Questions.of(contestant, question);
    } catch (error) {
      answer = { error: String(error?.stack ?? error) };
    }
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
}
