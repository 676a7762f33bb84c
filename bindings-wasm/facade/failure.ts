// Why a request did not get through.

import { FapiaoError } from "./errors.js";

/** A request without an answer. */
export interface Failure {
  came: "not sent" | "lost";
  /** Why, in one word, the same on every runtime. */
  kind: string;
  /** The client's own error, as it may be shown. */
  cause: unknown;
}

/** What Node, Bun, Deno, undici and axios say, by kind; the first that fits decides. */
const KINDS: [kind: string, words: RegExp][] = [
  ["dns", /ENOTFOUND|EAI_AGAIN|dns error/],
  ["tls", /CERT|SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL|certificate|InvalidContentType/],
  ["proxy", /proxy/i],
  ["timeout", /time-?d? ?out/i],
  ["connect", /ECONNREFUSED|ConnectionRefused|FailedToOpenSocket|UNREACH|\(Connect\)/],
  ["protocol", /HPE_|ERR_HTTP|HTTPParser|invalid http|Malformed|Z_DATA|ZlibError/i],
];
/** What is said only before the first byte of a request; where a runtime tells less, it counts as lost, which is the careful answer. */
const NEVER_LEFT = new RegExp([
  "ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ConnectionRefused|FailedToOpenSocket|UND_ERR_CONNECT_TIMEOUT|connect E\\w+|client error \\(Connect\\)",
  "HTTP Tunneling|\\b(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\\w+|CERT_\\w+|ERR_TLS_CERT\\w+)\\b",
  "ERR_SSL_(?:WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG)",
].join("|"));
/** Where errors of HTTP clients hold the request with its signature. */
const HOLDERS = ["config", "request", "response", "options"];

/** What an error of a client means. */
export function failureOf(error: unknown, url: string): Failure {
  const errors = chainOf(error);
  const said = errors.map((one) => ["name", "code", "message"].map((part) => String(Reflect.get(one, part))).join(" ")).join(" ").replaceAll(url, "");
  const came = NEVER_LEFT.test(said) ? "not sent" : "lost";
  const kind = KINDS.find(([, words]) => words.test(said))?.[0] ?? (came === "lost" ? "reset" : "connect");
  return { came, kind, cause: shown(errors, url) };
}

function chainOf(error: unknown): object[] {
  const errors: object[] = [];
  for (let at = error; typeof at === "object" && at !== null && errors.length < 5; at = Reflect.get(at, "cause")) errors.push(at);
  return errors;
}

/** The first error from which on none quotes the URL, which can hold a token, or holds the request. */
function shown(errors: object[], url: string): unknown {
  const telling = (error: object): boolean =>
    !(error instanceof FapiaoError) && Reflect.ownKeys(error).some((key) => HOLDERS.includes(String(key)) || String(Reflect.get(error, key)).includes(url));
  const clean = errors.slice(errors.findLastIndex(telling) + 1)[0];
  const [first] = errors;
  if (clean || !first) return clean;
  const message = String(Reflect.get(first, "message")).replaceAll(url, url.split("?")[0]!);
  return Object.assign(new Error(message), { name: String(Reflect.get(first, "name")), code: Reflect.get(first, "code") });
}
