// Money, quantities, prices and rates on every runtime.

import { units } from "fapiao-edge";
import { refusal } from "./fixtures.mjs";
import { same, test } from "./shim.mjs";

test("text becomes the gateway's whole numbers, and they become text", () => {
  same([units.fen("12.30"), units.fen(12n), units.yuan(1230), units.yuan(-50n)], [1230, 1200, "12.30", "-0.50"]);
  same([units.quantity("1.5"), units.count(150000000)], [150000000, "1.5"]);
  same([units.unitPrice("0.885"), units.price(88500000)], [88500000, "0.885"]);
  same([units.rate("6"), units.percent(600)], [600, "6"]);
  same([units.fen("90071992547409.91"), units.yuan(9007199254740991)], [9007199254740991, "90071992547409.91"]);
});

test("nothing is rounded, and no float is money", async () => {
  for (const wrong of ["12.345", "1e2", "1,000", "", "９", "90071992547409.92", 12.3, 12, null]) {
    const { code, field } = await refusal(() => units.fen(wrong));
    same([["input.type", "input.range"].includes(code), field], [true, "fen"], `${wrong}`);
  }
  for (const wrong of [12.5, "12", 2 ** 53, NaN]) same((await refusal(() => units.yuan(wrong))).code, "input.type", `${wrong}`);
});
