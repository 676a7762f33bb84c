// What an engine offers, and the one that is in use.

import { InternalError, fromEngine, mistake } from "./errors.js";

type Bytes = Uint8Array<ArrayBuffer>;

/** A key operation that a flow cannot do itself: its id, its kind, and what it takes. */
export type KeyNeed =
  | [id: number, kind: "sign", serial_no: string, message: Bytes]
  | [id: number, kind: "verify", key_id: string, public_key: Bytes, message: Bytes, signature: Bytes]
  | [id: number, kind: "seal", key_id: string, public_key: Bytes, plaintext: Bytes]
  | [id: number, kind: "open", serial_no: string, ciphertext: Bytes];

/** A request that wants to be sent; the lines of `headers` are names and values in turn. */
export type Send = [id: number, kind: "send", method: string, url: string, headers: string, body?: Bytes];
export type Wait = [id: number, kind: "wait", milliseconds: string];

/** How a flow ended, as JSON, and the file of an answer. */
export type Ended = [id: 0, kind: "answer", json: string, file?: Bytes] | [id: 0, kind: "error", json: string];

/** What a step comes to: one thing outside, or key operations. */
export type Step = [Send | Wait | Ended] | KeyNeed[];

/** What came of a need, by name. */
export type Given = "signed" | "sealed" | "opened" | "failed" | "valid" | "invalid" | "not sent" | "lost" | "waited";

/** One call on its way. */
export interface Flow {
  once(): void;
  /** What it comes to, or, where keys of the engine's own are at work for that, a number that is called out when it has `landed`. */
  step(now: number, entropy: Uint8Array): Step | number;
  landed?(): Step;
  give(id: number, what: Given, bytes: Uint8Array): void;
  /** An answer, and the step after it. The lines of `headers` are names and values in turn. */
  answered(
    id: number, status: number, headers: string, body: Uint8Array, milliseconds: number, now: number, entropy: Uint8Array,
  ): Step | number;
  /** What became of it, once it is over: decision and attempts as JSON. */
  report(): string | null | undefined;
  /** Absent where the garbage collector does it. */
  free?(): void;
}

/** A caller, as the engine knows it. */
export interface Door {
  /** The same with private keys of the engine's own. */
  withKeys?(signing?: PrivateKey, opening?: PrivateKey): Door;
  /** A sub-merchant's, under this provider's keys. */
  subMerchant(number: string): Door;
  withAccessToken(token: string): Door;
  flow(call: string, payload: string, filename?: string, contentType?: string, bytes?: Uint8Array): Flow;
}

/** A private key of an engine that does private key operations itself. */
export type PrivateKey = object;

/** An engine. It does private key operations itself, or reads the key for WebCrypto. */
export type Engine = { Door: new (config: string) => Door } & (
  | { PrivateKey: new (key: Uint8Array, certificate?: string) => PrivateKey }
  | { PrivateKey?: undefined; privateKeyDer(key: Uint8Array, certificate?: string): Uint8Array }
);

let engine: Engine | undefined;
let broken: unknown;

/** Puts an engine into use. */
export function use(loaded: Engine): void {
  engine = loaded;
  broken = undefined;
}

/** Works with the engine. What it throws becomes an error class; once it has crashed it is not used again. */
export function withEngine<T>(work: (engine: Engine) => T): T {
  if (!engine) {
    throw mistake("input.state", "the engine is not loaded: `await init(wasm)` of fapiao-edge/slim before the first call");
  }
  if (broken !== undefined) {
    throw new InternalError("the engine crashed earlier and is not used again: start a new process or isolate", broken);
  }
  try {
    return work(engine);
  } catch (thrown) {
    if (typeof thrown === "string") throw fromEngine(thrown);
    if (!crashed(thrown)) throw thrown;
    broken = thrown;
    throw new InternalError("the engine crashed: this is a bug, please report it with the cause", thrown);
  }
}

// A panic of wasm aborts, and leaves the instance in no state to go on; the native engine gives it this code.
function crashed(thrown: unknown): boolean {
  return thrown instanceof WebAssembly.RuntimeError || (thrown as { code?: unknown } | null)?.code === "GenericFailure";
}
