// Callbacks in the App Router of Next.js: `export const POST = callback(receiver, handler);` in a `route.ts`.

export { callback } from "./web.js";
