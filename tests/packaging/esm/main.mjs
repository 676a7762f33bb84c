// A program of ES modules.

import { readFileSync } from "node:fs";
import { direct, send } from "fapiao-edge";

const { shop, order } = JSON.parse(readFileSync("input.json", "utf8"));
const merchant = await direct(shop);
const link = await send(merchant.titleUrl(order));
console.log(new URL(link.title_url).pathname);
