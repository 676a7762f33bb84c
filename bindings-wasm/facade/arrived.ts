// What arrived from WeChat, and how the work that follows it ends: what callbacks and pushes have in common.

import { type FapiaoError, fromEngine } from "./errors.js";

/** The HTTP answer to a callback or push. */
export interface CallbackAnswer {
  /** 200 to 299: it was taken. Anything else: it is sent again. */
  status: number;
  /** What to answer; empty where nothing has to be said. */
  body: string;
  /** The content type of the body, where there is one. */
  contentType: string | undefined;
}

interface AnswerReport {
  status: number;
  body: string;
  content_type: string | null;
}

/** @internal What the engine tells of something that arrived. */
export interface ArrivedReport<E> {
  answer: AnswerReport;
  answer_if_failed: AnswerReport;
  event?: E;
  key?: string;
  error?: object;
}

/** Something that arrived, and what became of it. */
export abstract class Arrived<E> {
  /** The event, where it is genuine. */
  readonly event: E | undefined;
  /** Tells the event from others, the same when it comes again: what an inbox knows it by. */
  readonly key: string | undefined;
  /** Why it is not to be believed, with `code` and `help`: safe to log. */
  readonly error: FapiaoError | undefined;
  /** What to answer, once the work that follows is done. */
  readonly answer: CallbackAnswer;
  /** What to answer where that work failed: the event is sent again. */
  readonly answerIfFailed: CallbackAnswer;

  /** @internal */
  constructor(report: ArrivedReport<E>) {
    this.event = report.event;
    this.key = report.key;
    this.error = report.error && fromEngine(JSON.stringify(report.error));
    this.answer = answerOf(report.answer);
    this.answerIfFailed = answerOf(report.answer_if_failed);
  }

  /**
   * Gives a genuine event to `handler`, and says what to answer. What the handler throws is written to the console and answered
   * with 500, so that the event comes again.
   */
  async handle(handler: (event: E) => unknown): Promise<CallbackAnswer> {
    if (this.event === undefined) {
      if (this.error) console.warn(`fapiao: refused: ${this.error.message}`);
      return this.answer;
    }
    try {
      await handler(this.event);
      return this.answer;
    } catch (error) {
      console.error("fapiao: the handler of an event failed, it is sent again:", error);
      return this.answerIfFailed;
    }
  }
}

function answerOf({ status, body, content_type }: AnswerReport): CallbackAnswer {
  return { status, body, contentType: content_type ?? undefined };
}
