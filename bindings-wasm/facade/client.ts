// What is known of a client that does more than to send what it is given.

import type { FapiaoError } from "./errors.js";

/** What to do about it, in English and Chinese. */
const CURES = {
  repeats: [
    "the global dispatcher (RetryAgent) repeats requests by itself: send with a fetch whose dispatcher is a plain Agent",
    "全局 dispatcher（RetryAgent）会自行重发请求：请改用普通 Agent 的 fetch",
  ],
  changes: [
    "this client changes requests on their way, which breaks their signature: leave URL and headers as they are",
    "该客户端会改动请求，导致签名失效：请勿改动 URL 和请求头",
  ],
} as const;

/** What a client was seen to do. */
export type Habit = keyof typeof CURES;

/** Whether `fetch` itself repeats requests: as a program has set up undici. */
export function repeatsByItself(fetch: unknown): boolean {
  const dispatcher: unknown = Reflect.get(globalThis, Symbol.for("undici.globalDispatcher.1"));
  return fetch === undefined && (dispatcher as object | undefined)?.constructor?.name === "RetryAgent";
}

/** Whether an answer, where it tells, is one to another URL. */
export function isElsewhere({ url: answered }: { url?: unknown }, url: string): boolean {
  return typeof answered === "string" && answered !== "" && answered !== url && answered !== new URL(url).href;
}

/** Names what the client does in the help of an error. */
export function named(error: FapiaoError, habits: Set<Habit>): FapiaoError {
  for (const habit of habits) {
    const [help, help_zh] = CURES[habit];
    Object.assign(error, { help: `${error.help}; ${help}`, helpZh: `${error.helpZh};${help_zh}` });
  }
  return error;
}
