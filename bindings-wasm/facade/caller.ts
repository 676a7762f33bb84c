// What every caller is made of.

import { Call } from "./call.js";
import type { CallerContext } from "./drive.js";
import { type Derived, withEngine } from "./engine.js";
import { inputError } from "./errors.js";
import { type KeyOptions, keysOf } from "./keys.js";
import { memoryStore } from "./store.js";
import type { FileToUpload } from "./values.js";

/** Clock and entropy, for tests and replays. */
export interface MomentOptions {
  /** Unix seconds; the system's clock where it is left out. */
  clock?: (() => number) | undefined;
  /** 32 unpredictable bytes, fresh each time; the system's generator where it is left out. */
  entropy?: (() => Uint8Array) | undefined;
}

/** Where calls go, in place of the official hosts. */
export interface HostOptions {
  hosts?: { main: string; backup?: string } | undefined;
  /** Further host suffixes that files may come from. A link opens somebody's invoice: only hosts the gateway answers with. */
  allow_downloads?: string[] | undefined;
}

/** A merchant of WeChat Pay: a direct one, or a service provider. */
export interface MerchantOptions extends KeyOptions, MomentOptions, HostOptions {
  /** The merchant number. */
  mchid: string;
  /** The serial number of the API certificate. */
  serial_no: string;
  /** The API certificate, to check private key and serial number against. */
  certificate?: string | undefined;
  /** WeChat Pay public keys by id (`PUB_KEY_ID_…`). */
  wechatpay_keys?: Record<string, string> | undefined;
  /** Platform certificates. */
  platform_certificates?: string[] | undefined;
  /** The id of the key that encrypts, where it is pinned. */
  encryption_key?: string | undefined;
  /** The APIv3 key, which callbacks are encrypted with; while it is changed, the new one and the old one. */
  api_v3_key?: string | string[] | undefined;
}

/** An Official Account or mini program. */
export interface AccountOptions extends MomentOptions, HostOptions {
  appid: string;
  /** The AppSecret: with it, `send` gets the access token by itself and keeps it in its `store`, else in this process. */
  secret?: string | undefined;
  /** An access token that the program gets by itself; then `secret` is not needed. */
  access_token?: string | undefined;
}

/** A third-party platform (第三方平台). Its tokens are kept in the `store` that its calls and its pushes use. */
export interface ComponentOptions extends MomentOptions, HostOptions {
  /** The platform's appid. */
  appid: string;
  /** The platform's AppSecret. */
  secret: string;
  /** The ticket that was pushed last, where the program keeps it itself. */
  verify_ticket?: string | undefined;
  /** A component access token that the program gets by itself. */
  access_token?: string | undefined;
}

/** @internal Opens a caller: keys are imported here, once. */
export async function make(kind: string, options: MerchantOptions | AccountOptions | ComponentOptions): Promise<CallerContext> {
  if (typeof options !== "object" || options === null) throw inputError("input.config", "the configuration must be an object");
  const { private_key, signer, decrypter, verifier, encrypter, clock, entropy, ...rest } = options as MerchantOptions;
  // JSON would leave it out without a word.
  const unknown = Object.entries(rest).find(([, value]) => typeof value === "function");
  if (unknown) throw inputError("input.config", `\`${unknown[0]}\` is not known in the configuration`, unknown[0]);
  const config = { kind, ...rest, ...((verifier || encrypter) && { keys_elsewhere: true }) };
  const caller = withEngine((engine) => new engine.Caller(json(config)));
  if (kind !== "account" && kind !== "component" && !signer && (private_key ?? undefined) === undefined) {
    throw inputError("key.missing", "no private key is here: pass `private_key`, or `signer` and `decrypter`", "private_key");
  }
  const keys = await keysOf({ private_key, signer, decrypter, verifier, encrypter }, rest.certificate);
  return { caller, keys, memory: memoryStore(), clock: clock ?? systemTime, entropy: entropy ?? systemEntropy };
}

/** A caller. A value: clone, share and drop it at will. */
export abstract class Caller {
  readonly #context: CallerContext;

  /** @internal */
  constructor(context: CallerContext) {
    this.#context = context;
  }

  /** @internal */
  static contextOf(caller: Caller): CallerContext {
    return caller.#context;
  }

  /** @internal Another caller made of this one, under the same keys. */
  protected derived(what: Derived, name: string, text: string): CallerContext {
    if (typeof text !== "string") throw inputError("input.config", `\`${name}\` must be a string`, name);
    return { ...this.#context, caller: withEngine(() => this.#context.caller.derived(what, text)) };
  }

  /** @internal */
  protected call<A>(name: string, payload: object, file?: FileToUpload): Call<A> {
    if (file !== undefined) checked(file);
    return new Call<A>(this.#context, { name, payload: json(payload), file });
  }
}

function checked(file: FileToUpload): void {
  if (!(file?.bytes instanceof Uint8Array)) {
    throw inputError("input.type", "`file.bytes` must be a Uint8Array, not text or a stream", "file");
  }
  for (const name of ["filename", "media_type"] as const) {
    if (typeof file[name] !== "string") throw inputError("input.type", `\`file.${name}\` must be a string`, "file");
  }
}

function json(value: object): string {
  try {
    return JSON.stringify(value) ?? "null";
  } catch (cause) {
    // A BigInt or a cycle.
    throw inputError("input.type", "pass plain data: whole numbers up to 2^53 - 1, no BigInt, no cycles", null, { cause });
  }
}

function systemTime(): number {
  return Math.floor(Date.now() / 1000);
}

let drawn = new Uint8Array(0);
let used = 0;

// Drawn for many calls at once, and each byte handed out once: on Node, asking takes a tenth of what a call costs the event loop.
function systemEntropy(): Uint8Array {
  if (used === drawn.length) {
    drawn = crypto.getRandomValues(new Uint8Array(32 * 32));
    used = 0;
  }
  used += 32;
  return drawn.subarray(used - 32, used);
}
