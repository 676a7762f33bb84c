// A program as its author would write it: checked strictly, declarations of the package too.

import { type Answer, FapiaoError, InputError, type MerchantOptions, type SendOptions, direct, partner, send } from "fapiao-edge";
import { init } from "fapiao-edge/slim";

export async function total(options: MerchantOptions, fapiao_apply_id: string): Promise<number> {
  const shop = (await partner(options)).subMerchant("1900000109");
  const sending: SendOptions = { signal: AbortSignal.timeout(1000), observer: (attempt) => console.log(attempt.milliseconds) };
  const answer = await send(shop.query({ fapiao_apply_id }), sending);
  return answer.fapiao_information?.reduce((sum, { total_amount }) => sum + total_amount, 0) ?? answer.total_count;
}

export async function byHand(options: MerchantOptions, fapiao_apply_id: string): Promise<Uint8Array> {
  const shop = (await partner(options)).subMerchant("1900000109");
  const call = await shop.fapiaoFiles({ fapiao_apply_id }).sign();
  const files = await call.read(await fetch(call.url, call));
  const link = files.fapiao_download_info_list?.[0]?.download_url;
  if (!link) throw new Error("no file");
  const file = await send(shop.downloadFile({ download_url: link }));
  return file.bytes;
}

export async function saved(options: MerchantOptions, body: Uint8Array): Promise<string> {
  const answer: Answer = { status: 200, headers: { "Wechatpay-Nonce": "a" }, body };
  const call = await (await direct({ ...options, signer: async (message) => message })).query({ fapiao_apply_id: "1" }).sign();
  try {
    const { fapiao_information } = await call.read(answer);
    return fapiao_information?.map(({ status }) => status).join() ?? "";
  } catch (error) {
    if (error instanceof InputError) return error.field ?? error.code;
    if (error instanceof FapiaoError) return `${error.help} ${error.decision?.first ?? ""}`;
    throw error;
  }
}

export function load(): Promise<void> {
  return init(new URL("https://shop.example/core.wasm"));
}
