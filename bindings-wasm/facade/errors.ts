// Every error as a class with the engine's code, fault, help and decision.

import { CODES } from "./codes.js";

/** What an outcome means, and what to do next. */
export interface Decision {
  /** Whether the call took effect at the gateway. */
  effect: "yes" | "no" | "unknown";
  /** Whether the same request may be sent again. */
  resend: "no" | "now" | "other_host" | "later";
  /** The call that must answer first. */
  first: string | null;
  /** Of an unknown effect: from when on (Unix seconds) the answer of `first` is final. Before, "not there" proves nothing. */
  ask_after: number | null;
}

/** What the documents advise against in a request. */
export interface Warning {
  /** The field, as a path into the payload. */
  field: string;
  message: string;
}

/** What the gateway said. **Not authenticated**: its texts can quote what was sent, so keep them out of logs. */
export interface Remote {
  status: number;
  code: string | null;
  message: string | null;
  field: string | null;
  request_id: string | null;
  request_id_tail: number | null;
  detail: unknown;
  /** The first words of a page that the gateway did not write, e.g. a firewall's. */
  page: string | null;
  authenticated: false;
}

/** One request that was sent. Nothing in it is secret. */
export interface Attempt {
  call: string;
  number: number;
  host: "main" | "backup";
  status: number | null;
  request_id: string | null;
  milliseconds: number | null;
  /** Seconds the gateway's clock was ahead of this one, where the answer was verified. */
  clock_offset: number | null;
  error: string | null;
  decision: Decision | null;
}

/** An entry of the registry of error codes. */
export interface CodeEntry {
  code: string;
  fault: "caller" | "remote" | "integrity" | "environment";
  help: string;
  help_zh: string;
  page: string;
}

/** What happened, beside what its code alone tells. */
export interface Occurrence {
  code: string;
  message: string;
  field: string | null;
  details: Record<string, string>;
  remote: Remote | null;
}

type Facts = CodeEntry & Occurrence;

// Shared by every copy of this package in a process.
const BRAND = Symbol.for("fapiao.error");

/** The root of all errors. `instanceof` also holds for errors of another copy of this package. */
export class FapiaoError extends Error {
  static readonly groups: readonly string[] = [];
  /** The stable code, `group.name`. */
  readonly code: string;
  /** Who has to act. */
  readonly fault: CodeEntry["fault"];
  /** What to do, in English. */
  readonly help: string;
  /** What to do, in Chinese. */
  readonly helpZh: string;
  /** The official page the rule comes from. */
  readonly page: string;
  /** The field, header or configuration entry at fault. */
  readonly field: string | null;
  /** Further facts, safe to log. */
  readonly details: Readonly<Record<string, string>>;
  /** What it means for the call; absent when no call was on its way. */
  decision?: Decision;
  /** Every request that was sent. */
  attempts?: Attempt[];
  /** What the documents advise against in the request. */
  warnings?: Warning[];
  /**
   * Of a call that may have taken effect: the text to keep, and to hand in again with the same call (`send(call, { in_doubt })`). It
   * holds nothing secret or personal.
   */
  in_doubt: string | null = null;

  /** @internal */
  constructor(facts: Facts, options?: ErrorOptions) {
    super(`${facts.code}: ${facts.message}`, options);
    this.name = new.target.name;
    this.code = facts.code;
    this.fault = facts.fault;
    this.help = facts.help;
    this.helpZh = facts.help_zh;
    this.page = facts.page;
    this.field = facts.field;
    this.details = facts.details;
    // Its texts are the gateway's: out of sight of loggers that print own properties.
    Object.defineProperty(this, "remote", { value: facts.remote, enumerable: false });
    Object.defineProperty(this, BRAND, { value: facts.code.split(".")[0], enumerable: false });
  }

  /** What the gateway said. */
  declare readonly remote: Remote | null;

  static override [Symbol.hasInstance](value: unknown): boolean {
    const group = typeof value === "object" && value !== null ? Reflect.get(value, BRAND) : undefined;
    if (Object.hasOwn(this, "groups")) return group !== undefined && (this.groups.length === 0 || this.groups.includes(group));
    return Function.prototype[Symbol.hasInstance].call(this, value);
  }
}

/** The program passed something wrong; `field` names it. */
export class InputError extends FapiaoError { static override readonly groups = ["input", "life"]; }
/** A key, certificate or serial number is not what it should be. */
export class KeyFileError extends FapiaoError { static override readonly groups = ["key"]; }
/** Signing, encrypting or decrypting failed. */
export class CryptoError extends FapiaoError { static override readonly groups = ["sign", "seal", "open", "decrypt"]; }
/** The answer or callback cannot be trusted; nothing in it was used. */
export class VerificationError extends FapiaoError { static override readonly groups = ["verify"]; }
/** A push cannot be trusted, or not be read; nothing in it was used. */
export class PushError extends FapiaoError { static override readonly groups = ["push"]; }
/** A verified answer does not have the documented form, or is too large. */
export class AnswerError extends FapiaoError { static override readonly groups = ["parse", "limit"]; }
/** The gateway, or something before it, refused; `remote` holds what it said. */
export class RemoteError extends FapiaoError { static override readonly groups = ["remote"]; }
/** A file, or the link to it, is not the one announced. */
export class DownloadError extends FapiaoError { static override readonly groups = ["download"]; }
/** The request or its answer did not get through; `decision` says whether it may have taken effect. */
export class TransportError extends FapiaoError { static override readonly groups = ["send"]; }
/** The engine crashed. */
export class InternalError extends FapiaoError {
  static override readonly groups = ["internal"];
  /** @internal */
  constructor(message: string, cause: unknown) {
    const help = "report it, with the cause; start a new process or isolate";
    const entry = { code: "internal.crash", fault: "environment", help, help_zh: "请附上 cause 反馈；请重启进程或隔离环境", page: "" } as const;
    super({ ...entry, message, field: null, details: {}, remote: null }, { cause });
  }
}

const CLASSES = [InputError, KeyFileError, CryptoError, VerificationError, PushError, AnswerError, RemoteError, DownloadError, TransportError];

const ENTRIES = new Map(CODES.map(([code, fault, page, help, help_zh]) => [code, { code, fault, help, help_zh, page } as CodeEntry]));

/** Every error code there is, with fault, help and page. */
export function errorCodes(): CodeEntry[] {
  return [...ENTRIES.values()];
}

/** @internal An error as the engine tells it. */
export function fromEngine(json: string, options?: ErrorOptions): FapiaoError {
  return classed(JSON.parse(json) as Occurrence, options);
}

/** @internal An error found before the engine was asked. */
export function inputError(code: string, message: string, field: string | null = null, options?: ErrorOptions): FapiaoError {
  return classed({ code, message, field, details: {}, remote: null }, options);
}

/** @internal An error as the class of its group. */
export function classed(occurrence: Occurrence, options?: ErrorOptions): FapiaoError {
  const { code, message } = occurrence;
  const group = code.split(".")[0]!;
  const Class = CLASSES.find((one) => one.groups.includes(group)) ?? FapiaoError;
  const entry = ENTRIES.get(code) ?? { code, fault: "caller", help: message, help_zh: message, page: "" } as const;
  return new Class({ ...entry, ...occurrence }, options);
}
