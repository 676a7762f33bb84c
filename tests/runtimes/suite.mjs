// The one suite of all runtimes.

import "./behaviours.mjs";
import "./behaviours-abort.mjs";
import "./behaviours-callback.mjs";
import "./behaviours-doubt.mjs";
import "./behaviours-engine.mjs";
import "./behaviours-faults.mjs";
import "./behaviours-input.mjs";
import "./behaviours-redaction.mjs";
import "./behaviours-life.mjs";
import "./behaviours-units.mjs";
import "./behaviours-push.mjs";
import "./behaviours-session.mjs";
import "./behaviours-testing.mjs";
import "./behaviours-token.mjs";
import "./behaviours-wire.mjs";
import { runTests } from "./shim.mjs";
import { runVectors } from "./vectors.mjs";

/** Runs the vectors and every test; gives counts and failures. */
export async function run(input) {
  const vectors = await runVectors(input);
  const tests = await runTests(input);
  return { counts: { ...vectors.counts, behaviours: tests.tests }, failures: [...vectors.failures, ...tests.failures] };
}
