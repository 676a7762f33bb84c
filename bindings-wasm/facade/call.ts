// One call: signed and read by hand, or sent.

import { repeatsByItself } from "./client.js";
import { type CallSpec, type CallerContext, type Run, type Signed, advance, begin, given, momentOf, open, release, replay } from "./drive.js";
import { type Done, type Flow, type Send, type Wait, withEngine } from "./engine.js";
import { type Warning, inputError } from "./errors.js";
import { type SendOptions, type SignOptions, checkOptions } from "./options.js";
import { interrupted, outcome, reported, warned } from "./outcome.js";
import { type Answer, type Exchange, type Fetch, type Received, exchange, mostOf, pause, received, requestOf } from "./transport.js";

/** A call that a caller makes. Its payload is checked; nothing more happens before it is signed or sent. */
export class Call<A> {
  readonly #context: CallerContext;
  readonly #spec: CallSpec;
  /** The flow that checked the payload. The first use goes on with it; unused, it is collected with this. */
  #flow: Flow | undefined;

  /** @internal */
  constructor(context: CallerContext, spec: CallSpec) {
    this.#context = context;
    this.#spec = spec;
    this.#flow = open(context, spec);
  }

  /** @internal */
  static specOf(call: Call<unknown>): CallSpec {
    return call.#spec;
  }

