// Two copies in one process, as two dependencies may bring them: each works, and errors of one are known to the other.

import { deepStrictEqual, notStrictEqual, ok } from "node:assert";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import * as one from "fapiao-edge";

cpSync("node_modules", "dependency/node_modules", { recursive: true });
writeFileSync("dependency/index.mjs", 'export * from "fapiao-edge";');
const other = await import("./dependency/index.mjs");
notStrictEqual(one.FapiaoError, other.FapiaoError);

const { shop, order } = JSON.parse(readFileSync("input.json", "utf8"));
const merchant = await other.direct(shop);
const link = await one.send(merchant.titleUrl(order));
console.log(new URL(link.title_url).pathname);

for (const [here, there] of [[one, other], [other, one]]) {
  const error = await there.direct({ ...shop, mch_id: "1" }).catch((error) => error);
  deepStrictEqual([error.code, error.constructor === here.InputError], ["input.config", false]);
  ok(error instanceof here.InputError && error instanceof here.FapiaoError && !(error instanceof here.KeyFileError));
}
