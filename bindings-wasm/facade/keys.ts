// Key operations: WebCrypto, or whoever the configuration names in its place.

import { type Given, type KeyNeed, type PrivateKey, withEngine } from "./engine.js";
import { mistake } from "./errors.js";

type Bytes = Uint8Array<ArrayBuffer>;

/** The merchant's private key, and what stands in for keys that live elsewhere. */
export interface KeyOptions {
  /** The merchant's private key in any usual form (PEM, DER, Base64), or keys that WebCrypto already holds. */
  private_key?: string | Uint8Array | { sign: CryptoKey; decrypt?: CryptoKey } | undefined;
  /** Signs (RSASSA-PKCS1-v1_5, SHA-256) in place of the private key: a KMS, another process. */
  signer?: ((message: Bytes, serial_no: string) => Promise<Uint8Array> | Uint8Array) | undefined;
  /** Decrypts (RSAES-OAEP, SHA-1) in place of the private key. */
  decrypter?: ((ciphertext: Bytes, serial_no: string) => Promise<Uint8Array> | Uint8Array) | undefined;
  /** Checks signatures (RSASSA-PKCS1-v1_5, SHA-256) in place of WebCrypto. */
  verifier?: ((check: SignatureToCheck) => Promise<boolean> | boolean) | undefined;
  /** Encrypts (RSAES-OAEP, SHA-1) in place of WebCrypto. */
  encrypter?: ((value: ValueToEncrypt) => Promise<Uint8Array> | Uint8Array) | undefined;
}

/** A signature to check. */
export interface SignatureToCheck {
  key_id: string;
  /** DER `SubjectPublicKeyInfo`. */
  public_key: Bytes;
  message: Bytes;
  signature: Bytes;
}

/** A value to encrypt. */
export interface ValueToEncrypt {
  key_id: string;
  /** DER `SubjectPublicKeyInfo`. */
  public_key: Bytes;
  plaintext: Bytes;
}

const SIGNING = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
const SEALING = { name: "RSA-OAEP", hash: "SHA-1" };

/** A private key of WebCrypto's. */
type WebKey = { sign: CryptoKey; decrypt?: CryptoKey };
type Elsewhere = Pick<KeyOptions, "signer" | "decrypter" | "verifier" | "encrypter">;

/** Takes the private key in, once; public keys are imported when they are first used. */
export async function keysOf({ private_key, ...elsewhere }: KeyOptions, certificate?: string): Promise<Keys> {
  return new Keys(await ownKey(private_key, certificate), elsewhere);
}

/** The keys of one caller, and what stands in for them. */
export class Keys {
  /** The engine's own private key, where it signs and where it opens. */
  readonly signing: PrivateKey | undefined;
  readonly opening: PrivateKey | undefined;
  readonly #own: WebKey | undefined;
  readonly #elsewhere: Elsewhere;
  #published: Map<string, Promise<CryptoKey>> | undefined;

  constructor(own: WebKey | PrivateKey | undefined, elsewhere: Elsewhere) {
    if (own && "sign" in own) this.#own = own;
    else {
      this.signing = elsewhere.signer ? undefined : own;
      this.opening = elsewhere.decrypter ? undefined : own;
    }
    this.#elsewhere = elsewhere;
  }

  /** Does a key operation, and tells what came of it. */
  async operate(need: KeyNeed): Promise<[what: Given, bytes: Uint8Array]> {
    switch (need[1]) {
      case "sign":
        return ["signed", await this.#sign(need[3], need[2])];
      case "open":
        return ["opened", await this.#open(need[3], need[2])];
      case "verify": {
        const [, , key_id, public_key, message, signature] = need;
        return [(await this.#verify({ key_id, public_key, message, signature })) ? "valid" : "invalid", new Uint8Array(0)];
      }
      case "seal": {
        const [, , key_id, public_key, plaintext] = need;
        return ["sealed", await this.#seal({ key_id, public_key, plaintext })];
      }
      default:
        throw new Error(`this facade is older than its engine: it cannot ${String(need[1])}`);
    }
  }

  async #sign(message: Bytes, serial_no: string): Promise<Uint8Array> {
    const { signer } = this.#elsewhere;
    if (signer) return bytes("signer", await signer(message, serial_no));
    return new Uint8Array(await subtle().sign(SIGNING, held(this.#own?.sign, "signer"), message));
  }

  async #open(ciphertext: Bytes, serial_no: string): Promise<Uint8Array> {
    const { decrypter } = this.#elsewhere;
    if (decrypter) return bytes("decrypter", await decrypter(ciphertext, serial_no));
    return new Uint8Array(await subtle().decrypt(SEALING, held(this.#own?.decrypt, "decrypter"), ciphertext));
  }

  async #verify(check: SignatureToCheck): Promise<boolean> {
    const { verifier } = this.#elsewhere;
    if (verifier) return (await verifier(check)) === true;
    return subtle().verify(SIGNING, await this.#key(check, "verify"), check.signature, check.message);
  }

  async #seal(value: ValueToEncrypt): Promise<Uint8Array> {
    const { encrypter } = this.#elsewhere;
    if (encrypter) return bytes("encrypter", await encrypter(value));
    return new Uint8Array(await subtle().encrypt(SEALING, await this.#key(value, "encrypt"), value.plaintext));
  }

  #key({ key_id, public_key }: { key_id: string; public_key: Bytes }, usage: "verify" | "encrypt"): Promise<CryptoKey> {
    const published = (this.#published ??= new Map());
    const found = published.get(`${usage} ${key_id}`);
    if (found) return found;
    const made = subtle().importKey("spki", public_key, usage === "verify" ? SIGNING : SEALING, false, [usage]);
    published.set(`${usage} ${key_id}`, made);
    return made;
  }
}

async function ownKey(key: KeyOptions["private_key"], certificate?: string): Promise<WebKey | PrivateKey | undefined> {
  if (key === undefined || key === null) return undefined;
  if (typeof key === "object" && "sign" in key) return key;
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
  return read instanceof Uint8Array ? imported(read as Bytes) : read;
}

async function imported(der: Bytes): Promise<WebKey> {
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
