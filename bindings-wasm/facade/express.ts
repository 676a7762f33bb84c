// Callbacks and pushes in Express, and in whatever hands out Node's own requests and answers.

import type { CallbackAnswer } from "./arrived.js";
import type { Event, Receiver } from "./callback.js";
import { type NodeRequest, parts } from "./incoming.js";
import type { PushEvent, PushReceiver } from "./push.js";

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
    respond(response, await received.handle(handler));
  };
}

/**
 * A route, for GET and POST, that gives each genuine push to `handler` and answers the console's check of the URL.
 *
 * @example
 * ```ts
 * app.all("/wechat/push", push(receiver, (event) => save(event)));
 * ```
 */
export function push(
  receiver: PushReceiver, handler: (event: PushEvent) => unknown,
): (request: NodeRequest, response: NodeResponse) => Promise<void> {
  return async (request, response) => {
    const { body } = await parts(request);
    const pushed = await receiver.receive({ url: request.originalUrl ?? request.url ?? "", body });
    respond(response, await pushed.handle(handler));
  };
}

function respond(response: NodeResponse, answer: CallbackAnswer): void {
  response.statusCode = answer.status;
  if (answer.contentType) response.setHeader("content-type", answer.contentType);
  response.end(answer.body);
}
