// A request as Node hands it out: its headers as they came, and the raw bytes of its body.

import { inputError } from "./errors.js";
import { MOST_CALLBACK } from "./transport.js";

/** What is needed of Node's request. */
export interface NodeRequest extends AsyncIterable<unknown> {
  /** Names and values in turn, each as it came. */
  rawHeaders: string[];
  /** Path and query. */
  url?: string | undefined;
  /** The same, where Express has cut a mount path off. */
  originalUrl?: string | undefined;
  /** Whether the body was read to its end. */
  readableEnded: boolean;
  /** What a parser left. */
  body?: unknown;
}

/** Headers and raw body. */
export async function parts(request: NodeRequest): Promise<{ headers: Array<[string, string]>; body: Uint8Array }> {
  const { rawHeaders } = request;
  const headers: Array<[string, string]> = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) headers.push([rawHeaders[at]!, rawHeaders[at + 1]!]);
  return { headers, body: await bodyOf(request) };
}

async function bodyOf(request: NodeRequest): Promise<Uint8Array> {
  if (request.body instanceof Uint8Array) return request.body;
  if (request.readableEnded) {
    const cure = "put this route before express.json() or another parser, or give it express.raw({ type: \"*/*\" })";
    throw inputError("input.type", `the body was parsed before, so its signature cannot be checked: ${cure}`, "body");
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request) {
    chunks.push(chunk as Uint8Array);
    length += (chunk as Uint8Array).length;
    // One byte too many is enough for the engine to refuse it.
    if (length > MOST_CALLBACK) break;
  }
  const body = new Uint8Array(length);
  chunks.reduce((at, chunk) => (body.set(chunk, at), at + chunk.length), 0);
  return body;
}
