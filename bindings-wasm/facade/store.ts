// Where calls in doubt are kept: the interface, and a store in memory.

import { inputError } from "./errors.js";

/** A text that a store keeps, and its version: whatever tells it from the texts that were there before. */
export interface Kept {
  text: string;
  version: string;
}

/**
 * Keeps what calls in doubt leave, so that whoever makes such a call again, after a crash or in another process, asks what became
 * of it before anything is sent; and the access tokens of accounts, for all processes that share the store. Keys have at most 128
 * characters; the texts are JSON, and hold nothing secret but the tokens, and nothing personal.
 *
 * @example A table of PostgreSQL: `create table fapiao (key text primary key, text text not null, version bigint not null)`.
 * ```ts
 * const store: Store = {
 *   async get(key) {
 *     return (await pg.query("select text, version::text from fapiao where key = $1", [key])).rows[0];
 *   },
 *   async put(key, text, version) {
 *     const { rows } = version === undefined
 *       ? await pg.query("insert into fapiao values ($1, $2, 1) on conflict do nothing returning version::text", [key, text])
 *       : await pg.query("update fapiao set text = $2, version = version + 1 where key = $1 and version = $3 returning version::text", [key, text, version]);
 *     return rows[0]?.version;
 *   },
 * };
 * ```
 */
export interface Store {
  /** What is kept under a key; `undefined` where nothing is. */
  get(key: string): Promise<Kept | null | undefined>;
  /**
   * Keeps a text where what is there still has this version; where `version` is `undefined`, only if nothing is there. Gives the
   * new version, or `undefined` where somebody else was faster: then nothing may change. `ttl` are the seconds for which it is kept at
   * least; for ever without it.
   */
  put(key: string, text: string, version: string | undefined, ttl?: number): Promise<string | undefined>;
}

/**
 * A store in memory: enough for one process, and gone with it.
 *
 * @example
 * ```ts
 * const store = memoryStore();
 * await send(shop.issue(invoice), { store });
 * ```
 */
export function memoryStore(): Store {
  const kept = new Map<string, Kept>();
  return {
    get: async (key) => kept.get(key),
    put: async (key, text, version) => {
      if (kept.get(key)?.version !== version) return undefined;
      const next = String(Number(version ?? 0) + 1);
      kept.set(key, { text, version: next });
      return next;
    },
  };
}

/** @internal What a store keeps under a key, as the engine takes it: version and text, or nothing. */
export async function load(store: Store, key: string): Promise<string> {
  const found = await store.get(key);
  if (found === undefined || found === null) return "";
  if (typeof found.text === "string") return `${versionOf("get", found.version)}\n${found.text}`;
  throw inputError("input.type", "`store.get` must return `{ text, version }`, or undefined where nothing is kept", "store");
}

/** @internal The version under which a store keeps a text now; nothing where somebody else was faster. */
export async function keep(store: Store, key: string, text: string, version?: string): Promise<string | undefined> {
  const next = await store.put(key, text, version);
  return next === undefined || next === null ? undefined : versionOf("put", next);
}

function versionOf(method: "get" | "put", version: unknown): string {
  if (typeof version === "string" && !version.includes("\n")) return version;
  throw inputError("input.type", `\`store.${method}\` must return a version that is a string without line feeds`, "store");
}
