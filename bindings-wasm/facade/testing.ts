// Callbacks and pushes for a program's own tests, signed and encrypted by a running sandbox: nothing here is signed by this package.

import type { EventType } from "./callback.js";

/** What is wrong with a message: a fault's name as the sandbox lists them, with or without `callback_` or `push_`, or with parameters. */
export type Fault = string | { fault: string; [parameter: string]: unknown };

/** Where a message comes from, and what it says. */
export interface MessageOptions {
  /** What is wrong with it. */
  fault?: Fault | undefined;
  /** The `control` address that the sandbox prints; without it, the environment variable `FAPIAO_SANDBOX_CONTROL` is asked. */
  sandbox?: string | undefined;
  /** What it says, in place of what is invented. */
  [field: string]: unknown;
}

/** A request to a program, as WeChat would send it; both receivers take it as it is. */
export interface Message {
  /** Its headers; a name can stand there twice. */
  headers: Array<[string, string]>;
  /** The raw bytes of its body. */
  body: Uint8Array;
  /** The query of its URL, without `?`; empty in callbacks. */
  query: string;
  /** The same with `?`, to be put behind a URL. */
  url: string;
}

/**
 * A callback of WeChat Pay. Fields: `mchid`, `sub_mchid`, `fapiao_apply_id`, `fapiao_information`.
 *
 * @example
 * ```ts
 * // fapiao-sandbox --control-port 8090
 * const sandbox = "http://127.0.0.1:8090/_sandbox";
 * const { headers, body } = await callback("FAPIAO.ISSUED", { fapiao_apply_id: "order-1", sandbox });
 * const answer = await app.request("/callback", { method: "POST", headers, body });
 * ```
 */
export async function callback(event: EventType, options: MessageOptions = {}): Promise<Message> {
  return asked("/signed-callback", { event_type: event }, options);
}

/**
 * A push to an account, such as `update_invoice_status`, or to a third-party platform: `component_verify_ticket`. Fields: elements
 * of the message under their official names.
 *
 * @example
 * ```ts
 * const { url, body } = await push("update_invoice_status", { Status: "INVOICE_REIMBURSE_LOCK", sandbox });
 * const answer = await app.request(`/wechat${url}`, { method: "POST", body });
 * ```
 */
export async function push(event: string, options: MessageOptions = {}): Promise<Message> {
  return asked("/signed-push", { event }, options);
}

async function asked(path: string, event: Record<string, string>, options: MessageOptions): Promise<Message> {
  const { sandbox, ...fields } = options;
  const control = sandbox || variable();
  if (!control) throw new Error("no sandbox: start fapiao-sandbox, and pass the control address it prints as `sandbox`");
  const order = JSON.stringify({ ...event, ...fields });
  const answer = await fetch(`${control.replace(/\/$/, "")}${path}`, {
    method: "POST", headers: { "content-type": "application/json" }, body: order,
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`the sandbox refuses this: ${reason(text)}`);
  const { headers, body_base64, query = "" } = JSON.parse(text) as { headers: Array<[string, string]>; body_base64: string; query?: string };
  return { headers, body: Uint8Array.from(atob(body_base64), (one) => one.charCodeAt(0)), query, url: query && `?${query}` };
}

/** Runtimes without an environment have none. */
function variable(): string | undefined {
  return (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env?.["FAPIAO_SANDBOX_CONTROL"];
}

function reason(text: string): string {
  try {
    return (JSON.parse(text) as { error: string }).error;
  } catch {
    return text;
  }
}
