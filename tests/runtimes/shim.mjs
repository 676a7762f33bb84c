// A test runner that runs everywhere.

const tests = [];

/** Registers a test. */
export function test(name, run) {
  tests.push({ name, run });
}

/** Runs every test with the same input; gives what failed, and how many ran. */
export async function runTests(input) {
  const failures = [];
  for (const { name, run } of tests) {
    try {
      await run(input);
    } catch (error) {
      failures.push(`${name}: ${error?.stack ?? error}`);
    }
  }
  return { tests: tests.length, failures };
}

/** Fails where two values differ. */
export function same(found, wanted, what = "value") {
  const [a, b] = [canonical(found), canonical(wanted)];
  if (a !== b) throw new Error(`${what}: found ${a?.slice(0, 600)}, wanted ${b?.slice(0, 600)}`);
}

/** Fails unless it is so. */
export function so(truth, what) {
  if (!truth) throw new Error(what);
}

/** What a promise is rejected with. */
export async function rejected(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("it was expected to fail");
}

function canonical(value) {
  const sorted = (key, member) => member && typeof member === "object" && !Array.isArray(member)
    ? Object.fromEntries(Object.keys(member).sort().map((name) => [name, member[name]]))
    : member;
  return JSON.stringify(value, sorted);
}
