// Takes a flow from step to step.

import type { FileToUpload } from "./call.js";
import { type Door, type Ended, type Flow, type Need, told, withEngine } from "./engine.js";
import { type Attempt, type Decision, fromEngine, mistake } from "./errors.js";
import type { Keys } from "./keys.js";
import type { Received } from "./transport.js";

/** What a caller lends its calls. */
export interface Lent {
  door: Door;
  keys: Keys;
  /** Unix seconds. */
  now(): number;
  /** 32 unpredictable bytes, fresh each time. */
  entropy(): Uint8Array;
}

/** What is called, with what. */
export interface Order {
  name: string;
  payload: string;
  file?: FileToUpload | undefined;
}

export type Send = Need & { kind: "send" };
type Step = Need[] | Ended;
type Outside = Send | (Need & { kind: "wait" });
export type Moment = readonly [now: number, entropy: Uint8Array];
/** Gives a flow the result of a key operation. */
type Give = (flow: Flow) => void;

/** A flow on its way. */
export interface Course {
  lent: Lent;
  flow: Flow;
  moment: () => Moment;
  /** The results of key operations, step by step. */
  done: Give[][];
  /** Why a key operation failed. */
  cause?: unknown;
}

/** Opens a flow. It must be released. */
export function open(lent: Lent, { name, payload, file }: Order): Flow {
  return withEngine(() => file
    ? lent.door.flowWithFile(name, payload, file.filename, file.content_type, file.bytes)
    : lent.door.flow(name, payload));
}

/** Releases a flow; gives it back where it may be kept, since the garbage collector frees it. */
export function release(flow: Flow): Flow | undefined {
  if (!flow.free) return flow;
  try {
    flow.free();
  } catch {
    // Only a crashed engine refuses, and that was told.
  }
  return undefined;
}

/** Does every key operation, until something goes outside or it is over. */
export function advance(course: Course): Promise<Outside | Ended> {
  return onward(course, () => step(course));
}

function step({ flow, lent: { keys }, moment }: Course): unknown {
  return flow.step(...moment(), keys.signing, keys.opening);
}

async function onward(course: Course, first: () => unknown): Promise<Outside | Ended> {
  for (let next = first; ; next = () => step(course)) {
    const begun = withEngine(next) as Step | Promise<Step>;
    const found = "then" in begun ? await begun.catch(tell) : begun;
    if (!Array.isArray(found)) return found;
    const [need] = found;
    if (need && (need.kind === "send" || need.kind === "wait")) return need;
    const results = await Promise.all(found.map((need) => operate(course, need)));
    withEngine(() => results.forEach((give) => give(course.flow)));
    course.done.push(results);
  }
}

function tell(thrown: unknown): never {
  throw told(thrown);
}

async function operate(course: Course, need: Need): Promise<Give> {
  const { keys } = course.lent;
  try {
    switch (need.kind) {
      case "sign": {
        const signature = await keys.sign(need);
        return (flow) => flow.signed(need.id, signature);
      }
      case "seal": {
        const ciphertext = await keys.seal(need);
        return (flow) => flow.sealed(need.id, ciphertext);
      }
      case "verify": {
        const valid = await keys.verify(need);
        return (flow) => flow.checked(need.id, valid);
      }
      case "open": {
        const plaintext = await keys.open(need);
        return (flow) => flow.opened(need.id, plaintext);
      }
      default:
        throw new Error(`this facade is older than its engine: it cannot ${need.kind}`);
    }
  } catch (error) {
    course.cause = error;
    const why = error instanceof Error ? error.message : String(error);
    return (flow) => flow.failed(need.id, why || "the key operation failed");
  }
}

/** Hands over what came of a request. */
export function give(flow: Flow, id: number, came: Received | "not sent" | "lost", milliseconds: number): void {
  withEngine(() => {
    if (came === "not sent") return flow.notSent(id);
    if (came === "lost") return flow.lost(id);
    const { status, headers, body } = came;
    flow.answered(id, status, headers.join("\n"), body, Math.round(milliseconds));
  });
}

/** Does without repetitions: the flow ends with its first request. */
export function once(flow: Flow): Flow {
  withEngine(() => flow.once());
  return flow;
}

/** Reads the answer to the request that a flow is waiting for. Nothing is drawn any more: the entropy it was signed with will do. */
export async function read<A>(lent: Lent, flow: Flow, id: number, [, entropy]: Moment, answer: Received): Promise<A> {
  const course: Course = { lent, flow, moment: () => momentOf(lent, entropy), done: [] };
  const { status, headers, body } = answer;
  const lines = headers.join("\n");
  const first = (): unknown => {
    if (flow.read) return flow.read(id, status, lines, body, ...course.moment(), lent.keys.opening);
    flow.answered(id, status, lines, body, 0);
    return step(course);
  };
  return ended<A>((await onward(course, first)) as Ended, course);
}

/** Reads the answer to a request that was signed before, with a flow of its own. */
// The same payload at the same moment makes the same request: between signing and reading, nothing of the engine is held.
export async function reread<A>(lent: Lent, order: Order, moment: Moment, done: Give[][], answer: Received): Promise<A> {
  const flow = once(open(lent, order));
  try {
    withEngine(() => done.forEach((results) => {
      flow.step(...moment);
      results.forEach((give) => give(flow));
    }));
    const sent = (await advance({ lent, flow, moment: () => moment, done: [] })) as Send;
    return await read<A>(lent, flow, sent.id, moment, answer);
  } finally {
    release(flow);
  }
}

/** The answer, or the error with what it means. */
export function ended<A>(over: Ended, course: Course, observe?: (attempt: Attempt) => void, signal?: AbortSignal): A {
  if (observe) reported(course).attempts.forEach(observe);
  if (over.error !== undefined) {
    const error = fromEngine(over.error, { cause: signal?.aborted ? signal.reason : course.cause });
    throw Object.assign(error, reported(course));
  }
  const answer = JSON.parse(over.answer ?? "null") as A;
  return over.bytes ? { ...answer, bytes: over.bytes } : answer;
}

function reported({ flow }: Course): { decision: Decision; attempts: Attempt[] } {
  return JSON.parse(flow.report() ?? "{}") as { decision: Decision; attempts: Attempt[] };
}

/** Now, with fresh entropy. */
export function momentOf(lent: Lent, entropy = lent.entropy()): Moment {
  const now = lent.now();
  if (!Number.isSafeInteger(now)) throw mistake("input.range", "`now` must give whole Unix seconds", "now");
  if (entropy instanceof Uint8Array && entropy.length === 32) return [now, entropy];
  throw mistake("input.range", "`entropy` must give a Uint8Array of 32 bytes", "entropy");
}
