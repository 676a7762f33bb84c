// What a program in TypeScript writes: checked, never run.

import { type Decision, FapiaoError, type KeyOptions, type WithExtra, direct, partner, send } from "fapiao";

const options = { mchid: "1900000001", serial_no: "1", private_key: "…", hosts: { main: "https://127.0.0.1" } };

export async function links(signal: AbortSignal): Promise<string[]> {
  const shop = await direct(options);
  const link = await send(shop.titleUrl({ fapiao_apply_id: "1", source: "WEB", appid: "a", openid: "b", total_amount: 1 }), { signal });
  const call = await shop.fapiaoFiles({ fapiao_apply_id: "1" }).sign();
  const files = await call.read(await fetch(call.url, call));
  // @ts-expect-error A direct merchant has no sub-merchants.
  shop.subMerchant("1");
  // @ts-expect-error A field that no table has.
  shop.query({ fapiao_apply_i: "1" });
  // @ts-expect-error A field that no answer has.
  void files.fapiao_download_info_lis;
  const extra = files as WithExtra<typeof files>;
  void extra["newer_than_this_release"];
  const found = (files.fapiao_download_info_list ?? []).map((one) => one.download_url);
  return [link.title_url, ...found].filter((url) => url !== undefined);
}

export async function decision(signer: KeyOptions["signer"]): Promise<Decision | undefined> {
  try {
    const provider = await partner({ ...options, private_key: undefined, signer });
    await provider.subMerchant("1").query({ fapiao_apply_id: "1" }).send();
    return undefined;
  } catch (error) {
    return error instanceof FapiaoError ? error.decision : undefined;
  }
}
