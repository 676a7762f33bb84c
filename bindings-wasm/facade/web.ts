// Callbacks and pushes where requests are the web's: Workers, Deno, Bun, Next.js route handlers, Hono's `c.req.raw`.

import type { CallbackAnswer } from "./arrived.js";
import type { Event, Receiver } from "./callback.js";
import type { PushEvent, PushReceiver } from "./push.js";

/**
 * A handler of requests that gives each genuine event to `handler`. What `handler` throws is answered with 500, so that the event
 * comes again.
 *
 * @example
 * ```ts
 * export default { fetch: callback(receiver, (event) => save(event)) };   // Workers, Bun
 * Deno.serve(callback(receiver, (event) => save(event)));                  // Deno
 * ```
 */
export function callback(receiver: Receiver, handler: (event: Event) => unknown): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== "POST") return new Response(null, { status: 405, headers: { allow: "POST" } });
    const received = await receiver.receive(request);
    return response(await received.handle(handler));
  };
}

/**
 * A handler of requests, GET and POST, that gives each genuine push to `handler` and answers the console's check of the URL.
 *
 * @example
 * ```ts
 * export default { fetch: push(receiver, (event) => save(event)) };
 * ```
 */
export function push(receiver: PushReceiver, handler: (event: PushEvent) => unknown): (request: Request) => Promise<Response> {
  return async (request) => response(await (await receiver.receive(request)).handle(handler));
}

function response(answer: CallbackAnswer): Response {
  const { status, body, contentType } = answer;
  return new Response(body || null, { status, headers: contentType ? { "content-type": contentType } : {} });
}
