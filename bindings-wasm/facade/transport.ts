// What goes over the wire, and what came back.

import { isElsewhere } from "./client.js";
import type { Send } from "./engine.js";
import { inputError } from "./errors.js";
import { type Failure, failureOf } from "./failure.js";

/** An answer: what `fetch` gives, or its parts. */
export type Answer =
  | { status: number; headers: Iterable<[string, string]> | Record<string, unknown>; body: Uint8Array }
  | { status: number; headers: Iterable<[string, string]>; arrayBuffer(): Promise<ArrayBuffer>; bodyUsed?: boolean }
  | { status: number; headers: Iterable<[string, string]> | Record<string, unknown>; data: Uint8Array | ArrayBuffer };

/** An answer as the engine takes it; the lines of `headers` are names and values in turn. */
export interface Received {
  status: number;
  headers: string;
  body: Uint8Array;
  /** Whether it answers another URL. */
  elsewhere?: boolean;
}

/** A `fetch`, or something that behaves like it. */
export type Fetch = (url: string, init: RequestInit) => Promise<Answer>;

/** Longest bodies that the engine takes, bytes. */
const MOST_JSON = 8 * 1024 * 1024;
const MOST_FILE = 32 * 1024 * 1024;
export const MOST_CALLBACK = 1024 * 1024;

/** The longest body that may answer a request. */
export function mostOf(headers: Record<string, string>): number {
  return headers["accept"] === "application/json" ? MOST_JSON : MOST_FILE;
}

/** Takes an answer apart; its body must be there as the bytes that came. */
export async function received(answer: Answer, most: number, signal?: AbortSignal): Promise<Received> {
  if (typeof answer !== "object" || answer === null || typeof answer.status !== "number") {
    throw inputError("input.type", "pass the Response as it came, or its `status`, `headers` and `body` bytes", "answer");
  }
  if (typeof answer.headers !== "object" || answer.headers === null) {
    throw inputError("input.type", "`headers` must be the answer's headers: a Headers, pairs, or an object", "answer");
  }
  const lines: string[] = [];
  for (const [name, value] of Symbol.iterator in answer.headers ? answer.headers : Object.entries(answer.headers)) {
    for (const one of Array.isArray(value) ? value : [value]) lines.push(name, String(one));
  }
  // A browser-like fetch hides a redirect behind status 0.
  return { status: answer.status || 302, headers: lines.join("\n"), body: await bodyOf(answer, most, signal) };
}

async function bodyOf(answer: Answer, most: number, signal?: AbortSignal): Promise<Uint8Array> {
  const { body, data } = answer as { body?: unknown; data?: unknown };
  for (const bytes of [body, data]) {
    if (bytes instanceof Uint8Array) return bytes;
    if (bytes instanceof ArrayBuffer) return new Uint8Array(bytes);
  }
  if ("arrayBuffer" in answer && typeof answer.arrayBuffer === "function") {
    if (answer.bodyUsed) throw inputError("input.type", "the body was read before: hand the Response over before calling text() or json()", "answer");
    const stream = body as Partial<ReadableStream<Uint8Array>> | null | undefined;
    return stream?.getReader ? unfolded(stream.getReader(), most, signal) : new Uint8Array(await answer.arrayBuffer());
  }
  const calls = "`new Uint8Array(await response.arrayBuffer())`; axios: `responseType: \"arraybuffer\"`";
  throw inputError("input.type", `\`body\` must be the bytes as they came, not text or a parsed object: ${calls}`, "answer");
}

/** Reads a body as it is unfolded: a small one can unfold to hundreds of megabytes. Of one that is too long, so much that it is refused. */
async function unfolded(reader: ReadableStreamDefaultReader<Uint8Array>, most: number, signal?: AbortSignal): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let [length, stopped] = [0, false];
  const stop = (): void => {
    stopped = true;
    reader.cancel().catch(() => undefined);
  };
  signal?.addEventListener("abort", stop);
  try {
    for (let next = await reader.read(); !next.done && length <= most; next = await reader.read()) {
      parts.push(next.value);
      length += next.value.length;
      if (length > most) stop();
    }
  } finally {
    signal?.removeEventListener("abort", stop);
  }
  if (length > most) return new Uint8Array(most + 1);
  if (stopped) throw signal?.reason;
  const whole = new Uint8Array(length);
  parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0);
  return whole;
}

/** How a request is sent. */
export interface Exchange {
  fetch: Fetch;
  /** Milliseconds it may take. */
  timeout: number;
  signal?: AbortSignal | undefined;
}

/** Sends a request: what came back, or why nothing did. */
export async function exchange({ fetch, timeout, signal }: Exchange, need: Send): Promise<Received | Failure> {
  const limit = new AbortController();
  const off = (): void => limit.abort(signal?.reason);
  signal?.addEventListener("abort", off);
  let timer: ReturnType<typeof setTimeout> | undefined;
  // A client that knows nothing of signals is not waited for either.
  const late = new Promise<never>((_, refuse) => {
    timer = setTimeout(() => {
      const error = Object.assign(new Error(`no answer within ${timeout} ms`), { name: "TimeoutError" });
      limit.abort(error);
      refuse(error);
    }, Math.min(timeout, 2 ** 31 - 1));
  });
  try {
    return await Promise.race([answered(fetch, need, limit.signal), late]);
  } catch (error) {
    return failureOf(error, need[3]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", off);
  }
}

async function answered(fetch: Fetch, need: Send, signal: AbortSignal): Promise<Received> {
  const request = requestOf(need);
  const most = mostOf(request.headers);
  let answer: Answer;
  try {
    answer = await fetch(need[3], { ...request, signal });
  } catch (error) {
    const { response } = (typeof error === "object" && error !== null ? error : {}) as { response?: Answer };
    if (typeof response?.status !== "number") throw error;
    // A client that throws for 4xx and 5xx; where it read the body, the status is what is left.
    return received(response, most, signal).catch(() => received({ status: response.status, headers: response.headers ?? {}, body: new Uint8Array(0) }, most));
  }
  return { ...(await received(answer, most, signal)), elsewhere: isElsewhere(answer as { url?: unknown }, need[3]) };
}

/** What `fetch` takes: own enumerable properties, and no body where there is none. */
export function requestOf([, , method, , lines, body]: Send): { method: string; headers: Record<string, string>; body?: Uint8Array<ArrayBuffer>; redirect: "manual" } {
  const headers: Record<string, string> = {};
  const parts = lines.split("\n");
  for (let at = 0; at < parts.length; at += 2) headers[parts[at]!] = parts[at + 1]!;
  return { method, headers, ...(body && { body }), redirect: "manual", ...sendsOnce() };
}

let client: unknown;

// When a connection it kept turns out closed, Deno sends the request again, unasked and with the same nonce: the second is
// refused although the first may have taken effect. A client that keeps no connection sends once.
function sendsOnce(): { client?: unknown } {
  const { Deno } = globalThis as { Deno?: { createHttpClient?(options: object): unknown } };
  client ??= Deno?.createHttpClient?.({ poolMaxIdlePerHost: 0 });
  return client === undefined ? {} : { client };
}

/** Waits, unless it is called off. */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal?.addEventListener("abort", done);
  });
}
