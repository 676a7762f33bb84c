// Key operations: WebCrypto, or whoever the configuration names in its place.

import { type Bytes, type KeyNeed, type NeedResult, type PrivateKey, byEngine, withEngine } from "./engine.js";
import { inputError } from "./errors.js";

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
const ENCRYPTING = { name: "RSA-OAEP", hash: "SHA-1" };

type Elsewhere = Pick<KeyOptions, "signer" | "decrypter" | "verifier" | "encrypter">;

/** Takes the private key in, once; public keys are imported when they are first used. */
export async function keysOf({ private_key, ...elsewhere }: KeyOptions, certificate?: string): Promise<Keys> {
  return new Keys(await ownKey(private_key, certificate), elsewhere);
}

/** The keys of one caller, and what stands in for them. */
export class Keys {
  readonly #own: PrivateKey | undefined;
  readonly #elsewhere: Elsewhere;
  #published: Map<string, Promise<CryptoKey>> | undefined;

  constructor(own: PrivateKey | undefined, elsewhere: Elsewhere) {
    this.#own = own;
    this.#elsewhere = elsewhere;
  }

  /** Whether signatures are checked by the program. */
  get verifies(): boolean {
    return this.#elsewhere.verifier !== undefined;
  }

  /** Does a key operation, and tells what came of it. */
  async operate(need: KeyNeed): Promise<[result: NeedResult, bytes: Uint8Array]> {
    switch (need[1]) {
      case "sign":
        return ["signed", await this.#sign(need[3], need[2])];
      case "decrypt":
        return ["decrypted", await this.#decrypt(need[3], need[2])];
      case "verify": {
        const [, , key_id, public_key, message, signature] = need;
        return [(await this.#verify({ key_id, public_key, message, signature })) ? "valid" : "invalid", new Uint8Array(0)];
      }
      case "encrypt": {
        const [, , key_id, public_key, plaintext] = need;
        return ["encrypted", await this.#encrypt({ key_id, public_key, plaintext })];
      }
      default:
        throw new Error(`this facade is older than its engine: it cannot ${String(need[1])}`);
    }
  }

  async #sign(message: Bytes, serial_no: string): Promise<Uint8Array> {
    const { signer } = this.#elsewhere;
    if (signer) return bytes("signer", await signer(message, serial_no));
    return byEngine(held(this.#own, "signer").sign(message));
  }

  async #decrypt(ciphertext: Bytes, serial_no: string): Promise<Uint8Array> {
    const { decrypter } = this.#elsewhere;
    if (decrypter) return bytes("decrypter", await decrypter(ciphertext, serial_no));
    return byEngine(held(this.#own, "decrypter").decrypt(ciphertext));
  }

  async #verify(check: SignatureToCheck): Promise<boolean> {
    const { verifier } = this.#elsewhere;
    if (verifier) return (await verifier(check)) === true;
    return subtle().verify(SIGNING, await this.#key(check, "verify"), check.signature, check.message);
  }

  async #encrypt(value: ValueToEncrypt): Promise<Uint8Array> {
    const { encrypter } = this.#elsewhere;
    if (encrypter) return bytes("encrypter", await encrypter(value));
    return new Uint8Array(await subtle().encrypt(ENCRYPTING, await this.#key(value, "encrypt"), value.plaintext));
  }

  #key({ key_id, public_key }: { key_id: string; public_key: Bytes }, usage: "verify" | "encrypt"): Promise<CryptoKey> {
    const published = (this.#published ??= new Map());
    const found = published.get(`${usage} ${key_id}`);
    if (found) return found;
    const made = subtle().importKey("spki", public_key, usage === "verify" ? SIGNING : ENCRYPTING, false, [usage]);
    published.set(`${usage} ${key_id}`, made);
    return made;
  }
}

async function ownKey(key: KeyOptions["private_key"], certificate?: string): Promise<PrivateKey | undefined> {
  if (key === undefined || key === null) return undefined;
  if (typeof key === "object" && "sign" in key) return ofWebCrypto(key);
  if (typeof key !== "string" && !(key instanceof Uint8Array)) {
    throw inputError("key.format", "`private_key` must be a string, a Uint8Array, or WebCrypto keys `{ sign, decrypt }`", "private_key");
  }
  const bytes = typeof key === "string" ? new TextEncoder().encode(key) : key;
  const read = withEngine((engine) => {
    if (engine.PrivateKey) return new engine.PrivateKey(bytes, certificate);
    // Where WebCrypto is absent, that is told before the key is taken apart.
    subtle();
    return engine.privateKeyDer(bytes, certificate);
  });
  return read instanceof Uint8Array ? ofWebCrypto(await imported(read as Bytes)) : read;
}

function ofWebCrypto({ sign, decrypt }: { sign: CryptoKey; decrypt?: CryptoKey }): PrivateKey {
  return {
    sign: async (message) => new Uint8Array(await subtle().sign(SIGNING, sign, message)),
    decrypt: async (ciphertext) => new Uint8Array(await subtle().decrypt(ENCRYPTING, held(decrypt, "decrypter"), ciphertext)),
  };
}

async function imported(der: Bytes): Promise<{ sign: CryptoKey; decrypt: CryptoKey }> {
  const web = subtle();
  try {
    const [sign, decrypt] = await Promise.all([
      web.importKey("pkcs8", der, SIGNING, false, ["sign"]),
      web.importKey("pkcs8", der, ENCRYPTING, false, ["decrypt"]),
    ]);
    return { sign, decrypt };
  } catch (cause) {
    const message = "WebCrypto cannot import this private key: make sure that it is an RSA key of 2048 to 4096 bits";
    throw inputError("key.format", message, "private_key", { cause });
  } finally {
    der.fill(0);
  }
}

function subtle(): SubtleCrypto {
  const found = globalThis.crypto?.subtle;
  if (found) return found;
  throw inputError("key.missing", "WebCrypto is absent: serve over https, or pass `signer`, `decrypter`, `verifier` and `encrypter`");
}

function held<K>(key: K | undefined, instead: string): K {
  if (key) return key;
  throw inputError("key.missing", `there is no private key: pass \`private_key\` or \`${instead}\``, "private_key");
}

function bytes(name: string, given: unknown): Uint8Array {
  if (given instanceof Uint8Array) return given;
  throw inputError("input.type", `\`${name}\` must return a Uint8Array`, name);
}
