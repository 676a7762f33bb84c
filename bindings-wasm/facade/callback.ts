// Callbacks of WeChat Pay: verified, decrypted, read, and told how to be answered.

import { Arrived, type ArrivedReport } from "./arrived.js";
import { Caller } from "./caller.js";
import type { Direct, FapiaoEventAnswer, Partner, UserAppliedAnswer } from "./callers.js";
import type { CallerContext } from "./drive.js";
import { type EngineReceiver, type KeyNeed, withEngine } from "./engine.js";
import { inputError } from "./errors.js";
import { MOST_CALLBACK, received } from "./transport.js";

/** What became of a callback; anything but `event` is not to be believed. */
export type Reception =
  | "event" | "probe" | "forged" | "stale" | "unknown_key" | "wrong_api_v3_key" | "other_merchant" | "malformed";

/** What happened; an event newer than this release keeps its name. */
export type EventType =
  | "FAPIAO.USER_APPLIED" | "FAPIAO.ISSUED" | "FAPIAO.REVERSED" | "FAPIAO.CARD_INSERTED" | "FAPIAO.CARD_DISCARDED"
  | (string & {});

/** A genuine event. It can come twice, and before or after others. */
export interface Event {
  /** Unique id of the notification, the same when it comes again. At most 36 characters. */
  id: string;
  event_type: EventType;
  /** When the notification was made, RFC 3339. */
  create_time: string;
  /** A remark, where there is one. */
  summary?: string;
  /** The content in the clear: `UserApplied` with `FAPIAO.USER_APPLIED`, else `FapiaoEvent`. */
  resource: FapiaoEventAnswer | UserAppliedAnswer;
}

/** A callback as it came: the web's `Request`, or its headers and the raw bytes of its body. */
export type CallbackRequest =
  | { headers: Iterable<[string, string]>; arrayBuffer(): Promise<ArrayBuffer>; bodyUsed?: boolean }
  | { headers: Iterable<[string, string]> | Record<string, string | string[] | undefined>; body: Uint8Array };

/** What the engine tells of a callback. */
interface Report extends ArrivedReport<Event> {
  reception: Reception;
  clock_offset?: number;
}

/** A callback, and what became of it. */
export class Received extends Arrived<Event> {
  /** `event` where it is genuine, or why it is not to be believed. */
  readonly reception: Reception;
  /** Seconds the gateway's clock was ahead of this one; 300 and more either way are refused as stale. */
  readonly clockOffset: number | undefined;

  /** @internal */
  constructor(report: Report) {
    super(report);
    this.reception = report.reception;
    this.clockOffset = report.clock_offset;
  }
}

/**
 * The merchants whose callbacks arrive at one URL; each has its `api_v3_key`.
 *
 * @example
 * ```ts
 * const receiver = new Receiver(provider);
 * export const POST = async (request: Request) => {
 *   const { status, body } = await (await receiver.receive(request)).handle((event) => save(event));
 *   return new Response(body || null, { status });
 * };
 * ```
 */
export class Receiver {
  readonly #contexts: CallerContext[];
  readonly #engine: EngineReceiver;

  constructor(...merchants: Array<Direct | Partner>) {
    this.#contexts = merchants.map((merchant) => Caller.contextOf(merchant));
    const [first, ...others] = this.#contexts;
    if (!first) throw inputError("input.config", "a receiver needs at least one merchant", "merchants");
    this.#engine = withEngine(() => others.reduce((receiver, { caller }) => receiver.and(caller), first.caller.receiver()));
  }

  /** Verifies, decrypts and reads a callback. What is wrong with the callback is in the result, never thrown. */
  async receive(callback: CallbackRequest): Promise<Received> {
    const { headers, body } = await received(message(callback), MOST_CALLBACK);
    const { clock } = this.#contexts[0]!;
    const now = clock();
    const receive = (valid?: boolean) => withEngine(() => this.#engine.receive(headers, body, now, valid))[0];
    let found = receive();
    if (found[1] !== "callback") found = receive(await this.#checked(found));
    return new Received(JSON.parse(found[2] as string) as Report);
  }

  async #checked(need: KeyNeed): Promise<boolean> {
    const keys = this.#contexts.find((context) => context.keys.verifies)?.keys ?? this.#contexts[0]!.keys;
    return (await keys.operate(need))[0] === "valid";
  }
}

/** A callback in the form of an answer, with every value of a header that came more than once. */
function message(callback: CallbackRequest): Parameters<typeof received>[0] {
  if (typeof callback !== "object" || callback === null || typeof callback.headers !== "object" || callback.headers === null) {
    throw inputError("input.type", "pass the Request as it came, or its `headers` and raw `body` bytes", "callback");
  }
  const { headers } = callback;
  const pairs = Symbol.iterator in headers ? headers : Object.entries(headers).flatMap(([name, values]) =>
    [values ?? []].flat().map((value): [string, string] => [name, value]));
  if ("body" in callback && callback.body instanceof Uint8Array) return { status: 200, headers: pairs, body: callback.body };
  if ("arrayBuffer" in callback && typeof callback.arrayBuffer === "function") {
    const { bodyUsed = false } = callback;
    return { status: 200, headers: pairs, bodyUsed, arrayBuffer: () => callback.arrayBuffer() };
  }
  throw inputError(
    "input.type",
    "`body` must be the raw bytes, before any parsing: express.raw({ type: \"*/*\" }), await request.arrayBuffer()", "callback",
  );
}
