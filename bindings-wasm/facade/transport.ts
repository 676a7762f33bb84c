// What goes over the wire, and what came back.

import type { Send } from "./engine.js";
import { FapiaoError, inputError } from "./errors.js";

/** An answer: what `fetch` gives, or its parts. */
export type Answer =
  | { status: number; headers: Iterable<[string, string]> | Record<string, string>; body: Uint8Array }
  | { status: number; headers: Iterable<[string, string]>; arrayBuffer(): Promise<ArrayBuffer>; bodyUsed?: boolean };

/** An answer as the engine takes it; the lines of `headers` are names and values in turn. */
export interface Received {
  status: number;
  headers: string;
  body: Uint8Array;
}

/** A `fetch`, or something that behaves like it. */
export type Fetch = (url: string, init: RequestInit) => Promise<Answer>;

/** Takes an answer apart; its body must be there as the bytes that came. */
export async function received(answer: Answer): Promise<Received> {
  if (typeof answer !== "object" || answer === null || typeof answer.status !== "number") {
    throw inputError("input.type", "pass the Response as it came, or its `status`, `headers` and `body` bytes", "answer");
  }
  if (typeof answer.headers !== "object" || answer.headers === null) {
    throw inputError("input.type", "`headers` must be the answer's headers: a Headers, pairs, or an object", "answer");
  }
  const lines: string[] = [];
  for (const [name, value] of Symbol.iterator in answer.headers ? answer.headers : Object.entries(answer.headers)) lines.push(name, String(value));
  // A browser-like fetch hides a redirect behind status 0.
  return { status: answer.status || 302, headers: lines.join("\n"), body: await bodyOf(answer) };
}

async function bodyOf(answer: Answer): Promise<Uint8Array> {
  if ("body" in answer && answer.body instanceof Uint8Array) return answer.body;
  if ("arrayBuffer" in answer && typeof answer.arrayBuffer === "function") {
    if (!answer.bodyUsed) return new Uint8Array(await answer.arrayBuffer());
    throw inputError("input.type", "the body was read before: hand the Response over before calling text() or json()", "answer");
  }
  throw inputError("input.type", "`body` must be the bytes as they came, not text or a parsed object: `new Uint8Array(await response.arrayBuffer())`", "answer");
}

/** Sends a request: what came back, or whether it certainly never left. */
export async function exchange(
  fetch: Fetch, need: Send, blame: (cause: FapiaoError) => void, signal?: AbortSignal,
): Promise<Received | "not sent" | "lost"> {
  try {
    return await received(await fetch(need[3], { ...requestOf(need), ...(signal && { signal }) }));
  } catch (error) {
    // A `fetch` that gives no bytes; errors of HTTP clients may hold the request with its signature and stay out.
    if (error instanceof FapiaoError) blame(error);
    return neverLeft(error) ? "not sent" : "lost";
  }
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

// Codes of Node and Bun; where a runtime tells less, the request counts as lost, which is the careful answer.
const NEVER_LEFT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "ConnectionRefused", "UND_ERR_CONNECT_TIMEOUT"]);

function neverLeft(error: unknown): boolean {
  for (let at = error, depth = 0; typeof at === "object" && at !== null && depth < 4; at = Reflect.get(at, "cause"), depth += 1) {
    if (NEVER_LEFT.has(String(Reflect.get(at, "code")))) return true;
  }
  return false;
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
