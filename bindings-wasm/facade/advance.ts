// The next step of a life, taken with the program's own client, and lives brought together with a store.

import { Call } from "./call.js";
import { Caller } from "./caller.js";
import { FapiaoError, inputError } from "./errors.js";
import { type FileLink, InvoiceLife, type LifeStep } from "./life.js";
import type { SendOptions } from "./options.js";
import { type Store, keep as put } from "./store.js";

/** With what the next step of a life is taken; the rest is for `send`. */
export interface AdvanceOptions extends Omit<SendOptions, "store" | "in_doubt" | "assume_in_doubt"> {
  /** The merchant, or the sub-merchant. */
  caller: Caller;
  /** Keeps the life, and what its calls leave in doubt. */
  store: Store;
  /**
   * By name, what makes the calls that need more than the life knows (`issue` and its kin: the buyer, the lines; `reverse`: the
   * reason; `title_url`; `insert_cards`; `upload_file`; `consume_card`, which is an account's), of the request so far. Its ids and
   * amounts must stay. Each function knows the request of its own call.
   */
  calls?: Record<string, (request: any) => Call<unknown>> | undefined;
  /** Saves one file; what it saved is not fetched again. */
  save?: ((file: FileLink) => unknown) | undefined;
}

/** What `advance` did. */
export interface Advanced {
  /** The step that was taken; else the one that comes first: to wait for, or for a person. */
  step: LifeStep;
  /** Whether the call of the step was made. */
  taken: boolean;
  /** What it was answered. */
  answer?: unknown;
  /** What it ended with in place of an answer; the life has taken it in. */
  error?: FapiaoError | undefined;
  /** Who must look at what, whatever else goes on. */
  persons: LifeStep[];
}

/**
 * Takes the next allowed step: makes the call that may be made now, and keeps what becomes of it.
 *
 * The life is kept in the store, under a key of its merchant and application: before the call leaves, by compare-and-swap, so that
 * of two workers one sends, and again with its answer. What other workers kept is read first. A process that is killed in between
 * leaves a call that is asked about before it is made again.
 *
 * @example
 * ```ts
 * for (;;) {
 *   const done = await advance(life, { caller: shop, store, calls: { issue: (request) => shop.issue(withLines(request)) }, save });
 *   if (!done.taken) break; // wait for `done.step.until`, for an event, or for a person
 * }
 * ```
 */
export async function advance(life: InvoiceLife, { caller, store, calls = {}, save, ...options }: AdvanceOptions): Promise<Advanced> {
  if (!store) throw inputError("input.config", "a life needs a store: it is kept before a call leaves", "store");
  if (!(caller instanceof Caller)) throw inputError("input.config", "`caller` must be the merchant or the sub-merchant", "caller");
  const own = InvoiceLife.internals(life);
  const version = await kept(life, store);
  const steps = life.next();
  const persons = steps.filter((step) => step.do === "person");
  const step = steps.find((step) => step.do === "call");
  if (!step) return { step: steps[0]!, taken: false, persons };
  const { call: name, in_doubt } = step;
  const call = made(caller, name, step.request, calls[name]);
  const about = { call: name, request: JSON.parse(Call.specOf(call).payload) as object, attempt: step.attempt };
  const sent = own.textWith({ input: "sent", ...about, in_doubt });
  if ((await put(store, own.key, sent, version)) === undefined) {
    // Another worker is at this life: whoever was first sends.
    await kept(life, store);
    return { step: life.next()[0]!, taken: false, persons };
  }
  own.goOnWith(sent);
  let answer: unknown;
  try {
    answer = await call.send({ ...options, store, in_doubt });
  } catch (error) {
    if (!(error instanceof FapiaoError) || !error.decision) throw error;
    const { code, remote, decision, in_doubt: doubt } = error;
    life.take({ input: "failure", ...about, error: { code, remote }, decision, in_doubt: doubt });
    await kept(life, store);
    return { step, taken: true, error, persons };
  }
  const toSave = own.take({ input: "answer", ...about, answer: isFile(answer) ? null : answer });
  await kept(life, store);
  for (const file of toSave) {
    if (!save) break;
    // One that fails leaves those before it saved.
    await save(file);
    life.take({ input: "saved", fapiao_id: file.fapiao_id, status: file.status });
    await kept(life, store);
  }
  return { step, taken: true, answer, persons };
}

/**
 * Keeps a life: what was taken in here is added to what the store has of it, whoever kept that.
 *
 * @example A handler of callbacks keeps an event.
 * ```ts
 * const life = new InvoiceLife({ way: "direct", mchid, fapiao_apply_id: event.resource.fapiao_apply_id });
 * life.take({ input: "event", event });
 * await keep(life, store);
 * ```
 */
export async function keep(life: InvoiceLife, store: Store): Promise<void> {
  await kept(life, store);
}

const LOSSES = 20;

/** Keeps it, and says under which version. */
async function kept(life: InvoiceLife, store: Store): Promise<string> {
  const own = InvoiceLife.internals(life);
  for (let lost = 0; lost < LOSSES; lost++) {
    const there = (await store.get(own.key)) ?? undefined;
    if (there) own.goOnWith(there.text);
    const version = there?.text === life.text ? there.version : await put(store, own.key, life.text, there?.version);
    if (version !== undefined) {
      own.heardIsKept();
      return version;
    }
  }
  throw inputError("send.store", `the store refused to keep the life ${LOSSES} times running`, "store");
}

function made(caller: Caller, name: string, request: object, make: ((request: object) => Call<unknown>) | undefined): Call<unknown> {
  if (!make) return new Call(Caller.contextOf(caller), { name, payload: JSON.stringify(request) });
  const call = make(request);
  if (call instanceof Call && Call.specOf(call).name === name) return call;
  throw inputError("input.type", `\`calls.${name}\` must return the call ${name}`, "calls");
}

function isFile(answer: unknown): boolean {
  return typeof answer !== "object" || answer === null || "bytes" in answer;
}
