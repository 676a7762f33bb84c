// What is asked of a contestant: how long its calls take, and what it makes of others' signatures.

import process from "node:process";
import { setFlagsFromString } from "node:v8";

export class Questions {
  #makers;
  #ready;
  #setup;
  /** The contestant, and the bare operations of its back end where they run in this process. */
  #subjects = {};
  #kept = [];

  static async of({ open, bare, ready }, setup) {
    const asked = new Questions();
    asked.#makers = { whole: open, bare };
    asked.#ready = ready;
    asked.#setup = setup;
    asked.#subjects.whole = await open(setup, setup.mchid);
    if (bare) asked.#subjects.bare = await bare(setup);
    return asked;
  }

  /** From now on this answer is read. */
  async answer({ answer }) {
    this.#setup.answer = answer;
    for (const subject of Object.values(this.#subjects)) await subject.expect(answer);
    return {};
  }

  /** How long the package took to be ready. */
  async ready() {
    return { ns: this.#ready };
  }

  /** How long so many requests take to build and sign. */
  async sign({ subject, ...how }) {
    const one = this.#subjects[subject];
    return { ns: await taken(() => one.sign(), how) };
  }

  /** How long so many answers take to verify and parse. */
  async verify({ subject, ...how }) {
    const one = this.#subjects[subject];
    // Outside a bench every answer belongs to a request of its own.
    await one.prepare?.(how.calls);
    return { ns: await taken(() => one.verify(), how) };
  }

  /** The header of a request, for others to check. */
  async authorization() {
    const headers = await this.#subjects.whole.sign();
    return { authorization: headers.authorization ?? headers.Authorization };
  }

  /** How long so many callers with keys of their own take to make; each is used, and all are kept. */
  async callers({ subject, count, first }) {
    // V8's young generation grows with the work that was done, by megabytes, and is empty when memory is looked at.
    setFlagsFromString("--semi-space-growth-factor=1");
    const started = process.hrtime.bigint();
    const made = [];
    for (let number = first; number < first + count; number += 1) made.push(await this.#makers[subject](this.#setup, String(number)));
    const ns = Number(process.hrtime.bigint() - started);
    for (const caller of made) {
      await caller.sign();
      await caller.expect(this.#setup.answer);
      await caller.verify();
    }
    this.#kept.push(made);
    // What has a finaliser goes with the second.
    for (let turn = 0; turn < 2; turn += 1) {
      globalThis.gc();
      await new Promise(setImmediate);
    }
    return { ns };
  }

  async make({ message }) {
    return { signature: this.#subjects.whole.make(message) };
  }

  async check({ message, signature }) {
    return { valid: await this.#subjects.whole.check(message, signature) };
  }

  async seal({ plaintext }) {
    return { ciphertext: this.#subjects.whole.seal(plaintext) };
  }

  async open({ ciphertext }) {
    return { plaintext: this.#subjects.whole.open(ciphertext) };
  }
}

/** Nanoseconds that calls take: by the clock, so many at a time, or of the event loop. */
async function taken(call, { calls, in_flight, clock }) {
  if (clock === "loop") return held(call, calls);
  const started = process.hrtime.bigint();
  const lanes = Array.from({ length: in_flight }, () => lane(call, calls / in_flight));
  await Promise.all(lanes);
  return Number(process.hrtime.bigint() - started);
}

async function lane(call, calls) {
  for (let done = 0; done < calls; done += 1) await call();
}

/** How long the event loop could do nothing else. */
async function held(call, calls) {
  const before = performance.eventLoopUtilization();
  for (let done = 0; done < calls; done += 1) {
    await call();
    await new Promise(setImmediate);
  }
  return performance.eventLoopUtilization(before).active * 1e6;
}
