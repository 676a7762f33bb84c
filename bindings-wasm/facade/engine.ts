// What an engine offers, and the one that is in use.

import { InternalError, fromEngine, inputError } from "./errors.js";

/** Bytes of JavaScript's own. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** An operation with a key: its id, its kind, and what it takes. */
export type KeyNeed =
  | [id: number, kind: "sign", serial_no: string, message: Bytes]
  | [id: number, kind: "verify", key_id: string, public_key: Bytes, message: Bytes, signature: Bytes]
  | [id: number, kind: "encrypt", key_id: string, public_key: Bytes, plaintext: Bytes]
  | [id: number, kind: "decrypt", serial_no: string, ciphertext: Bytes];

/** What the store of a call in doubt is asked: for the text under a key, or to replace it where it still has this version. */
export type StoreNeed =
  | [id: number, kind: "load", key: string]
  | [id: number, kind: "store", key: string, text: string, version?: string];

/** A request to send; the lines of `headers` are names and values in turn. */
export type Send = [id: number, kind: "send", method: string, url: string, headers: string, body?: Bytes];
export type Wait = [id: number, kind: "wait", milliseconds: string];

/** How a flow ended, as JSON, and the file of an answer. */
export type Done = [id: 0, kind: "answer", json: string, file?: Bytes] | [id: 0, kind: "error", json: string];

/** What a step comes to: one thing outside, or what keys and store are needed for. */
export type Step = [Send | Wait | Done] | (KeyNeed | StoreNeed)[];

/** What came of a need, by name. */
export type NeedResult =
  | "signed" | "encrypted" | "decrypted" | "valid" | "invalid" | "loaded" | "stored" | "lost race"
  | "failed" | "not sent" | "lost" | "waited";

/** One call on its way. */
export interface Flow {
  /** Ends with the first request: nothing is repeated or asked about. */
  once(): void;
  /** The client is known to repeat requests by itself. */
  clientRepeats(): void;
  /** Asks a store what an earlier attempt left in doubt, and keeps what this one leaves. */
  keepDoubt(): void;
  /** Takes in the text of an earlier attempt that was left in doubt. */
  resume(in_doubt: string): void;
  /** An earlier attempt may have been sent, at this time (Unix seconds) at the latest. */
  assumeInDoubt(last_send: number): void;
  /** The text to keep while a request is on its way, and after an end that leaves its effect unknown. */
  inDoubt(): string | null | undefined;
  step(now: number, entropy: Uint8Array): Step;
  give(id: number, result: NeedResult, bytes: Uint8Array): void;
  /** Gives an answer, and steps. The lines of `headers` are names and values in turn. */
  answered(
    id: number, status: number, headers: string, body: Uint8Array, milliseconds: number, now: number, entropy: Uint8Array,
  ): Step;
  /** What became of it, once it is over: decision, attempts, warnings and what is in doubt as JSON. */
  report(): string | null | undefined;
  /** The warnings alone, as JSON; nothing where there are none. */
  warnings(): string | null | undefined;
  /** Gives its memory back at once. Without it, the garbage collector does. */
  free?(): void;
}

/** The merchants whose callbacks arrive at one URL. */
export interface EngineReceiver {
  /** The same with one merchant more. */
  and(caller: EngineCaller): EngineReceiver;
  /** What became of a callback, as JSON, or the signature to check first: then this again, with what was found. */
  receive(headers: string, body: Uint8Array, now: number, valid?: boolean): [KeyNeed] | [[id: 0, kind: "callback", json: string]];
}

/** Receives what is pushed to the server of one account. */
export interface EnginePushReceiver {
  /** What became of a push, as JSON. */
  receive(query: string, body: Uint8Array): string;
}

/** What callers are made by of others. */
export type Derived = "sub_merchant" | "authorizer" | "access_token";

/** A caller, as the engine knows it. */
export interface EngineCaller {
  /** A sub-merchant's, an authorizer's, or the same account's with another access token. */
  derived(what: Derived, text: string): EngineCaller;
  receiver(): EngineReceiver;
  flow(call: string, payload: string, filename?: string, media_type?: string, bytes?: Uint8Array): Flow;
}

/** A private key, of an engine or of WebCrypto. */
export interface PrivateKey {
  sign(message: Bytes): Promise<Uint8Array>;
  decrypt(ciphertext: Bytes): Promise<Uint8Array>;
}

/** An engine. It has private keys of its own, or reads them for WebCrypto. */
export type Engine = {
  Caller: new (config: string) => EngineCaller;
  PushReceiver: new (config: string) => EnginePushReceiver;
  /** What an invoice's life says to a question; both JSON. */
  life(question: string): string;
  /** A number in another unit, as text. */
  amount(wanted: string, text: string): string;
} & (
  | { PrivateKey: new (key: Uint8Array, certificate?: string) => PrivateKey }
  | { PrivateKey?: undefined; privateKeyDer(key: Uint8Array, certificate?: string): Uint8Array }
);

let engine: Engine | undefined;
let broken: unknown;

/** Puts an engine into use. */
export function setEngine(loaded: Engine): void {
  engine = loaded;
  broken = undefined;
}

/** Works with the engine. What it throws becomes an error class; once it has crashed it is not used again. */
export function withEngine<T>(work: (engine: Engine) => T): T {
  if (!engine) {
    throw inputError("input.state", "the engine is not loaded: `await init(wasm)` of fapiao-edge/slim before the first call");
  }
  if (broken !== undefined) {
    throw new InternalError("the engine crashed earlier and is not used again: start a new process or isolate", broken);
  }
  try {
    return work(engine);
  } catch (thrown) {
    throw translated(thrown);
  }
}

/** Waits for what an engine does elsewhere, on a thread of its own. */
export async function byEngine<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (thrown) {
    throw translated(thrown);
  }
}

function translated(thrown: unknown): unknown {
  if (typeof thrown === "string") return fromEngine(thrown);
  if (!crashed(thrown)) return thrown;
  broken = thrown;
  return new InternalError("the engine crashed: this is a bug, please report it with the cause", thrown);
}

// A panic of wasm aborts, and leaves the instance in no state to go on; the native engine gives it this code.
function crashed(thrown: unknown): boolean {
  return thrown instanceof WebAssembly.RuntimeError || (thrown as { code?: unknown } | null)?.code === "GenericFailure";
}
