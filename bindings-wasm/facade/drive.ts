// Takes a flow from step to step.

import type { FileToUpload } from "./call.js";
import { type Door, type Ended, type Flow, type Given, type KeyNeed, type Send, type Step, type Wait, withEngine } from "./engine.js";
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

type Outside = Send | Wait | Ended;
export type Moment = readonly [now: number, entropy: Uint8Array];
type Result = readonly [id: number, what: Given, bytes: Uint8Array];

/** A flow on its way. */
export interface Course {
  lent: Lent;
  flow: Flow;
  moment: () => Moment;
  /** The results of key operations, step by step. */
  done: Result[][];
  /** Why a key operation failed. */
  cause?: unknown;
}

const NOTHING = new Uint8Array(0);

/** Opens a flow. It must be released. */
export function open(lent: Lent, { name, payload, file }: Order): Flow {
  return withEngine(() => lent.door.flow(name, payload, file?.filename, file?.content_type, file?.bytes));
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
export function advance(course: Course): Outside | Promise<Outside> {
  return onward(course, () => step(course));
}

/** Hands over what came of a request, and goes on. */
export function answered(course: Course, id: number, came: Received | "not sent" | "lost", milliseconds: number): Outside | Promise<Outside> {
  const { flow, moment } = course;
  if (typeof came === "string") {
    give(flow, id, came);
    return advance(course);
  }
  const { status, headers, body } = came;
  return onward(course, () => flow.answered(id, status, headers, body, Math.round(milliseconds), ...moment()));
}

/** Hands over what needs no bytes. */
export function give(flow: Flow, id: number, what: Given): void {
  withEngine(() => flow.give(id, what, NOTHING));
}

function step({ flow, moment }: Course): Step | number {
  return flow.step(...moment());
}

// Promises only where something is waited for: each costs an answer that is there a fiftieth of its time.
function onward(course: Course, first: () => Step | number): Outside | Promise<Outside> {
  const begun = withEngine(first);
  return typeof begun !== "number" && isOutside(begun) ? begun[0] : operated(course, begun);
}

async function operated(course: Course, begun: Step | number): Promise<Outside> {
  for (let next = begun; ; next = withEngine(() => step(course))) {
    const items = typeof next === "number" ? await later(course.flow, next) : next;
    if (isOutside(items)) return items[0];
    const results = await Promise.all(items.map((need) => operate(course, need)));
    withEngine(() => results.forEach((result) => course.flow.give(...result)));
    course.done.push(results);
  }
}

function isOutside(items: Step): items is [Outside] {
  const kind = items[0]?.[1];
  return kind === "send" || kind === "wait" || kind === "answer" || kind === "error";
}

/** Who waits for a step by its number. */
const waiting = new Map<number, () => void>();

/** Takes note that a step has landed. */
export function landed(number: number): void {
  waiting.get(number)?.();
  waiting.delete(number);
}

async function later(flow: Flow, number: number): Promise<Step> {
  await new Promise<void>((back) => { waiting.set(number, back); });
  return withEngine(() => flow.landed!());
}

async function operate(course: Course, need: KeyNeed): Promise<Result> {
  try {
    return [need[0], ...(await course.lent.keys.operate(need))];
  } catch (error) {
    course.cause = error;
    const why = error instanceof Error ? error.message : String(error);
    return [need[0], "failed", new TextEncoder().encode(why || "the key operation failed")];
  }
}

/** Does without repetitions: the flow ends with its first request. */
export function once(flow: Flow): Flow {
  withEngine(() => flow.once());
  return flow;
}

/** Reads the answer to the request that a flow is waiting for. Nothing is drawn any more: the entropy it was signed with will do. */
export function read<A>(lent: Lent, flow: Flow, id: number, [, entropy]: Moment, answer: Received): A | Promise<A> {
  const course: Course = { lent, flow, moment: () => momentOf(lent, entropy), done: [] };
  const over = answered(course, id, answer, 0);
  return over instanceof Promise ? over.then((later) => ended<A>(later as Ended, course)) : ended<A>(over as Ended, course);
}

/** Reads the answer to a request that was signed before, with a flow of its own. */
// The same payload at the same moment makes the same request: between signing and reading, nothing of the engine is held.
export async function reread<A>(lent: Lent, order: Order, moment: Moment, done: Result[][], answer: Received): Promise<A> {
  const flow = once(open(lent, order));
  try {
    withEngine(() => done.forEach((results) => {
      flow.step(...moment);
      results.forEach((result) => flow.give(...result));
    }));
    const sent = (await advance({ lent, flow, moment: () => moment, done: [] })) as Send;
    return await read<A>(lent, flow, sent[0], moment, answer);
  } finally {
    release(flow);
  }
}

/** The answer, or the error with what it means. */
export function ended<A>(over: Ended, course: Course, observe?: (attempt: Attempt) => void, signal?: AbortSignal): A {
  if (observe) reported(course).attempts.forEach(observe);
  const [, kind, json, file] = over;
  if (kind === "error") {
    const error = fromEngine(json, { cause: signal?.aborted ? signal.reason : course.cause });
    throw Object.assign(error, reported(course));
  }
  const answer = JSON.parse(json) as A;
  return file ? { ...answer, bytes: file } : answer;
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
