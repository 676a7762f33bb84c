// Callbacks in Koa.

import type { Event, Receiver } from "./callback.js";
import { type NodeRequest, parts } from "./incoming.js";

/** What is needed of Koa's context. */
interface Context {
  req: NodeRequest;
  request: object;
  status: number;
  body: unknown;
  type: string;
}

/**
 * A middleware that gives each genuine event to `handler`. What `handler` throws is answered with 500, so that the event comes again.
 *
 * It reads the raw body itself: put it before a body parser.
 *
 * @example
 * ```ts
 * router.post("/fapiao/callback", callback(receiver, (event) => save(event)));
 * ```
 */
export function callback(receiver: Receiver, handler: (event: Event) => unknown): (context: Context) => Promise<void> {
  return async (context) => {
    const received = await receiver.receive(await parts(context.req));
    const { status, body } = await received.handle(handler);
    context.body = body || null;
    context.status = status;
    if (body) context.type = "application/json";
  };
}
