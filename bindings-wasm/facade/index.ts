// The public names, the same in every package and on every runtime.

export { type Advanced, type AdvanceOptions, advance, keep } from "./advance.js";
export { Call, SignedCall, send } from "./call.js";
export type { AccountOptions, ComponentOptions, HostOptions, MerchantOptions, MomentOptions } from "./caller.js";
export type { Arrived, CallbackAnswer } from "./arrived.js";
export { type CallbackRequest, type Event, type EventType, Receiver, Received, type Reception } from "./callback.js";
export * from "./callers.js";
export {
  AnswerError,
  type Attempt,
  type CodeEntry,
  CryptoError,
  type Decision,
  DownloadError,
  FapiaoError,
  InputError,
  InternalError,
  KeyFileError,
  PushError,
  type Remote,
  RemoteError,
  TransportError,
  VerificationError,
  type Warning,
  errorCodes,
} from "./errors.js";
export { type FileLink, InvoiceLife, type LifeCall, type LifeOptions, type LifeStep, type RefundAnswer } from "./life.js";
export type { KeyOptions, SignatureToCheck, ValueToEncrypt } from "./keys.js";
export type { SendOptions, SignOptions } from "./options.js";
export { type PushEvent, type PushOptions, PushReceiver, type PushReception, type PushRequest, PushedEvent } from "./push.js";
export { type Kept, type Store, memoryStore } from "./store.js";
export type { Answer, Fetch } from "./transport.js";
export * as units from "./units.js";
export type { Accepted, FileToUpload, InvoiceFile, NoContent, WithExtra } from "./values.js";
