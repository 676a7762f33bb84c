// The README's key service, in another process: this program never sees a private key.

import { send } from "fapiao-edge";
import { invoice } from "./fixtures.mjs";
import { so } from "./shim.mjs";
import { open } from "./shop.mjs";

/** Issues an invoice and reads it back: signed and decrypted by the service. */
export async function run({ kms, options, order: name }) {
  so(!JSON.stringify(options).includes("PRIVATE KEY"), "a private key came along");
  const shop = await open(kms, options);
  const order = invoice(`kms-${name}`);
  await send(shop.issue(order));
  const { buyer_information } = await send(shop.query({ fapiao_apply_id: order.fapiao_apply_id })).then(({ fapiao_information: [fapiao] }) => fapiao);
  return { sent: order.buyer_information.email, decrypted: buyer_information.email };
}
