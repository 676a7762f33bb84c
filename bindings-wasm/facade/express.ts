// Callbacks in Express, and in whatever hands out Node's own requests and answers.

import type { Event, Receiver } from "./callback.js";
import { type NodeRequest, parts } from "./incoming.js";

/** What is needed of the answer. */
interface NodeResponse {
  statusCode: number;
  setHeader(name: string, value: string): unknown;
  end(body?: string): unknown;
}

/**
 * A route that gives each genuine event to `handler`. What `handler` throws is answered with 500, so that the event comes again.
 *
 * It reads the raw body itself: put it before `express.json()`, or give that route `express.raw({ type: "*\/*" })`.
 *
 * @example
 * ```ts
 * app.post("/fapiao/callback", callback(receiver, (event) => save(event)));
 * ```
 */
export function callback(
  receiver: Receiver, handler: (event: Event) => unknown,
): (request: NodeRequest, response: NodeResponse) => Promise<void> {
  return async (request, response) => {
    const received = await receiver.receive(await parts(request));
    const { status, body } = await received.handle(handler);
    response.statusCode = status;
    if (body) response.setHeader("content-type", "application/json");
    response.end(body);
  };
}
