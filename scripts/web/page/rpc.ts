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

/** The page's end. A worker that cannot be loaded is started anew by the next call, as its server may be there again. */
export function remoteOf(start: () => Worker): Remote {
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let worker: Worker | null = null;
  const started = (): Worker => {
    const own = start();
    let isLoaded = false;
    own.addEventListener("error", ({ message }) => {
      if (!isLoaded) worker = null;
      for (const { reject } of waiting.values())
        reject(isLoaded ? new Error(`the worker failed: ${message}`) : NOT_LOADED);
      waiting.clear();
    });
    own.addEventListener("message", ({ data }: MessageEvent<Reply>) => {
      isLoaded = true;
      const call = waiting.get(data.id);
      waiting.delete(data.id);
      if (data.kind === "result") call?.resolve(data.result);
      else call?.reject(new BackendError(data.status, data.problem));
    });
    return own;
  };
  worker = started();
  return (method, args, signal) =>
    new Promise((resolve, reject) => {
      const id = ++last;
      const target = (worker ??= started());
      const abort = (): void => {
        waiting.delete(id);
        target.postMessage({ kind: "abort", id } satisfies Abort);
        reject(new DOMException("given up", "AbortError"));
      };
      if (signal?.aborted === true) return abort();
      signal?.addEventListener("abort", abort, { once: true });
      waiting.set(id, { resolve, reject });
      target.postMessage({ kind: "call", id, method, args } satisfies Call);
    });
}

const NOT_LOADED = new BackendError(0, { code: "server_away", message: "the server does not answer" });

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
