// An engine that is not there or has crashed, a platform without WebCrypto, two copies of the package.

import * as fapiao from "fapiao-edge";
import { merchant, privateKey, refusal, shopOf, title } from "./fixtures.mjs";
import { SLACK, core, held, otherEngine, otherErrors, setEngine } from "./internals.mjs";
import { same, so, test } from "./shim.mjs";

const { FapiaoError, InputError, InternalError, KeyFileError, direct, send } = fapiao;

test("a crash of the engine is one clean error, and it is not used again", async (input) => {
  const shop = await shopOf(input);
  const crash = () => { throw new WebAssembly.RuntimeError("unreachable"); };
  const asked = async () => send((await direct(merchant(input))).query({ fapiao_apply_id: "1" }));
  const flow = { step: crash, once() {}, inDoubt: () => "kept", free: crash };
  const engine = (flow) => ({ ...core, Caller: class { flow() { return flow; } } });
  const away = { PrivateKey: class { sign() { return Promise.reject(new WebAssembly.RuntimeError("unreachable")); } } };
  const crashes = [
    [{ ...core, Caller: class { constructor() { crash(); } } }, () => direct(merchant(input))],
    [{ ...core, privateKeyDer: crash, ...(core.PrivateKey && { PrivateKey: class { constructor() { crash(); } } }) }, () => direct(merchant(input))],
    [engine(flow), asked],
    // Where private keys work on threads of their own, that is where it happens.
    [{ ...engine({ ...flow, step: () => [[1, "sign", "1", new Uint8Array(1)]] }), ...away }, asked],
    // A request is on its way.
    [engine({ ...flow, step: () => [[1, "send", "GET", "http://127.0.0.1:1/", ""]], give: crash }), asked, "kept"],
  ];
  for (const [broken, work, in_doubt = null] of crashes) {
    setEngine(broken);
    try {
      const error = await refusal(work);
      so(error instanceof InternalError && error.cause instanceof WebAssembly.RuntimeError, error.stack);
      same([error.code, error.fault, /report/.test(error.help)], ["internal.crash", "environment", true]);
      same(error.in_doubt, in_doubt, "the text to keep");
      for (const further of [() => direct(merchant(input)), () => shop.query({ fapiao_apply_id: "1" }), () => send(shop.titleUrl(title("crash")))]) {
        const refused = await refusal(further);
        so(refused instanceof InternalError && refused.message.includes("not used again"), refused.stack);
      }
    } finally {
      setEngine(core);
    }
  }
  shop.query({ fapiao_apply_id: "1" });
});

test("ten thousand calls that were read leave nothing behind in the engine's memory", async (input) => {
  const { private_key, ...rest } = merchant(input);
  const shop = await direct({ ...rest, signer: () => new Uint8Array(256) });
  const answer = { status: 500, headers: [], body: new Uint8Array(0) };
  const read = async (times) => {
    for (let turn = 0; turn < times; turn += 1) {
      const call = await shop.query({ fapiao_apply_id: "1" }).sign();
      await refusal(() => call.read(answer));
    }
    return held();
  };
  // An engine's own memory is exact. What a process holds jumps now and then, and what leaks grows every time.
  const [rounds, grown] = [SLACK ? 4 : 1, []];
  for (let before = await read(10000), after; grown.length < rounds && !(grown.at(-1) <= SLACK); before = after) {
    after = await read(10000);
    grown.push(after - before);
  }
  so(grown.at(-1) <= SLACK, `${grown} bytes`);
});

test("an engine that was not loaded says what loads it", async () => {
  const error = await refusal(() => otherEngine.withEngine(() => "work"));
  same([error.code, error.message.includes("await init(wasm)")], ["input.state", true]);
});

test("errors of another copy of the package are known by class and by code", async () => {
  so(otherErrors.InputError !== InputError, "there is only one copy");
  const error = otherErrors.inputError("input.type", "from the other copy");
  so(error instanceof otherErrors.InputError && Object.getPrototypeOf(error) !== InputError.prototype, "not of the other copy");
  so(error instanceof InputError && error instanceof FapiaoError && error instanceof Error, "instanceof does not hold");
  so(!(error instanceof KeyFileError) && !(new Error("a") instanceof FapiaoError) && !(error instanceof class extends InputError {}), "instanceof holds for too much");
  same(error.code, "input.type");
});

test("without WebCrypto one sentence says what to do", async (input) => {
  const { private_key, ...rest } = merchant(input);
  const sign = await privateKey(private_key, "sign");
  const { subtle } = crypto;
  await instead(undefined, async () => {
    if (core.PrivateKey) {
      so((await send((await shopOf(input)).titleUrl(title("native")))).title_url, "the native engine needs no WebCrypto");
    } else {
      const error = await refusal(() => direct(merchant(input)));
      so(error instanceof KeyFileError && error.message.includes("WebCrypto is absent"), error.stack);
      same(error.code, "key.missing");
    }
    const signer = async (message) => new Uint8Array(await subtle.sign("RSASSA-PKCS1-v1_5", sign, message));
    const elsewhere = await direct({ ...rest, signer, verifier: () => true });
    so((await send(elsewhere.titleUrl(title("no-webcrypto")))).title_url, "keys elsewhere need no WebCrypto");
  });
});

test("a key that WebCrypto cannot import is told with the cause", async (input) => {
  const cause = new DOMException("no such algorithm", "NotSupportedError");
  const subtle = { importKey: () => Promise.reject(cause) };
  await instead(subtle, async () => {
    // A native engine does not ask it.
    if (core.PrivateKey) return shopOf(input);
    const error = await refusal(() => direct(merchant(input)));
    so(error instanceof KeyFileError && error.cause === cause, error.stack);
    same([error.code, error.field, error.message.includes("2048 to 4096 bits")], ["key.format", "private_key", true]);
  });
});

/** Works with something else in place of `crypto.subtle`. */
async function instead(subtle, work) {
  Object.defineProperty(crypto, "subtle", { value: subtle, configurable: true });
  try {
    return await work();
  } finally {
    delete crypto.subtle;
  }
}
