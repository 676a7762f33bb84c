// Callbacks and pushes in Hono.

import type { Event, Receiver } from "./callback.js";
import type { PushEvent, PushReceiver } from "./push.js";
import { callback as web, push as webPush } from "./web.js";

/** What is needed of Hono's context. */
interface Context {
  req: { raw: Request };
}

/**
 * A route that gives each genuine event to `handler`. What `handler` throws is answered with 500, so that the event comes again.
 *
 * @example
 * ```ts
 * app.post("/fapiao/callback", callback(receiver, (event) => save(event)));
 * ```
 */
export function callback(receiver: Receiver, handler: (event: Event) => unknown): (context: Context) => Promise<Response> {
  const respond = web(receiver, handler);
  return ({ req }) => respond(req.raw);
}

/**
 * A route, for GET and POST, that gives each genuine push to `handler` and answers the console's check of the URL.
 *
 * @example
 * ```ts
 * app.all("/wechat/push", push(receiver, (event) => save(event)));
 * ```
 */
export function push(receiver: PushReceiver, handler: (event: PushEvent) => unknown): (context: Context) => Promise<Response> {
  const respond = webPush(receiver, handler);
  return ({ req }) => respond(req.raw);
}
