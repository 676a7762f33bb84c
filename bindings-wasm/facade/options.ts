// What can be said of a call when it is signed or sent.

import type { Flow } from "./engine.js";
import { type Attempt, inputError } from "./errors.js";
import type { Store } from "./store.js";
import type { Fetch } from "./transport.js";

/** What is known of earlier attempts of a call, and of the client that sends it. */
export interface SignOptions {
  /**
   * The text that an earlier attempt of this very call left in doubt: an error's `in_doubt`, or the one of a `SignedCall` whose
   * answer was never read. `send` then asks what became of it before anything is sent.
   *
   * @example
   * ```ts
   * const error = await send(shop.issue(invoice)).catch((error) => error);
   * if (error.in_doubt) await db.save(orderId, error.in_doubt);
   * // later, also in another process
   * await send(shop.issue(invoice), { in_doubt: await db.load(orderId) });
   * ```
   */
  in_doubt?: string | null | undefined;
  /**
   * An earlier attempt of this call may have been sent, and nothing was kept of it: asked about like `in_doubt`.
   *
   * @example A worker that was killed finds its order again.
   * ```ts
   * await send(shop.issue(order.invoice), { assume_in_doubt: order.wasBegunBefore });
   * ```
   */
  assume_in_doubt?: boolean | undefined;
  /**
   * The client repeats requests by itself, so that what it says of one request may be about the second: less of it then proves that
   * the call had no effect. Better is a client that sends once.
   *
   * @example
   * ```ts
   * await send(shop.issue(invoice), { fetch: fetchWithRetries, repeats: true });
   * ```
   */
  repeats?: boolean | undefined;
}

/** How a call is sent. */
export interface SendOptions extends SignOptions {
  /**
   * Sends requests, each once and without following redirects; `globalThis.fetch` where it is left out.
   *
   * @example By a proxy, with undici.
   * ```ts
   * const dispatcher = new ProxyAgent("http://proxy:3128");
   * await send(call, { fetch: (url, init) => fetch(url, { ...init, dispatcher }) });
   * ```
   */
  fetch?: Fetch | undefined;
  /**
   * Calls it off: nothing more is sent, and the error says whether the call may have taken effect (`decision`, `in_doubt`).
   *
   * @example
   * ```ts
   * await send(call, { signal: AbortSignal.timeout(10_000) });
   * ```
   */
  signal?: AbortSignal | undefined;
  /** Milliseconds that each request may take, its answer included; 30,000 where it is left out. */
  timeout?: number | undefined;
  /**
   * Milliseconds that all of it may take, requests and waits; then it is called off (`send.cancelled`).
   *
   * @example
   * ```ts
   * await send(call, { deadline: 10_000 });
   * ```
   */
  deadline?: number | undefined;
  /**
   * Keeps what is in doubt: it is looked into before anything is sent, written before each request leaves, and again at the end.
   * Of two workers at the same call, one sends; the other gets `send.taken`.
   *
   * @example
   * ```ts
   * const store = memoryStore(); // or rows of a database: see `Store`
   * await send(shop.issue(invoice), { store });
   * ```
   */
  store?: Store | undefined;
  /**
   * Is shown every request that was sent, once the call is over. What it throws is written to the console and changes nothing.
   *
   * @example
   * ```ts
   * await send(call, { observer: ({ call, status, milliseconds }) => log.info({ call, status, milliseconds }) });
   * ```
   */
  observer?: ((attempt: Attempt) => void) | undefined;
  /**
   * Waits between attempts, in place of a timer. Resolve once `signal` is aborted; where it rejects, nothing more is sent.
   *
   * @example
   * ```ts
   * await send(call, { wait: async (milliseconds) => clock.advance(milliseconds) });
   * ```
   */
  wait?: ((milliseconds: number, signal?: AbortSignal) => Promise<void>) | undefined;
}

const SIGN_OPTIONS = ["in_doubt", "assume_in_doubt", "repeats"];
const SEND_OPTIONS = [...SIGN_OPTIONS, "fetch", "signal", "timeout", "deadline", "store", "observer", "wait"];

/** @internal Refuses what is no option: a misspelt `in_doubt` would send a call twice. */
export function checkOptions(options: SendOptions, use: "sign" | "send"): void {
  if (typeof options !== "object" || options === null) throw inputError("input.type", "options must be an object", "options");
  const known = use === "sign" ? SIGN_OPTIONS : SEND_OPTIONS;
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw inputError("input.config", `\`${unknown}\` is no option here: pass ${known.join(", ")}`, unknown);
  }
  const { in_doubt, store } = options;
  if (in_doubt !== undefined && in_doubt !== null && typeof in_doubt !== "string") {
    throw inputError("input.type", "`in_doubt` must be the text that an earlier attempt left", "in_doubt");
  }
  for (const name of ["fetch", "observer", "wait"] as const) {
    const given: unknown = options[name];
    if (given !== undefined && typeof given !== "function") throw inputError("input.type", `\`${name}\` must be a function`, name);
  }
  for (const name of ["timeout", "deadline"] as const) {
    const given: unknown = options[name];
    if (given !== undefined && !(typeof given === "number" && given > 0)) throw inputError("input.type", `\`${name}\` must be milliseconds, more than 0`, name);
  }
  if (store && !(typeof store.get === "function" && typeof store.put === "function")) {
    throw inputError("input.type", "`store` must have the methods `get` and `put`", "store");
  }
}

/** @internal Tells a flow what is known, within the engine. */
export function applyOptions(flow: Flow, options: SendOptions, now: () => number): void {
  const { in_doubt, assume_in_doubt, repeats, store } = options;
  if (repeats) flow.clientRepeats();
  if (store) flow.keepDoubt();
  if (assume_in_doubt) flow.assumeInDoubt(now());
  if (typeof in_doubt === "string") flow.resume(in_doubt);
}
