// Every line that ends with `wrong` must be refused, and no other.

import { type Direct, type Partner, direct, send } from "fapiao-edge";

export async function mistakes(shop: Direct, provider: Partner): Promise<void> {
  const title = { source: "WEB", appid: "wx0", openid: "o", total_amount: 100 } as const;
  await send(shop.titleUrl({ ...title, fapiao_apply_id: "1" }));
  await send(shop.query({ fapiao_aply_id: "1" })); // wrong
  await send(shop.query({ fapiao_apply_id: 1 })); // wrong
  await send(shop.query({})); // wrong
  await send(shop.titleUrl(title)); // wrong
  await send(shop.titleUrl({ ...title, fapiao_apply_id: "1", total_amount: 100n })); // wrong
  await send(shop.issueGeneral({})); // wrong
  await send(provider.query({ fapiao_apply_id: "1" })); // wrong
  await send(shop.uploadFile({ file_type: "PDF" }, { bytes: "text", filename: "a.pdf", media_type: "application/pdf" })); // wrong
  const call = await shop.query({ fapiao_apply_id: "1" }).sign();
  await call.read({ status: 200, headers: {}, body: "{}" }); // wrong
  const { fapiao_information } = await call.read(await fetch(call.url, call));
  fapiao_information?.map(({ total_amount }) => total_amount.length); // wrong
  fapiao_information.map(({ status }) => status); // wrong
  const link = { download_url: "https://pay.wechatpay.cn/f" };
  await send(provider.subMerchant("1900000109").downloadFile(link));
  await send(shop.downloadFile(link)); // wrong
  await direct({ mch_id: "1", serial_no: "1" }); // wrong
}
