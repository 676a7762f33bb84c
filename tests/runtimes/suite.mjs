// The one suite of all runtimes.

import "./behaviours.mjs";
import { runTests } from "./shim.mjs";
import { runVectors } from "./vectors.mjs";

/** Runs the vectors and every test; gives counts and failures. */
export async function run(input) {
  const vectors = await runVectors(input);
  const tests = await runTests(input);
  return { counts: vectors.counts, tests: tests.tests, failures: [...vectors.failures, ...tests.failures] };
}
