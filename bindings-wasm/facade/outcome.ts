// How a call ended: its answer, or its error with what it means.

import { named } from "./client.js";
import type { Run } from "./drive.js";
import type { Done } from "./engine.js";
import { type Attempt, type Decision, FapiaoError, type Occurrence, type Warning, classed } from "./errors.js";
import type { Failure } from "./failure.js";
import type { SendOptions } from "./options.js";

/** What became of a flow, beside its answer or error. */
export interface Report {
  decision: Decision;
  attempts: Attempt[];
  warnings: Warning[];
  in_doubt: string | null;
}

/** The answer; throws the error, with what it means. */
export function outcome<A>(run: Run, [, kind, json, file]: Done, { observer }: SendOptions = {}): A {
  const watched = isDebugged() ? (attempt: Attempt) => console.error(`fapiao: ${JSON.stringify(attempt)}`) : undefined;
  for (const one of [watched, observer]) if (one) reported(run).attempts.forEach((attempt) => show(one, attempt));
  if (kind === "error") throw failed(run, json);
  const answer = JSON.parse(json) as A;
  return file ? { ...answer, bytes: file } : answer;
}

function failed(run: Run, json: string): FapiaoError {
  const report = reported(run);
  const occurrence = JSON.parse(json) as Occurrence;
  let failure: Failure | undefined;
  report.attempts.forEach(({ error }, place) => { if (error === occurrence.code) failure = run.sent[place]; });
  if (run.stopped !== undefined) Object.assign(occurrence, { code: "send.cancelled", message: "the call was called off, or its deadline passed" });
  else if (failure) occurrence.details["kind"] = failure.kind;
  return Object.assign(named(classed(occurrence, { cause: run.stopped ?? failure?.cause ?? run.cause }), run.habits), report);
}

/** Whether `DEBUG=fapiao` is set, as programs for Node know it. Deno would ask its user for leave. */
function isDebugged(): boolean {
  const { process, Deno } = globalThis as { process?: { env?: Record<string, string | undefined> }; Deno?: unknown };
  return Deno === undefined && /(^|[\s,])(fapiao|\*)($|[\s,:])/.test(process?.env?.["DEBUG"] ?? "");
}

/** The warnings of a success. */
export function warned({ flow }: Run): Warning[] {
  return JSON.parse(flow.warnings() ?? "[]") as Warning[];
}

/** Decision, attempts, warnings and what is in doubt, once a flow is over. */
export function reported({ flow, sent }: Run): Report {
  const report = JSON.parse(flow.report() ?? "{}") as Report;
  // To end a flow, its last requests can be given up before they are sent.
  report.attempts = report.attempts?.slice(0, sent.length);
  return report;
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
