// Callbacks where requests are the web's: Workers, Deno, Bun, Next.js route handlers, Hono's `c.req.raw`.

import type { Event, Receiver } from "./callback.js";

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
    const { status, body } = await received.handle(handler);
    return new Response(body || null, { status, headers: body ? { "content-type": "application/json" } : {} });
  };
}
