// `fapiao-edge/slim` where nothing has loaded the engine yet: told so, loaded, used.

import { direct, errorCodes, init } from "fapiao-edge/slim";
import { fromBase64 } from "./base64.mjs";
import { rejected } from "./shim.mjs";

/** Gives the error before `init`, whether `init` took the bytes, and what came after. */
export async function run({ shop, wasm }) {
  const told = () => rejected(direct(shop)).then(({ code, message, help }) => ({ code, message, help }));
  const before = await told();
  const codes = errorCodes().length;
  try {
    await init(fromBase64(wasm));
  } catch (error) {
    return { before, codes, loaded: false, why: String(error), after: await told() };
  }
  const call = await (await direct(shop)).query({ fapiao_apply_id: "1" }).sign();
  return { before, codes, loaded: true, after: { status: (await fetch(call.url, call)).status } };
}
