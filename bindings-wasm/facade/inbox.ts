// Once only: what arrives twice has its effect once.

import type { Arrived, CallbackAnswer } from "./arrived.js";
import { inputError } from "./errors.js";
import type { Store } from "./store.js";

/** Notes events, so that the work of each is done once. */
export interface Inbox<C> {
  /** Does the work of a new event, and says what to answer: a success only once it is committed. */
  handle<E>(arrived: Arrived<E>, work: (event: E, connection: C) => unknown): Promise<CallbackAnswer>;
}

/** A connection of `pg`, alone with its transaction: `await pool.connect()`. */
export interface PgClient {
  query(text: string, values?: unknown[]): Promise<{ rowCount: number | null }>;
  release?(error?: boolean): void;
}

/** A database of `better-sqlite3`, or of `node:sqlite`. */
export interface SqliteDatabase {
  exec(sql: string): unknown;
  prepare(sql: string): { run(...values: unknown[]): { changes: number | bigint } };
}

const TABLE = /^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)?$/;

/**
 * Notes each event in the transaction of the work it causes: exactly once, also where the process is killed between work and answer.
 * The table: `CREATE TABLE fapiao_inbox (key varchar(200) PRIMARY KEY, received_at timestamp DEFAULT CURRENT_TIMESTAMP)`.
 *
 * @example
 * ```ts
 * const inbox = pgInbox(() => pool.connect());
 * const answer = await inbox.handle(await receiver.receive(request), (event, client) =>
 *   client.query("update orders set invoiced = true where id = $1", [event.resource.fapiao_apply_id]));
 * ```
 */
export function pgInbox<C extends PgClient>(connect: () => Promise<C>, table = "fapiao_inbox"): Inbox<C> {
  checkTable(table);
  return {
    handle: (arrived, work) => arrived.handle(async (event) => {
      const client = await connect();
      try {
        await client.query("BEGIN");
        const { rowCount } = await client.query(`INSERT INTO ${table} (key) VALUES ($1) ON CONFLICT DO NOTHING`, [arrived.key]);
        if (rowCount) await work(event, client);
        await client.query("COMMIT");
      } catch (error) {
        // A connection that was cut has nothing to take back.
        await client.query("ROLLBACK").catch(() => undefined);
        throw error;
      } finally {
        client.release?.();
      }
    }),
  };
}

/**
 * The same with SQLite. The work must not wait for anything: another delivery would be in the middle of its transaction.
 *
 * @example
 * ```ts
 * const inbox = sqliteInbox(new Database("shop.db"));
 * const answer = await inbox.handle(await receiver.receive(request), (event, db) => db.prepare("…").run(event.id));
 * ```
 */
export function sqliteInbox<C extends SqliteDatabase>(database: C, table = "fapiao_inbox"): Inbox<C> {
  checkTable(table);
  return {
    handle: (arrived, work) => arrived.handle((event) => {
      database.exec("BEGIN IMMEDIATE");
      try {
        const { changes } = database.prepare(`INSERT INTO ${table} (key) VALUES (?) ON CONFLICT DO NOTHING`).run(arrived.key);
        const done = Number(changes) ? work(event, database) : undefined;
        if (done instanceof Promise) throw inputError("input.type", "work in SQLite's transaction must not be asynchronous", "work");
        database.exec("COMMIT");
      } catch (error) {
        database.exec("ROLLBACK");
        throw error;
      }
    }),
  };
}

/** For how long an event is left to whoever is at work on it, seconds. */
const PENDING = 60;
/** A day longer than an event can come again, seconds. */
const KEPT = 2 * 86_400;

/**
 * Notes events in a store: at least once. While the work of an event goes on, another delivery of it is answered with 500 and comes
 * again. A process that is killed after the work and before it is noted does it again.
 */
export function storeInbox(store: Store, clock: () => number = () => Date.now() / 1000): Inbox<undefined> {
  return {
    handle: (arrived, work) => arrived.handle(async (event) => {
      const place = `fapiao:inbox:${arrived.key}`;
      const kept = await store.get(place);
      const until = kept ? untilOf(kept.text) : 0;
      if (until === Infinity) return;
      const version = until > clock() ? undefined : await store.put(place, textOf("pending", clock() + PENDING), kept?.version, KEPT);
      if (version === undefined) throw new Error("another delivery of this event is being handled");
      try {
        await work(event, undefined);
      } catch (error) {
        await store.put(place, textOf("failed"), version, KEPT);
        throw error;
      }
      await store.put(place, textOf("done"), version, KEPT);
    }),
  };
}

function textOf(state: string, until: number | null = null): string {
  return JSON.stringify({ inbox: 1, state, until });
}

/** Until when nobody else may take the event: for ever once it is done, and no longer where the text cannot be read. */
function untilOf(text: string): number {
  try {
    const { state, until } = JSON.parse(text) as { state: string; until: number | null };
    return state === "done" ? Infinity : Number(until ?? 0);
  } catch {
    return 0;
  }
}

function checkTable(table: string): void {
  if (!TABLE.test(table)) throw inputError("input.config", "`table` must be a plain name, or schema.name", "table");
}
