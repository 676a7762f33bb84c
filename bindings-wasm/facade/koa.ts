// Callbacks and pushes in Koa.

import type { CallbackAnswer } from "./arrived.js";
import type { Event, Receiver } from "./callback.js";
import { type NodeRequest, parts } from "./incoming.js";
import type { PushEvent, PushReceiver } from "./push.js";

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
    respond(context, await received.handle(handler));
  };
}

/**
 * A middleware, for GET and POST, that gives each genuine push to `handler` and answers the console's check of the URL.
 *
 * @example
 * ```ts
 * router.all("/wechat/push", push(receiver, (event) => save(event)));
 * ```
 */
export function push(receiver: PushReceiver, handler: (event: PushEvent) => unknown): (context: Context) => Promise<void> {
  return async (context) => {
    const { body } = await parts(context.req);
    const pushed = await receiver.receive({ url: context.req.url ?? "", body });
    respond(context, await pushed.handle(handler));
  };
}

function respond(context: Context, answer: CallbackAnswer): void {
  context.body = answer.body || null;
  context.status = answer.status;
  if (answer.contentType) context.type = answer.contentType;
}
