// The main job, the same program on every runtime: a provider's sub-merchant, a direct merchant, the Official Account side.

import { account, direct, partner, send } from "fapiao-edge";

const ORDERS = { partner: "4200000444201910177461284488", direct: "4200000444201910177461284489" };
const PHONE = "13800000000";

/** Walks the life of an invoice at the sandbox that `announced` describes; gives what happened, and the PDFs. */
export async function run({ announced }) {
  const show = [];
  const attempts = [];
  const options = { observer: (attempt) => attempts.push(attempt) };
  const walk = { announced, options, show: (line) => show.push(line) };
  const files = { "partner.pdf": await provider(walk), "direct.pdf": await merchant(walk) };
  files["account.pdf"] = await official(walk, files["partner.pdf"]);
  const base64 = Object.entries(files).map(([name, bytes]) => [name, toBase64(bytes)]);
  return { show, attempts, files: Object.fromEntries(base64) };
}

async function provider({ announced, options, show }) {
  const { mchid, sub_mchids } = announced.pay.partner;
  show(`Service provider ${mchid} for sub-merchant ${sub_mchids[0]}`);
  const shop = (await partner(merchantOptions(announced, announced.pay.partner))).subMerchant(sub_mchids[0]);
  const fapiao_apply_id = ORDERS.partner;
  const link = await send(shop.titleUrl(title(fapiao_apply_id, 382895)), options);
  show(`title_url: ${new URL(link.title_url).host}`);
  await fillIn(announced, fapiao_apply_id);
  await send(shop.issueGeneral(generalInvoice(fapiao_apply_id)), options);
  show("issue_general: accepted");
  const issued = await untilIssued(() => send(shop.query({ fapiao_apply_id }), options));
  if (issued.buyer_information.phone !== PHONE) throw new Error("the phone did not come back as it was sent");
  show(`query: ${issued.status}; the buyer's phone came back encrypted and was decrypted`);
  // By hand: signed here, sent by fetch, read here.
  const call = await shop.fapiaoFiles({ fapiao_apply_id }).sign();
  const files = await call.read(await fetch(call.url, call));
  const [{ download_url }] = files.fapiao_download_info_list;
  show("fapiao_files: a link that lives 30 seconds");
  const file = await send(shop.downloadFile({ download_url }), options);
  show(`download_file: ${file.bytes.length} bytes of ${file.media_type}`);
  return file.bytes;
}

async function merchant({ announced, options, show }) {
  show(`Direct merchant ${announced.pay.direct.mchid}`);
  const shop = await direct(merchantOptions(announced, announced.pay.direct));
  const fapiao_apply_id = ORDERS.direct;
  await send(shop.titleUrl({ ...title(fapiao_apply_id, 12900), show_email_cell: true }), options);
  await fillIn(announced, fapiao_apply_id);
  await send(shop.issue(directInvoice(fapiao_apply_id)), options);
  show("issue: accepted");
  const fapiao = await untilIssued(() => send(shop.query({ fapiao_apply_id }), options));
  show(`query: ${fapiao.status}`);
  const files = await send(shop.fapiaoFiles({ fapiao_apply_id }), options);
  const { fapiao_code, fapiao_number } = fapiao.blue_fapiao;
  const file = await send(shop.downloadFile({
    download_url: files.fapiao_download_info_list[0].download_url,
    openid: fapiao.card_information?.card_openid,
    invoice_code: fapiao_code,
    invoice_no: fapiao_number,
    fapiao_id: fapiao.fapiao_id,
  }), options);
  show(`download_file: ${file.bytes.length} bytes of ${file.media_type}`);
  return file.bytes;
}

async function official({ announced, options, show }, pdf) {
  const { appid, secret } = announced.account;
  show(`Official Account ${appid}`);
  const own = await account({ appid, secret, ...hosts(announced) });
  const media = await send(own.setPdf({ bytes: pdf, filename: "invoice.pdf", media_type: "application/pdf" }), options);
  show(`set_pdf: media id ${media.s_media_id}`);
  const link = await send(own.getPdf({ s_media_id: media.s_media_id }), options);
  const file = await send(own.downloadPdf({ pdf_url: link.pdf_url }), options);
  show(`download_pdf: ${file.bytes.length} bytes of ${file.media_type}`);
  return file.bytes;
}

function merchantOptions(announced, { mchid, serial_no, private_key, certificate }) {
  const { wechatpay_keys, platform_certificates } = announced;
  return {
    mchid, serial_no, private_key, certificate, wechatpay_keys,
    platform_certificates: Object.values(platform_certificates), ...hosts(announced),
  };
}

function hosts({ main, backup }) {
  return { hosts: { main, backup }, allow_downloads: ["127.0.0.1"] };
}

function title(fapiao_apply_id, total_amount) {
  return { fapiao_apply_id, source: "WEB", appid: "wx5157f09efdc09600", openid: "plN5twRbHym_j-QcqCzstl0HmwEs", total_amount };
}

function generalInvoice(fapiao_apply_id) {
  return {
    fapiao_apply_id,
    buyer_information: {
      type: "ORGANIZATION", name: "深圳市南山区测试企业", taxpayer_id: "202003261233701778",
      phone: PHONE, email: "buyer@example.com",
    },
    fapiao_information: {
      fapiao_id: "general-20261122-0001",
      total_amount: 382895,
      items: [{ tax_code: "3010101020203000000", goods_name: "出租汽车旅客运输服务", quantity: 100000000, total_amount: 382895, tax_rate: 1300, discount: false }],
      billing_person_id: "10001",
      fapiao_bill_type: "COMM_FAPIAO",
      transaction_information: [{ pay_channel: "WECHAT_PAY", transaction_id: fapiao_apply_id, amount: 382895 }],
    },
  };
}

function directInvoice(fapiao_apply_id) {
  return {
    scene: "WITH_WECHATPAY",
    fapiao_apply_id,
    buyer_information: { type: "INDIVIDUAL", name: "张三", email: "zhangsan@example.com" },
    fapiao_information: [{
      fapiao_id: "direct-20261122-0001",
      total_amount: 12900,
      items: [{ tax_code: "3010101020203000000", goods_name: "住宿服务", quantity: 100000000, total_amount: 12900, tax_rate: 600, discount: false }],
    }],
  };
}

async function fillIn({ control }, fapiao_apply_id) {
  const answer = await fetch(`${control}/title`, { method: "POST", body: JSON.stringify({ fapiao_apply_id }) });
  if (!answer.ok) throw new Error(`the title was not filled in: ${await answer.text()}`);
}

async function untilIssued(ask) {
  for (let turn = 0; turn < 60; turn += 1) {
    const [fapiao] = (await ask()).fapiao_information;
    if (fapiao.status === "ISSUED") return fapiao;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error("still not issued after 30 seconds");
}

function toBase64(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return btoa(text);
}
