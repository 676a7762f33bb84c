// The life of the invoices of one application: what is known goes in, what may be done next comes out.

import type { LifeConfig } from "./callers.js";
import { withEngine } from "./engine.js";
import { inputError } from "./errors.js";

/** Whose invoices a life is about, and how they come into being; with a text that was kept, only where it has to be checked. */
export interface LifeOptions extends LifeConfig {
  /** The text that was kept. */
  text?: string | undefined;
  /** Unix seconds; the system's clock where it is left out. */
  clock?: (() => number) | undefined;
}

/** Whether an amount may go back. */
export interface RefundAnswer {
  answer: "yes" | "not_now" | "no";
  /** Fen. */
  at_most: number;
  because: string;
}

/** A call with its ids ready. */
export interface LifeCall {
  /** Its name in the catalogue. */
  call: string;
  /** What the life knows of what to pass. Buyer, lines and the like are the program's to add. */
  request: Record<string, unknown>;
  /** Of a call that changes something: which attempt it is. */
  attempt: number | null;
  /** What an earlier attempt left in doubt, where the call is made as it was. */
  in_doubt: string | null;
  /** Why it is right now. */
  because: string;
}

/** One file of an invoice, as `fapiao_files` answers it. */
export interface FileLink {
  fapiao_id: string;
  /** Lives 30 seconds. */
  download_url?: string | undefined;
  /** `ISSUED` links to the blue file, `REVERSED` to the red one. */
  status: string;
}

/** What may be done next: a call; a time (Unix seconds) to wait for, and the call that is due then; a person who has to look at something. */
export type LifeStep =
  | ({ do: "call" } & LifeCall)
  | { do: "wait"; until: number; then: LifeCall }
  | { do: "person"; who: string; look_at: string; because: string }
  | { do: "end" };

interface Answer {
  text: string;
  key: string;
  new: boolean;
  to_save: FileLink[];
  state: Record<string, unknown>;
  steps: { next: LifeStep[]; forbidden: Record<string, unknown>[]; deadlines: Record<string, unknown>[] };
  refund?: RefundAnswer;
}

/**
 * The invoices of one application, from the title to the last reversal. Nothing is called, kept or waited for here; facts may come
 * late, twice and in any order. Times are Unix seconds, money is fen.
 *
 * @example
 * ```ts
 * const life = new InvoiceLife({ way: "direct", mchid, fapiao_apply_id });
 * life.take({ input: "order", amount: 38044 }, { input: "buyer" });
 * const [step] = life.next();   // a call with its ids ready, or until when to wait
 * await db.save(life.text);     // before the call leaves, by compare-and-swap on your own version
 * ```
 */
export class InvoiceLife {
  readonly #config: Record<string, unknown> | undefined;
  readonly #clock: () => number;
  readonly #key: string;
  #text: string | undefined;
  /** What was taken in since the life was last kept in a store, and when. */
  #heard: { now: number; inputs: object[] }[] = [];

  constructor(options: LifeOptions) {
    if (typeof options !== "object" || options === null) throw inputError("input.config", "the configuration must be an object");
    const { text, clock, ...config } = options;
    this.#clock = clock ?? (() => Date.now() / 1000);
    this.#config = Object.values(config).some((value) => value !== undefined) ? config : undefined;
    this.#text = text;
    const begun = this.#ask();
    this.#text = begun.text;
    this.#key = begun.key;
  }

  /** The life as one JSON text, to keep in your own database: any language and later versions read it. */
  get text(): string {
    return this.#text!;
  }

  /** Takes in what became known, all of it or nothing; says whether any of it was new. */
  take(...inputs: object[]): boolean {
    return this.#take(inputs).new;
  }

  /** The three tracks (title, tax, card) of each invoice and of the whole. */
  state(): Record<string, unknown> {
    return this.#ask().state;
  }

  /** What may be done now: calls with their ids ready, or until when to wait. */
  next(): LifeStep[] {
    return this.#ask().steps.next;
  }

  /** What must not be done, and why. */
  forbidden(): Record<string, unknown>[] {
    return this.#ask().steps.forbidden;
  }

  /** What ends when. */
  deadlines(): Record<string, unknown>[] {
    return this.#ask().steps.deadlines;
  }

  /** Whether this amount (fen) may go back now. */
  mayRefund(amount: number): RefundAnswer {
    return this.#ask({ may_refund: amount }).refund!;
  }

  /** @internal For who brings lives and stores together. */
  static internals(life: InvoiceLife) {
    return {
      key: life.#key,
      /** Takes an input in; gives the files that are to be saved then. */
      take: (heard: object) => life.#take([heard]).to_save,
      /** The text with one input more. */
      textWith: (heard: object) => life.#ask({ take: [heard] }).text,
      /** Takes another worker's text, and adds what was heard here since. */
      goOnWith: (text: string) => life.#goOnWith(text),
      /** All that was heard is in the store. */
      heardIsKept: () => void (life.#heard = []),
    };
  }

  #take(inputs: object[]): Answer {
    const now = this.#now();
    const answer = this.#ask({ take: inputs, now });
    this.#text = answer.text;
    if (answer.new) this.#heard.push({ now, inputs });
    return answer;
  }

  #goOnWith(text: string): void {
    const before = this.#text;
    this.#text = text;
    try {
      this.#text = this.#ask().text;
      for (const { now, inputs } of this.#heard) this.#text = this.#ask({ take: inputs, now }).text;
    } catch (error) {
      this.#text = before;
      throw error;
    }
  }

  #now(): number {
    return Math.floor(this.#clock());
  }

  #ask(question: object = {}): Answer {
    const whole = { text: this.#text, config: this.#config, now: this.#now(), ...question };
    return JSON.parse(withEngine((engine) => engine.life(JSON.stringify(whole)))) as Answer;
  }
}
