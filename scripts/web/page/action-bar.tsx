/** What can be done with the events found. */
import type { ViewQuery } from "../shared/answers.js";
import type { Actions, Source } from "./app-context.js";
import type { ExportFormat } from "./backend.js";
import { download } from "./filters-menu.js";
import type { Tail } from "./use-tail.js";

export interface ActionBarProps {
  readonly source: Source;
  readonly query: ViewQuery | null;
  /** The columns of the table, which are those of a CSV. */
  readonly columns: readonly string[];
  readonly tail: Tail;
  readonly actions: Actions;
  readonly durationMs: number | null;
  readonly onPanel: (panel: "explain" | "filters" | "help" | "columns") => void;
  readonly onFormat: () => void;
  readonly onFile: (file: File) => void;
}

export function ActionBar(props: ActionBarProps) {
  const { source, query, columns, tail, actions, durationMs, onPanel, onFormat, onFile } = props;
  const save = async (format: ExportFormat): Promise<void> => {
    if (query === null) return;
    try {
      const { signal } = new AbortController();
      const address = await source.backend.exportAddress(query, { format, columns }, signal);
      download(address, `events.${format}`);
    } catch (error) {
      actions.say(error instanceof Error ? error.message : "the events cannot be exported");
    }
  };
  return (
    <footer class="actions">
      <button type="button" onClick={() => onPanel("explain")}>
        Explain and copy
      </button>
      <button type="button" onClick={() => onPanel("filters")}>
        Filters
      </button>
      <button type="button" onClick={onFormat}>
        Format
      </button>
      <button type="button" onClick={() => onPanel("columns")}>
        Columns
      </button>
      <button type="button" onClick={() => void save("ndjson")}>
        Export NDJSON
      </button>
      <button type="button" onClick={() => void save("csv")}>
        Export CSV
      </button>
      {source.fields.live && (
        <button
          type="button"
          aria-pressed={tail.isOn}
          class={tail.isOn ? "live on" : "live"}
          onClick={tail.toggle}
        >
          Live <span aria-hidden="true">●</span>
        </button>
      )}
      <OpenFile onFile={onFile} />
      <button type="button" onClick={() => onPanel("help")}>
        Help
      </button>
      <span class="muted timing">{durationMs === null ? "" : `${Math.round(durationMs)} ms`}</span>
    </footer>
  );
}

/** Opens a file of this computer instead of the store. */
function OpenFile({ onFile }: Pick<ActionBarProps, "onFile">) {
  return (
    <label class="file-button">
      Open file …
      <input
        type="file"
        accept=".json,.ndjson,.jsonl,.idea,.gz"
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          currentTarget.value = "";
          if (file !== undefined) onFile(file);
        }}
      />
    </label>
  );
}
