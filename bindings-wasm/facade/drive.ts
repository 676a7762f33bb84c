// Takes a flow from step to step.

import type { Habit } from "./client.js";
import {
  type Done, type EngineCaller, type Flow, type KeyNeed, type NeedResult, type Send, type Step, type StoreNeed, type Wait, withEngine,
} from "./engine.js";
import { InternalError, inputError } from "./errors.js";
import type { Failure } from "./failure.js";
import type { Keys } from "./keys.js";
import { type SendOptions, type SignOptions, applyOptions } from "./options.js";
import { type Store, keep, load } from "./store.js";
import type { Received } from "./transport.js";
import type { FileToUpload } from "./values.js";

/** What a caller gives each of its calls. */
export interface CallerContext {
  caller: EngineCaller;
  keys: Keys;
  /** Keeps tokens in this process, where a call is sent without a store. */
  memory: Store;
  /** Unix seconds. */
  clock(): number;
  /** 32 unpredictable bytes, fresh each time. */
  entropy(): Uint8Array;
}

/** Which call, with what. */
export interface CallSpec {
  name: string;
  payload: string;
  file?: FileToUpload | undefined;
}

/** Time and entropy. */
export type Moment = readonly [now: number, entropy: Uint8Array];
type Result = readonly [id: number, result: NeedResult, bytes: Uint8Array];

/** A flow on its way. */
export interface Run {
  flow: Flow;
  context: CallerContext;
  store: Store | undefined;
  moment(): Moment;
  /** What came of keys and store, step by step. */
  results: Result[][];
  /** The text to keep, once a request of it was handed out. */
  in_doubt: string | null;
  /** Why a key or the store failed. */
  cause?: unknown;
  /** Of each request that was sent, why it got no answer. */
  sent: (Failure | undefined)[];
  /** What the client was seen to do. */
  habits: Set<Habit>;
  /** Why the call was called off before it was over. */
  stopped?: unknown;
}

/** A request that was signed, and what makes it once more. */
export interface Signed {
  context: CallerContext;
  spec: CallSpec;
  options: SignOptions;
  moment: Moment;
  results: Result[][];
  in_doubt: string | null;
}

const NOTHING = new Uint8Array(0);

/** Opens a flow, which checks the payload. */
export function open({ caller }: CallerContext, { name, payload, file }: CallSpec): Flow {
  return withEngine(() => caller.flow(name, payload, file?.filename, file?.media_type, file?.bytes));
}

/** Gives the memory of a flow back, where that does not wait for the garbage collector. */
export function release(flow: Flow | undefined): void {
  try {
    flow?.free?.();
  } catch {
    // Only a crashed engine refuses, and that was told.
  }
}

/** Begins a run with an open flow, which must be released. */
export function begin(context: CallerContext, flow: Flow, options: SendOptions, moment: () => Moment): Run {
  try {
    withEngine(() => applyOptions(flow, options, () => moment()[0]));
  } catch (error) {
    release(flow);
    throw error;
  }
  return { flow, context, store: options.store ?? context.memory, moment, results: [], in_doubt: null, sent: [], habits: new Set() };
}

/** Goes on, until a request or a wait is due, or it is over. */
export function advance(run: Run): Promise<Send | Wait | Done> {
  const moment = run.moment();
  return onward(run, withEngine(() => run.flow.step(...moment)));
}

/** Tells what came of a request or a wait, and goes on. */
export function given(run: Run, id: number, came: Received | "not sent" | "lost" | "waited", milliseconds = 0): Promise<Send | Wait | Done> {
  const { flow } = run;
  if (typeof came === "string") {
    withEngine(() => flow.give(id, came, NOTHING));
    return advance(run);
  }
  const moment = run.moment();
  return onward(run, withEngine(() => flow.answered(id, came.status, came.headers, came.body, Math.round(milliseconds), ...moment)));
}

/** The flow of a signed request once more: the same payload, moment and results make the same request. */
export function replay({ context, spec, options, moment, results }: Signed): Flow {
  const flow = open(context, spec);
  withEngine(() => {
    applyOptions(flow, options, () => moment[0]);
    flow.once();
    for (const step of results) {
      flow.step(...moment);
      step.forEach((result) => flow.give(...result));
    }
    flow.step(...moment);
  });
  return flow;
}

/** Does what keys and store are needed for. */
async function onward(run: Run, first: Step): Promise<Send | Wait | Done> {
  for (let step = first; ; ) {
    if (isOutside(step)) {
      if (step[0][1] === "send") run.in_doubt = withEngine(() => run.flow.inDoubt()) ?? null;
      return step[0];
    }
    const results = await Promise.all(step.map((need) => operate(run, need)));
    run.results.push(results);
    const moment = run.moment();
    step = withEngine(() => {
      results.forEach((result) => run.flow.give(...result));
      return run.flow.step(...moment);
    });
  }
}

function isOutside(step: Step): step is [Send | Wait | Done] {
  const kind = step[0]?.[1];
  return kind === "send" || kind === "wait" || kind === "answer" || kind === "error";
}

async function operate(run: Run, need: KeyNeed | StoreNeed): Promise<Result> {
  try {
    return [need[0], ...(await (need[1] === "load" || need[1] === "store" ? stored(run, need) : run.context.keys.operate(need)))];
  } catch (error) {
    if (error instanceof InternalError) throw error;
    run.cause = error;
    return [need[0], "failed", NOTHING];
  }
}

async function stored({ store }: Run, need: StoreNeed): Promise<[NeedResult, Uint8Array]> {
  if (!store) throw new Error("there is no store");
  if (need[1] === "load") return ["loaded", utf8(await load(store, need[2]))];
  const version = await keep(store, need[2], need[3], need[4]);
  return version === undefined ? ["lost race", NOTHING] : ["stored", utf8(version)];
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Now, with fresh entropy. */
export function momentOf(context: CallerContext): Moment {
  const now = asked("clock", context.clock);
  if (!Number.isSafeInteger(now)) throw inputError("input.range", "`clock` must give whole Unix seconds", "clock");
  const entropy = asked("entropy", context.entropy);
  if (entropy instanceof Uint8Array && entropy.length === 32) return [now, entropy];
  throw inputError("input.range", "`entropy` must give a Uint8Array of 32 bytes", "entropy");
}

function asked<T>(name: string, source: () => T): T {
  try {
    return source();
  } catch (cause) {
    throw inputError("input.range", `\`${name}\` failed`, name, { cause });
  }
}
