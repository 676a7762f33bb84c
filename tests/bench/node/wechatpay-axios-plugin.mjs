// npm `wechatpay-axios-plugin`: its own interceptors, without axios around them.

import { createRequire } from "node:module";

const { Decorator, Rsa } = createRequire(import.meta.url)("wechatpay-axios-plugin");

export async function open(setup, mchid) {
  const { serial_no: serial, private_key, key_id, public_key, host, target } = setup;
  const privateKey = Rsa.from(private_key, Rsa.KEY_TYPE_PRIVATE);
  const certs = { [key_id]: Rsa.from(public_key, Rsa.KEY_TYPE_PUBLIC) };
  const config = { ...Decorator.defaults, mchid, serial, privateKey, certs, baseURL: host, url: target, method: "get" };
  const [signer, verifier] = [Decorator.requestInterceptor(), Decorator.responseVerifier(certs)];
  const validateStatus = (status) => status >= 200 && status < 300;
  let received;
  return {
    sign: async () => signer({ ...config }).headers,
    expect: async ({ status, headers, body }) => {
      // As axios hands them over.
      const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
      received = { status, headers: lower, body };
    },
    verify: async () => {
      const body = verifier.call({ validateStatus }, received.body, received.headers, received.status);
      if (JSON.parse(body).fapiao_download_info_list.length !== 2) throw new Error("two invoices were answered");
    },
    make: (message) => Rsa.sign(message, privateKey),
    check: (message, signature) => Rsa.verify(message, signature, certs[key_id]),
    seal: (plaintext) => Rsa.encrypt(plaintext, certs[key_id]),
    open: (ciphertext) => Rsa.decrypt(ciphertext, privateKey),
  };
}
