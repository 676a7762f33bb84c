// What an engine offers, and the one that is in use.

import { InternalError, fromEngine, mistake } from "./errors.js";

/** Something a flow cannot do itself. */
export type Need = { id: number } & (
  | { kind: "sign"; serial_no: string; message: Uint8Array<ArrayBuffer> }
  | { kind: "verify"; key_id: string; public_key: Uint8Array<ArrayBuffer>; message: Uint8Array<ArrayBuffer>; signature: Uint8Array<ArrayBuffer> }
  | { kind: "seal"; key_id: string; public_key: Uint8Array<ArrayBuffer>; plaintext: Uint8Array<ArrayBuffer> }
  | { kind: "open"; serial_no: string; ciphertext: Uint8Array<ArrayBuffer> }
  /** The lines of `headers` are names and values in turn. */
  | { kind: "send"; method: string; url: string; headers: string; body?: Uint8Array<ArrayBuffer> }
  | { kind: "wait"; milliseconds: string }
);

/** How a flow ended; objects are JSON. */
export interface Ended {
  answer?: string;
  bytes?: Uint8Array<ArrayBuffer> | undefined;
  error?: string;
}

/** One call on its way. */
export interface Flow {
  once(): void;
  /** Needs, or how it ended; a promise of that where one of these keys had work to do, which then is no need. */
  step(now: number, entropy: Uint8Array, signing?: PrivateKey, opening?: PrivateKey): unknown;
  signed(id: number, signature: Uint8Array): void;
  checked(id: number, valid: boolean): void;
  sealed(id: number, ciphertext: Uint8Array): void;
  opened(id: number, plaintext: Uint8Array): void;
  /** The lines of `headers` are names and values in turn. */
  answered(id: number, status: number, headers: string, body: Uint8Array, milliseconds: number): void;
  /** `answered` and `step` at once, where each crossing counts. */
  read?(id: number, status: number, headers: string, body: Uint8Array, now: number, entropy: Uint8Array, opening?: PrivateKey): unknown;
  notSent(id: number): void;
  lost(id: number): void;
  waited(id: number): void;
  failed(id: number, why: string): void;
  /** What became of it, once it is over: decision and attempts as JSON. */
  report(): string | null | undefined;
  /** Absent where the garbage collector does it. */
  free?(): void;
}

/** A caller, as the engine knows it. */
export interface Door {
  /** A sub-merchant's, under this provider's keys. */
  subMerchant(number: string): Door;
  withAccessToken(token: string): Door;
  flow(call: string, payload: string): Flow;
  flowWithFile(call: string, payload: string, filename: string, contentType: string, bytes: Uint8Array): Flow;
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
    throw told(thrown);
  }
}

/** What an engine threw, as it is told. */
export function told(thrown: unknown): unknown {
  if (typeof thrown === "string") return fromEngine(thrown);
  if (!crashed(thrown)) return thrown;
  broken = thrown;
  return new InternalError("the engine crashed: this is a bug, please report it with the cause", thrown);
}

// A panic of wasm aborts, and leaves the instance in no state to go on; the native engine gives it this code.
function crashed(thrown: unknown): boolean {
  return thrown instanceof WebAssembly.RuntimeError || (thrown as { code?: unknown } | null)?.code === "GenericFailure";
}
