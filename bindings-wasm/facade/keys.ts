// Key operations: WebCrypto, or whoever the configuration names in its place.

import { type Need, type PrivateKey, withEngine } from "./engine.js";
import { mistake } from "./errors.js";

type Bytes = Uint8Array<ArrayBuffer>;
type Of<K extends Need["kind"]> = Omit<Extract<Need, { kind: K }>, "id" | "kind">;

/** The merchant's private key, and what stands in for keys that live elsewhere. */
export interface KeyOptions {
  /** The merchant's private key in any usual form (PEM, DER, Base64), or keys that WebCrypto already holds. */
  private_key?: string | Uint8Array | { sign: CryptoKey; decrypt?: CryptoKey } | undefined;
  /** Signs (RSASSA-PKCS1-v1_5, SHA-256) in place of the private key: a KMS, another process. */
  signer?: ((message: Bytes, serial_no: string) => Promise<Uint8Array> | Uint8Array) | undefined;
  /** Decrypts (RSAES-OAEP, SHA-1) in place of the private key. */
  decrypter?: ((ciphertext: Bytes, serial_no: string) => Promise<Uint8Array> | Uint8Array) | undefined;
  /** Checks signatures (RSASSA-PKCS1-v1_5, SHA-256) in place of WebCrypto. */
  verifier?: ((check: Of<"verify">) => Promise<boolean> | boolean) | undefined;
  /** Encrypts (RSAES-OAEP, SHA-1) in place of WebCrypto. */
  encrypter?: ((value: Of<"seal">) => Promise<Uint8Array> | Uint8Array) | undefined;
}

/** The key operations of one caller. */
export interface Keys {
  sign(work: Of<"sign">, now: number, entropy: Uint8Array): Promise<Uint8Array>;
  open(work: Of<"open">): Promise<Uint8Array>;
  verify(work: Of<"verify">): Promise<boolean>;
  seal(work: Of<"seal">): Promise<Uint8Array>;
}

const SIGNING = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
const SEALING = { name: "RSA-OAEP", hash: "SHA-1" };

/** Takes the private key in, once; public keys are imported when they are first used. */
export async function keysOf(options: KeyOptions, certificate?: string): Promise<Keys> {
  const own = await ownKey(options.private_key, certificate);
  const published = new Map<string, Promise<CryptoKey>>();
  const key = (id: string, spki: Bytes, usage: "verify" | "encrypt"): Promise<CryptoKey> => {
    const found = published.get(`${usage} ${id}`);
    if (found) return found;
    const algorithm = usage === "verify" ? SIGNING : SEALING;
    const made = subtle().importKey("spki", spki, algorithm, false, [usage]);
    published.set(`${usage} ${id}`, made);
    return made;
  };
  const { signer, decrypter, verifier, encrypter } = options;
  return {
    sign: async (work, ...moment) => signer
      ? bytes("signer", await signer(work.message, work.serial_no))
      : held(own, "signer").sign(work.message, ...moment),
    open: async (work) => decrypter
      ? bytes("decrypter", await decrypter(work.ciphertext, work.serial_no))
      : held(own, "decrypter").open(work.ciphertext),
    verify: async (work) => verifier
      ? (await verifier(work)) === true
      : subtle().verify(SIGNING, await key(work.key_id, work.public_key, "verify"), work.signature, work.message),
    seal: async (work) => encrypter
      ? bytes("encrypter", await encrypter(work))
      : new Uint8Array(await subtle().encrypt(SEALING, await key(work.key_id, work.public_key, "encrypt"), work.plaintext)),
  };
}

async function ownKey(key: KeyOptions["private_key"], certificate?: string): Promise<PrivateKey | undefined> {
  if (key === undefined || key === null) return undefined;
  if (typeof key === "object" && "sign" in key) return webKey(key);
  if (typeof key !== "string" && !(key instanceof Uint8Array)) {
    throw mistake("key.format", "`private_key` must be a string, a Uint8Array, or WebCrypto keys `{ sign, decrypt }`", "private_key");
  }
  const bytes = typeof key === "string" ? new TextEncoder().encode(key) : key;
  const read = withEngine((engine) => {
    if (engine.PrivateKey) return new engine.PrivateKey(bytes, certificate);
    // Where WebCrypto is absent, that is told before the key is taken apart.
    subtle();
    return engine.privateKeyDer(bytes, certificate);
  });
  return read instanceof Uint8Array ? webKey(await imported(read as Bytes)) : read;
}

async function imported(der: Bytes): Promise<{ sign: CryptoKey; decrypt: CryptoKey }> {
  const web = subtle();
  try {
    const [sign, decrypt] = await Promise.all([
      web.importKey("pkcs8", der, SIGNING, false, ["sign"]),
      web.importKey("pkcs8", der, SEALING, false, ["decrypt"]),
    ]);
    return { sign, decrypt };
  } catch (cause) {
    const message = "WebCrypto cannot import this private key: make sure that it is an RSA key of 2048 to 4096 bits";
    throw mistake("key.format", message, "private_key", { cause });
  } finally {
    der.fill(0);
  }
}

function webKey({ sign, decrypt }: { sign: CryptoKey; decrypt?: CryptoKey }): PrivateKey {
  return {
    sign: async (message) => new Uint8Array(await subtle().sign(SIGNING, sign, message)),
    open: async (ciphertext) => new Uint8Array(await subtle().decrypt(SEALING, held(decrypt, "decrypter"), ciphertext)),
  };
}

function subtle(): SubtleCrypto {
  const found = globalThis.crypto?.subtle;
  if (found) return found;
  throw mistake("key.missing", "WebCrypto is absent: serve over https, or pass `signer`, `decrypter`, `verifier` and `encrypter`");
}

function held<K>(key: K | undefined, instead: string): K {
  if (key) return key;
  throw mistake("key.missing", `there is no private key: pass \`private_key\` or \`${instead}\``, "private_key");
}

function bytes(name: string, given: unknown): Uint8Array {
  if (given instanceof Uint8Array) return given;
  throw mistake("input.type", `\`${name}\` must return a Uint8Array`, name);
}
