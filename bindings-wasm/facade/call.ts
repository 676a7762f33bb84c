// One call: signed and read by hand, or sent.

import { type Course, type Lent, type Order, advance, answered, ended, give, momentOf, once, open, read, release, reread } from "./drive.js";
import type { Ended, Flow, Send } from "./engine.js";
import type { Attempt } from "./errors.js";
import { type Answer, type Fetch, type Received, exchange, pause, received, requestOf } from "./transport.js";

/** A file that goes with a call. */
export interface FileToUpload {
  bytes: Uint8Array;
  filename: string;
  /** Media type, e.g. `application/pdf`. */
  content_type: string;
}

/** A downloaded file. */
export interface InvoiceFile {
  bytes: Uint8Array<ArrayBuffer>;
  /** Media type by its first bytes. */
  media_type: string;
  filename?: string;
}

/** The gateway has taken the request; its result comes later. */
export interface Accepted {
  accepted: true;
}

/** How a call is sent. */
export interface SendOptions {
  /** Sends requests; `globalThis.fetch` where it is left out. */
  fetch?: Fetch;
  /** Calls it off: nothing more is sent, and the error's `decision` says whether it may have taken effect. */
  signal?: AbortSignal;
  /** Is shown every request that was sent, with its outcome. */
  observe?: (attempt: Attempt) => void;
  /** Waits between attempts, in place of a timer. */
  wait?: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

/** A call that a caller makes. Nothing happens before it is signed or sent. */
export class Call<A> {
  readonly #lent: Lent;
  readonly #order: Order;
  /** The flow that the call was checked with, where it may be kept. */
  #checked: Flow | undefined;

  /** @internal */
  constructor(lent: Lent, order: Order) {
    this.#lent = lent;
    this.#order = order;
    this.#checked = open(lent, order);
    // Signed or sent in the same breath, as calls are, it goes on with this flow; else nothing of the engine is held.
    if (this.#checked.free) queueMicrotask(() => { this.#checked = this.#checked && release(this.#checked); });
  }

  /** Signs it, for a client of your own: `fetch(call.url, call)`. */
  async sign(): Promise<SignedCall<A>> {
    const [lent, order, moment] = [this.#lent, this.#order, momentOf(this.#lent)];
    const course: Course = { lent, flow: once(this.#open()), moment: () => moment, done: [] };
    let kept: Flow | undefined;
    try {
      const next = await advance(course);
      if (next[1] !== "send") return ended<never>(next as Ended, course);
      return new SignedCall<A>(order.name, next, (answer) => {
        const flow = kept;
        kept = undefined;
        return flow ? read(lent, flow, next[0], moment, answer) : reread(lent, order, moment, course.done, answer);
      });
    } finally {
      kept = release(course.flow);
    }
  }

  /** Sends it, and repeats it where that is right. */
  async send(options: SendOptions = {}): Promise<A> {
    const { fetch = globalThis.fetch as unknown as Fetch, signal, observe, wait = pause } = options;
    const flow = this.#open();
    const course: Course = { lent: this.#lent, flow, moment: () => momentOf(this.#lent), done: [] };
    try {
      for (let next = await advance(course); ; ) {
        if (next[1] === "wait") {
          await wait(Number(next[2]), signal);
          give(flow, next[0], "waited");
          next = await advance(course);
        } else if (next[1] === "send") {
          const clock = performance.now();
          const came = await exchange(fetch, next, (mistake) => { course.cause = mistake; }, signal);
          next = await answered(course, next[0], came, performance.now() - clock);
        } else {
          return ended<A>(next, course, observe, signal);
        }
      }
    } finally {
      release(flow);
    }
  }

  #open(): Flow {
    const flow = this.#checked ?? open(this.#lent, this.#order);
    this.#checked = undefined;
    return flow;
  }
}

/** A signed call, ready for any client: `method`, `url`, `headers`, `body` and `redirect` are its own properties. */
export class SignedCall<A> {
  readonly url: string;
  declare readonly method: string;
  declare readonly headers: Record<string, string>;
  declare readonly body?: Uint8Array<ArrayBuffer>;
  declare readonly redirect: "manual";
  readonly #read: (answer: Received) => A | Promise<A>;
  readonly #name: string;

  /** @internal */
  constructor(name: string, need: Send, read: (answer: Received) => A | Promise<A>) {
    this.url = need[3];
    Object.assign(this, requestOf(need));
    this.#name = name;
    this.#read = read;
  }

  /** Verifies the answer and reads it. One request, one answer: the error's `decision` says what is right next. */
  async read(answer: Answer): Promise<A> {
    const came = received(answer);
    return this.#read(came instanceof Promise ? await came : came);
  }

  /** Signatures, tokens and sealed fields stay out of logs. */
  toJSON(): { call: string; method: string } {
    return { call: this.#name, method: this.method };
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return `SignedCall(${this.#name})`;
  }

  [Symbol.for("Deno.customInspect")](): string {
    return `SignedCall(${this.#name})`;
  }
}

/** Sends a call, and repeats it where that is right. */
export function send<A>(call: Call<A>, options?: SendOptions): Promise<A> {
  return call.send(options);
}
