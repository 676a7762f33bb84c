// Money, quantities, prices and rates: from what people write to the whole numbers of the gateway, and back, without floats.

import { withEngine } from "./engine.js";
import { inputError } from "./errors.js";

/**
 * Yuan in fen (分): `"12.30"` is 1230. Nothing is rounded: more than two decimals are refused, and a number is, which may have been
 * rounded before.
 *
 * @example
 * ```ts
 * units.fen("12.30"); // 1230
 * units.yuan(1230);   // "12.30"
 * ```
 */
export function fen(yuan: string | bigint): number {
  return number("fen", yuan);
}

/** Fen in yuan, with two decimals: 1230 is `"12.30"`. */
export function yuan(fen: number | bigint): string {
  return text("yuan", fen);
}

/** A quantity (数量) in units of 10^-8: `"1.5"` is 150000000. */
export function quantity(count: string | bigint): number {
  return number("quantity", count);
}

/** A quantity in units of 10^-8 as people write it: 150000000 is `"1.5"`. */
export function count(quantity: number | bigint): string {
  return text("count", quantity);
}

/** The price of one unit (单价) in 10^-6 fen: `"0.5"` yuan is 50000000. */
export function unitPrice(yuan: string | bigint): number {
  return number("unit_price", yuan);
}

/** The price of one unit in yuan: 50000000 is `"0.50"`. */
export function price(unitPrice: number | bigint): string {
  return text("price", unitPrice);
}

/** A tax rate (税率) in 1/10000: `"6"` per cent is 600. */
export function rate(percent: string | bigint): number {
  return number("rate", percent);
}

/** A tax rate in per cent: 600 is `"6"`. */
export function percent(rate: number | bigint): string {
  return text("percent", rate);
}

function number(wanted: "fen" | "quantity" | "unit_price" | "rate", written: string | bigint): number {
  if (typeof written !== "string" && typeof written !== "bigint") {
    throw inputError("input.type", `pass a string or a bigint, not a ${typeof written}: it does not hold decimals exactly`, wanted);
  }
  return Number(withEngine((engine) => engine.amount(wanted, String(written))));
}

function text(wanted: "yuan" | "count" | "price" | "percent", whole: number | bigint): string {
  if (typeof whole !== "bigint" && !Number.isSafeInteger(whole)) {
    throw inputError("input.type", "pass the whole number of the gateway: an integer or a bigint", wanted);
  }
  return withEngine((engine) => engine.amount(wanted, String(whole)));
}