  /** Signs it, for a client of your own: `fetch(call.url, call)`. */
  async sign(options: SignOptions = {}): Promise<SignedCall<A>> {
    checkOptions(options, "sign");
    const moment = momentOf(this.#context);
    const run = begin(this.#context, this.#takeFlow(), options, () => moment);
    try {
      withEngine(() => run.flow.once());
      const next = await advance(run);
      if (next[1] === "send") return new SignedCall<A>({ ...run, moment, spec: this.#spec, options: { ...options } }, run.flow, next);
      outcome(run, next as Done);
      const error = inputError("input.state", "this call took effect already, so there is nothing to send", "in_doubt");
      throw Object.assign(error, reported(run));
    } catch (error) {
      release(run.flow);
      throw error;
    }
  }

  /** Sends it, and repeats it where that is right. */
  async send(options: SendOptions = {}): Promise<A> {
    checkOptions(options, "send");
    const repeats = repeatsByItself(options.fetch);
    const run = begin(this.#context, this.#takeFlow(), { ...options, repeats: options.repeats || repeats }, () => momentOf(this.#context));
    if (repeats) run.habits.add("repeats");
    try {
      const answer = outcome<A>(run, await deliver(run, options), options);
      warned(run).forEach(({ field, message }) => console.warn(`fapiao: ${this.#spec.name}: ${field} ${message}`));
      return answer;
    } catch (error) {
      throw interrupted(run, error);
    } finally {
      release(run.flow);
    }
  }

  #takeFlow(): Flow {
    const flow = this.#flow ?? open(this.#context, this.#spec);
    this.#flow = undefined;
    return flow;
  }
}

/** Milliseconds that a request may take where nothing else is said. */
const TIMEOUT = 30_000;

/** Sends requests and waits, until the flow is over. Once it is called off, nothing more is sent. */
async function deliver(run: Run, options: SendOptions): Promise<Done> {
  const { fetch = globalThis.fetch as unknown as Fetch, signal, wait = pause, timeout = TIMEOUT, deadline = Infinity } = options;
  const end = performance.now() + deadline;
  const left = (): number => end - performance.now();
  const isOff = (): boolean => {
    if (signal?.aborted) run.stopped ??= signal.reason ?? "aborted";
    else if (left() <= 0) run.stopped ??= passed(deadline);
    return run.stopped !== undefined;
  };
  for (let next = await advance(run); ; ) {
    if (next[1] === "send") {
      next = isOff() ? await given(run, next[0], "not sent") : await sent(run, next, { fetch, signal, timeout: Math.min(timeout, left()) });
      // Whoever was called off while an answer was on its way has no time for a second request.
      if (run.sent.at(-1) && isOff()) withEngine(() => run.flow.once());
    } else if (next[1] === "wait") {
      const milliseconds = Number(next[2]);
      if (milliseconds >= left()) run.stopped ??= passed(deadline);
      try {
        if (!isOff()) await wait(milliseconds, signal);
      } catch (error) {
        run.stopped ??= error;
      }
      if (isOff()) withEngine(() => run.flow.once());
      next = await given(run, next[0], "waited");
    } else {
      return next;
    }
  }
}

function passed(deadline: number): Error {
  return Object.assign(new Error(`the deadline of ${deadline} ms passed`), { name: "TimeoutError" });
}

async function sent(run: Run, need: Send, how: Exchange): Promise<Send | Wait | Done> {
  const started = performance.now();
  const came = await exchange(how, need);
  const failure = "came" in came ? came : undefined;
  if (!failure && (came as Received).elsewhere) run.habits.add("changes");
  run.sent.push(failure);
  return given(run, need[0], "came" in came ? came.came : came, performance.now() - started);
}

/** A signed call, ready for any client: `method`, `url`, `headers`, `body` and `redirect` are its own properties. */
export class SignedCall<A> {
  readonly url: string;
  declare readonly method: string;
  declare readonly headers: Record<string, string>;
  declare readonly body?: Uint8Array<ArrayBuffer>;
  declare readonly redirect: "manual";
  readonly #signed: Signed;
  readonly #id: number;
  /** The flow that waits for the answer. Unread, it is collected with this. */
  #flow: Flow | undefined;
  #warnings: Warning[] = [];
  /** An empty answer, and what was read of it: the engine believes each of them once. */
  #empty: { answer: string; read: A } | undefined;

  /** @internal */
  constructor({ context, spec, options, moment, results, in_doubt }: Signed, flow: Flow, need: Send) {
    this.url = need[3];
    Object.assign(this, requestOf(need));
    this.#signed = { context, spec, options, moment, results, in_doubt };
    this.#id = need[0];
    this.#flow = flow;
  }

  /**
   * The text to keep before the request is sent, of a call that has an effect: should its answer never be read, hand it in again
   * (`send(call, { in_doubt })`). `null` of a call that may be repeated at will.
   */
  get in_doubt(): string | null {
    return this.#signed.in_doubt;
  }

  /** Of the answer that was read: what the documents advise against in the request, and fields that stay encrypted. */
  get warnings(): Warning[] {
    return this.#warnings;
  }

  /** Verifies the answer and reads it. One request, one answer: the error's `decision` says what is right next. */
  async read(answer: Answer): Promise<A> {
    const response = await received(answer, mostOf(this.headers));
    const empty = emptyAnswer(response);
    if (empty && this.#empty?.answer === empty) return this.#empty.read;
    const { context, in_doubt } = this.#signed;
    const flow = this.#flow ?? replay(this.#signed);
    this.#flow = undefined;
    const run: Run = { flow, context, store: undefined, moment: () => momentOf(context), results: [], in_doubt, sent: [undefined], habits: new Set() };
    try {
      const read = outcome<A>(run, (await given(run, this.#id, response)) as Done);
      this.#warnings = warned(run);
      if (empty) this.#empty = { answer: empty, read };
      return read;
    } catch (error) {
      throw interrupted(run, error);
    } finally {
      release(flow);
    }
  }

  /** Signatures, tokens and encrypted fields stay out of logs. */
  toJSON(): { call: string; method: string } {
    return { call: this.#signed.spec.name, method: this.method };
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return `SignedCall(${this.#signed.spec.name})`;
  }

  [Symbol.for("Deno.customInspect")](): string {
    return `SignedCall(${this.#signed.spec.name})`;
  }
}

/** An answer that says nothing but that it was signed, as one text. */
function emptyAnswer({ status, headers, body }: Received): string | undefined {
  const text = body.length <= "{}".length ? new TextDecoder().decode(body) : undefined;
  return text === undefined ? undefined : `${status}\n${headers.toLowerCase()}\n${text}`;
}

/** Sends a call, and repeats it where that is right. */
export function send<A>(call: Call<A>, options?: SendOptions): Promise<A> {
  return call.send(options);
}
