// Callbacks and pushes in the App Router of Next.js: `export const POST = callback(receiver, handler);` in a `route.ts`; of pushes
// `GET` as well.

export { callback, push } from "./web.js";
