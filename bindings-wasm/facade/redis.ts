// A store on a Redis server, over the clients of `redis` and of `ioredis`.

import type { Store } from "./store.js";

/** What is needed of `redis` (node-redis 4 and later). */
export interface NodeRedis {
  hmGet(key: string, fields: string[]): Promise<(string | null)[]>;
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
}

/** What is needed of `ioredis`. */
export interface IoRedis {
  hmget(key: string, ...fields: string[]): Promise<(string | null)[]>;
  eval(script: string, keys: number, ...rest: string[]): Promise<unknown>;
}

const PUT = `
local there = redis.call('HGET', KEYS[1], 'version') or ''
if there ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], 'text', ARGV[1], 'version', ARGV[3])
if ARGV[4] == '' then redis.call('PERSIST', KEYS[1]) else redis.call('PEXPIRE', KEYS[1], ARGV[4]) end
return 1
`;

/**
 * A store that processes in any language can share.
 *
 * @example
 * ```ts
 * const store = redisStore(await createClient({ url }).connect());  // or new Redis(url) of ioredis
 * await send(account.getPdf({ s_media_id }), { store });
 * ```
 */
export function redisStore(client: NodeRedis | IoRedis): Store {
  return {
    get: async (key) => {
      const [text, version] = "hmGet" in client ? await client.hmGet(key, ["text", "version"]) : await client.hmget(key, "text", "version");
      return typeof text === "string" && typeof version === "string" ? { text, version } : undefined;
    },
    put: async (key, text, version, ttl) => {
      const next = crypto.randomUUID();
      const given = [text, version ?? "", next, ttl === undefined ? "" : String(Math.max(1, Math.round(ttl * 1000)))];
      const stored = "hmGet" in client ? await client.eval(PUT, { keys: [key], arguments: given }) : await client.eval(PUT, 1, key, ...given);
      return Number(stored) === 1 ? next : undefined;
    },
  };
}
