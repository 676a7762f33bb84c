// Every client under every fault of its transport. Servers are needed: it runs where Node's modules are.

import { test } from "./shim.mjs";

test("a fault is told alike by every client", async (input) => {
  const { process, navigator } = globalThis;
  if (!process?.versions?.node || navigator?.userAgent === "Cloudflare-Workers") return;
  // By a name that bundlers do not follow.
  const name = "./faults.mjs";
  const { table } = await import(name);
  await table(input);
});
