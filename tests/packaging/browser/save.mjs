// On the server: asks the gateway once and saves what came, with what a browser may know of the shop.

import { readFileSync, writeFileSync } from "node:fs";
import { direct } from "fapiao-edge";

const { shop, order } = JSON.parse(readFileSync("input.json", "utf8"));
const { private_key, ...known } = shop;
const call = await (await direct(shop)).titleUrl(order).sign();
const answer = await fetch(call.url, call);
const now = Math.floor(Date.now() / 1000);
const body = Buffer.from(await answer.arrayBuffer()).toString("base64");
writeFileSync("saved.json", JSON.stringify({ now, shop: known, order, status: answer.status, headers: [...answer.headers], body }));
