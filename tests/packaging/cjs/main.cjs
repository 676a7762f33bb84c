// A program of CommonJS.

const { strictEqual } = require("node:assert");
const { readFileSync } = require("node:fs");
const fapiao = require("fapiao-edge");

async function main() {
  const { shop, order } = JSON.parse(readFileSync("input.json", "utf8"));
  const merchant = await fapiao.direct(shop);
  const link = await fapiao.send(merchant.titleUrl(order));
  // One copy, however it is loaded: `instanceof` holds and the engine is loaded once.
  strictEqual((await import("fapiao-edge")).FapiaoError, fapiao.FapiaoError);
  console.log(new URL(link.title_url).pathname);
}

main();
