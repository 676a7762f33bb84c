// npm `wechatpay-node-v3`: its own steps up to where it sends, and from where an answer has come.

import { createPrivateKey } from "node:crypto";
import { createRequire } from "node:module";

const Pay = createRequire(import.meta.url)("wechatpay-node-v3");

export async function open(setup, mchid) {
  return contestant(setup, mchid, Buffer.from(setup.private_key));
}

/** The same with a key that is parsed already: what it would take if it did not parse the PEM each time. */
export async function bare(setup) {
  return contestant(setup, setup.mchid, createPrivateKey(setup.private_key));
}

function contestant(setup, mchid, privateKey) {
  const { serial_no, certificate, key_id, public_key, host, target } = setup;
  const pay = new Pay({ appid: "wx5157f09efdc09600", mchid, serial_no, publicKey: Buffer.from(certificate), privateKey });
  // Where it keeps the keys that it fetches.
  Pay.certificates[key_id] = public_key;
  let received;
  const check = (timestamp, nonce, body, signature) => pay.verifySign({ timestamp, nonce, body, serial: key_id, signature });
  return {
    sign: async () => pay.getHeaders(pay.buildAuthorization("GET", host + target)),
    expect: async (answer) => { received = answer; },
    verify: async () => {
      const { headers, body } = received;
      const valid = await check(headers["Wechatpay-Timestamp"], headers["Wechatpay-Nonce"], body, headers["Wechatpay-Signature"]);
      if (!valid) throw new Error("the answer must verify");
      if (JSON.parse(body).fapiao_download_info_list.length !== 2) throw new Error("two invoices were answered");
    },
    make: (message) => pay.sha256WithRsa(message),
    // Its verifier takes the three parts of a message; the first two of any message are its first two lines.
    check: (message, signature) => {
      const [timestamp, nonce, ...body] = message.slice(0, -1).split("\n");
      return check(timestamp, nonce, body.join("\n"), signature);
    },
    seal: (plaintext) => pay.publicEncrypt(plaintext, Buffer.from(public_key)),
    open: (ciphertext) => pay.privateDecrypt(ciphertext),
  };
}
