// How a call ended: its answer, or its error with what it means.

import type { Run } from "./drive.js";
import type { Done } from "./engine.js";
import { type Attempt, type Decision, FapiaoError, type Warning, fromEngine } from "./errors.js";
import type { SendOptions } from "./options.js";

/** What became of a flow, beside its answer or error. */
export interface Report {
  decision: Decision;
  attempts: Attempt[];
  warnings: Warning[];
  in_doubt: string | null;
}

/** The answer; throws the error, with what it means. */
export function outcome<A>(run: Run, [, kind, json, file]: Done, { observer, signal }: SendOptions = {}): A {
  if (observer) reported(run).attempts.forEach((attempt) => show(observer, attempt));
  if (kind === "error") {
    const error = fromEngine(json, { cause: signal?.aborted ? signal.reason : run.cause });
    throw Object.assign(error, reported(run));
  }
  const answer = JSON.parse(json) as A;
  return file ? { ...answer, bytes: file } : answer;
}

/** Decision, attempts, warnings and what is in doubt, once a flow is over. */
export function reported({ flow }: Run): Report {
  return JSON.parse(flow.report() ?? "{}") as Report;
}

/** An error; one that came before the flow was over is given what is in doubt. */
export function interrupted({ in_doubt }: Run, error: unknown): unknown {
  if (error instanceof FapiaoError && error.decision === undefined) error.in_doubt = in_doubt;
  return error;
}

// What an observer throws, or rejects with, is its own affair: the outcome of the call stands.
function show(observer: (attempt: Attempt) => unknown, attempt: Attempt): void {
  const shown = async (): Promise<unknown> => observer(attempt);
  shown().catch((error: unknown) => console.error("fapiao: an observer failed:", error));
}
