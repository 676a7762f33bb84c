// Events that are pushed to the server of an Official Account, a mini program or a third-party platform.

import { Arrived, type ArrivedReport } from "./arrived.js";
import type {
  ComponentVerifyTicketPushAnswer, InvoiceResultPushAnswer, SubmitInvoiceTitlePushAnswer, UpdateInvoiceStatusPushAnswer, UserAuthorizeInvoicePushAnswer,
} from "./callers.js";
import { type EnginePushReceiver, withEngine } from "./engine.js";
import { inputError } from "./errors.js";
import type { Store } from "./store.js";

/** What became of a push; anything but `event` and `url_check` is not to be believed. */
export type PushReception = "event" | "url_check" | "forged" | "unencrypted" | "unreadable" | "malformed";

/** An event under the official names, whether it came as XML or as JSON. */
export type PushEvent =
  | UserAuthorizeInvoicePushAnswer | UpdateInvoiceStatusPushAnswer | SubmitInvoiceTitlePushAnswer | InvoiceResultPushAnswer
  | ComponentVerifyTicketPushAnswer | Record<string, unknown>;

/** An account's server configuration. */
export interface PushOptions {
  /** The account's appid; of a third-party platform, its own. */
  appid: string;
  /** The Token (令牌). */
  token: string;
  /**
   * The EncodingAESKey (消息加解密密钥), 43 characters; while it is changed, the new one and the old one. With it, pushes that are
   * not encrypted are refused: leave it out in plain mode only.
   */
  encoding_aes_key?: string | string[] | undefined;
}

/** A push as it came: the web's `Request`, or its URL (or query) and the raw bytes of its body. */
export type PushRequest =
  | { url: string; arrayBuffer(): Promise<ArrayBuffer>; bodyUsed?: boolean }
  | { url: string; body?: Uint8Array | undefined };

interface Report extends ArrivedReport<PushEvent> {
  reception: PushReception;
  event_type?: string;
  keep?: { key: string; text: string; ttl: number };
}

/** A push, and what became of it. */
export class PushedEvent extends Arrived<PushEvent> {
  /** `event` where it is genuine, `url_check` where the console checks the URL, or why it is not to be believed. */
  readonly reception: PushReception;
  /** What happened, such as `user_authorize_invoice`; an event newer than this release keeps its name. */
  readonly eventType: string | undefined;
  readonly #keep: Report["keep"];

  /** @internal */
  constructor(report: Report) {
    super(report);
    this.reception = report.reception;
    this.eventType = report.event_type;
    this.#keep = report.keep;
  }

  /** Keeps the ticket of a third-party platform in the store that its calls use; does nothing with any other event. */
  async keepTicket(store: Store): Promise<void> {
    if (!this.#keep) return;
    const { key, text, ttl } = this.#keep;
    // Where another delivery is faster, the ticket that it keeps is as good.
    await store.put(key, text, (await store.get(key))?.version, ttl);
  }
}

/**
 * Receives what is pushed to the server of one account, and answers the console's check of the URL.
 *
 * @example
 * ```ts
 * const receiver = new PushReceiver({ appid, token, encoding_aes_key });
 * export const GET = push(receiver, (event) => save(event));   // push of fapiao/next
 * export const POST = GET;
 * ```
 */
export class PushReceiver {
  readonly #engine: EnginePushReceiver;

  constructor(options: PushOptions) {
    if (typeof options !== "object" || options === null) throw inputError("input.config", "the configuration must be an object");
    this.#engine = withEngine((engine) => new engine.PushReceiver(JSON.stringify(options)));
  }

  /** Checks, decrypts and reads a push. What is wrong with the push is in the result, never thrown. */
  async receive(push: PushRequest): Promise<PushedEvent> {
    if (typeof push?.url !== "string") throw inputError("input.type", "pass the Request as it came, or its `url` and raw `body` bytes", "push");
    const start = push.url.indexOf("?");
    // A query alone begins with its first name.
    const query = start < 0 && !push.url.includes("=") ? "" : push.url.slice(start + 1).split("#")[0]!;
    const body = await bodyOf(push);
    return new PushedEvent(JSON.parse(withEngine(() => this.#engine.receive(query, body))) as Report);
  }
}

async function bodyOf(push: PushRequest): Promise<Uint8Array> {
  if ("arrayBuffer" in push && typeof push.arrayBuffer === "function") {
    if (push.bodyUsed) throw inputError("input.type", "the body was read before: give the request to the receiver first", "push");
    return new Uint8Array(await push.arrayBuffer());
  }
  const body = "body" in push ? push.body : undefined;
  if (body === undefined) return new Uint8Array(0);
  if (body instanceof Uint8Array) return body;
  throw inputError("input.type", "`body` must be the raw bytes, before any parsing: express.raw({ type: \"*/*\" })", "push");
}
