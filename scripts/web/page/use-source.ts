/** Where the events come from: the server, or a file that was opened. */
import { useEffect, useState } from "preact/hooks";
import type { StatusAnswer } from "../shared/answers.js";
import type { Source } from "./app-context.js";
import { BackendError, type Backend } from "./backend.js";
import { configureLanguage, openDropped } from "./remote.js";
import type { Remote } from "./rpc.js";

/** The source, and what can be done about it. */
export interface SourceState {
  readonly source: Source | null;
  readonly failure: BackendError | null;
  readonly retry: () => void;
  readonly open: (file: File, say: (text: string) => void) => Promise<void>;
  readonly close: () => void;
  /** Name of the file that is being read. */
  readonly opening: string | null;
}

/** The server's events until a file is opened; after a failure `retry` asks again. */
export function useSource(backend: Backend, remote: Remote): SourceState {
  const [server, setServer] = useState<Source | null>(null);
  const [file, setFile] = useState<Source | null>(null);
  const [failure, setFailure] = useState<BackendError | null>(null);
  const [opening, setOpening] = useState<string | null>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const { signal } = new AbortController();
    const load = async (): Promise<void> => {
      const fields = await backend.fields(signal);
      const { catalogue, sets, filters, timeZone } = fields;
      // The events are asked for meanwhile: the worker answers what comes after in order.
      const configured = configureLanguage(remote, { catalogue, sets, filters, timeZone });
      setServer({ backend, fields, status: null });
      setFailure(null);
      await configured;
      // How many there are in all is wanted only where nothing is found.
      const status = await backend.status(signal).catch((): StatusAnswer | null => null);
      setServer({ backend, fields, status });
    };
    load().catch((error: unknown) =>
      setFailure(
        error instanceof BackendError
          ? error
          : new BackendError(500, { code: "page_error", message: String(error) }),
      ),
    );
  }, [backend, remote, turn]);
  const open = async (dropped: File, say: (text: string) => void): Promise<void> => {
    const { signal } = new AbortController();
    setOpening(dropped.name);
    try {
      const { backend: events, status } = await openDropped(remote, dropped, signal);
      setFile({ backend: events, fields: await events.fields(signal), status });
    } catch (error) {
      say(error instanceof Error ? error.message : "the file cannot be read");
    } finally {
      setOpening(null);
    }
  };
  return {
    source: file ?? server,
    failure,
    retry: () => setTurn(turn + 1),
    open,
    close: () => setFile(null),
    opening,
  };
}
