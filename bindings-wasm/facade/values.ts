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

/**
 * An answer with the fields that are newer than this release: they are there, as the gateway sent them.
 *
 * @example
 * ```ts
 * const answer = await send(shop.query({ fapiao_apply_id }));
 * (answer as WithExtra<typeof answer>)["brand_new_field"]; // unknown
 * ```
 */
export type WithExtra<A> = A & { [name: string]: unknown };

/** Done; there is nothing to say of it. */
export type NoContent = Record<string, never>;
