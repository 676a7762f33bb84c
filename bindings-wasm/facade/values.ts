// What calls take and give beside their payloads and answers.

/** A file that goes with a call. */
export interface FileToUpload {
  bytes: Uint8Array;
  filename: string;
  /** Media type, e.g. `application/pdf`. */
  media_type: string;
}

/** A downloaded file. */
export interface InvoiceFile {
  bytes: Uint8Array<ArrayBuffer>;
  /** Media type by its first bytes. */
  media_type: string;
  filename?: string;
}

/** The gateway has taken the request; its result comes later. */
export interface Accepted {
  accepted: true;
}

/** Done; there is nothing to say of it. */
export type NoContent = Record<string, never>;
