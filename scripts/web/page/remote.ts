/** The language and the open file of a {@link workshop}, wherever it works. */
import type { Diagnostic } from "../../../grammar/diagnostic.js";
import type { Completion } from "../../../compiler/complete.js";
import type { FilterOptions } from "../../../compiler/compile.js";
import { highlightTokens } from "../../../grammar/tokens.js";
import type { LanguageService, WordDescription } from "../../codemirror/service.js";
import type { StatusAnswer } from "../shared/answers.js";
import type { Backend } from "./backend.js";
import type { Methods, Remote } from "./rpc.js";

/** The workshop in this thread, for pages that can have no worker. */
export function localRemote(methods: Methods): Remote {
  return async (method, args, signal) => methods[method]?.(args, signal ?? new AbortController().signal);
}

/** Checks, completes and describes through the workshop. */
export function remoteLanguage(remote: Remote): LanguageService {
  return {
    check: (text) => remote("check", [text]) as Promise<readonly Diagnostic[]>,
    complete: (text, offset) => remote("complete", [text, offset]) as Promise<readonly Completion[]>,
    format: (text) => remote("format", [text]) as Promise<string>,
    describe: (word) => remote("describe", [word]) as Promise<WordDescription | null>,
    highlight: highlightTokens,
  };
}

/** Tells the workshop what the language's catalogue, sets and saved filters are. */
export async function configureLanguage(remote: Remote, options: FilterOptions): Promise<void> {
  await remote("configure", [options]);
}

/** Opens a file and gives its answers. */
export async function openDropped(
  remote: Remote,
  file: File,
  signal: AbortSignal,
): Promise<{ readonly backend: Backend; readonly status: StatusAnswer }> {
  const status = (await remote("open", [file], signal)) as StatusAnswer;
  return { backend: fileBackend(remote), status };
}

function fileBackend(remote: Remote): Backend {
  const asked =
    (method: string) =>
    <T>(args: readonly unknown[], signal: AbortSignal): Promise<T> =>
      remote(method, args, signal) as Promise<T>;
  return {
    kind: "file",
    fields: (signal) => asked("fields")([], signal),
    status: (signal) => asked("status")([], signal),
    search: (query, signal) => asked("search")([query], signal),
    count: (query, signal) => asked("count")([query], signal),
    timeline: (query, by, signal) => asked("timeline")([query, by], signal),
    summary: (query, fields, signal) => asked("summary")([query, fields], signal),
    event: (id, signal) => asked("event")([id], signal),
    explain: (query, signal) => asked("explain")([query], signal),
    exportAddress: (query, choice, signal) => asked("exportAddress")([query, choice], signal),
    tail: null,
  };
}
