/** Calls from the page to its worker: each has a number, an answer, and can be given up. */
import { BackendError } from "./backend.js";
import type { ProblemAnswer } from "../shared/answers.js";

interface Call {
  readonly kind: "call";
  readonly id: number;
  readonly method: string;
  readonly args: readonly unknown[];
}

interface Abort {
  readonly kind: "abort";
  readonly id: number;
}

type Reply =
  | { readonly kind: "result"; readonly id: number; readonly result: unknown }
  | {
      readonly kind: "problem";
      readonly id: number;
      readonly status: number;
      readonly problem: ProblemAnswer;
    };

/** Calls a method of the worker. */
export type Remote = (method: string, args: readonly unknown[], signal?: AbortSignal) => Promise<unknown>;

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** The page's end. */
export function remoteOf(worker: Worker): Remote {
  const waiting = new Map<number, Waiting>();
  let last = 0;
  const fail = (error: Error): void => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.addEventListener("error", ({ message }) => fail(new Error(`the worker failed: ${message}`)));
  worker.addEventListener("message", ({ data }: MessageEvent<Reply>) => {
    const call = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.kind === "result") call?.resolve(data.result);
    else call?.reject(new BackendError(data.status, data.problem));
  });
  return (method, args, signal) =>
    new Promise((resolve, reject) => {
      const id = ++last;
      const abort = (): void => {
        waiting.delete(id);
        worker.postMessage({ kind: "abort", id } satisfies Abort);
        reject(new DOMException("given up", "AbortError"));
      };
      if (signal?.aborted === true) return abort();
      signal?.addEventListener("abort", abort, { once: true });
      waiting.set(id, { resolve, reject });
      worker.postMessage({ kind: "call", id, method, args } satisfies Call);
    });
}

/** Methods by name; each gets its arguments and a signal. */
export type Methods = Readonly<Record<string, (args: readonly unknown[], signal: AbortSignal) => unknown>>;

/** The worker's end. */
export function answerCalls(port: Pick<Worker, "addEventListener" | "postMessage">, methods: Methods): void {
  const running = new Map<number, AbortController>();
  const answer = async ({ id, method, args }: Call): Promise<void> => {
    const controller = new AbortController();
    running.set(id, controller);
    try {
      const result = await methods[method]?.(args, controller.signal);
      port.postMessage({ kind: "result", id, result } satisfies Reply);
    } catch (error) {
      if (controller.signal.aborted) return;
      const known = error instanceof BackendError ? error : null;
      const message = error instanceof Error ? error.message : "something went wrong";
      const problem = known?.problem ?? { code: "page_error", message };
      port.postMessage({ kind: "problem", id, status: known?.status ?? 500, problem } satisfies Reply);
    } finally {
      running.delete(id);
    }
  };
  port.addEventListener("message", ({ data }: MessageEvent<Call | Abort>) => {
    if (data.kind === "call") void answer(data);
    else running.get(data.id)?.abort();
  });
}
