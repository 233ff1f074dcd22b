/** Saved filters, earlier ones, and the way to save this one. */
import { Dialog } from "./dialog.js";
import { earlierFilters } from "./remembered.js";
import type { SavedFilters } from "../../../compiler/resolve/context.js";

export interface FiltersMenuProps {
  readonly saved: SavedFilters;
  readonly current: string;
  readonly onChoose: (filter: string) => void;
  readonly onClose: () => void;
}

export function FiltersMenu({ saved, current, onChoose, onClose }: FiltersMenuProps) {
  const names = Object.keys(saved);
  const earlier = earlierFilters();
  return (
    <Dialog title="Filters" onClose={onClose}>
      <section aria-label="Saved filters">
        <h3>Saved</h3>
        {names.length === 0 && (
          <p class="muted">
            None. <code>eventstore serve --filters FOLDER</code> shows those of a folder.
          </p>
        )}
        <ul class="choices">
          {names.map((name) => (
            <li key={name}>
              <button type="button" class="choice" onClick={() => onChoose(`@${name}`)}>
                <strong>@{name}</strong> <span class="mono">{saved[name]}</span>
              </button>
            </li>
          ))}
        </ul>
        <button type="button" disabled={current.trim() === ""} onClick={() => saveFilter(current)}>
          Save as .filter
        </button>
      </section>
      <section aria-label="Earlier filters">
        <h3>Earlier</h3>
        {earlier.length === 0 && <p class="muted">None yet.</p>}
        <ul class="choices">
          {earlier.slice(0, 20).map((filter) => (
            <li key={filter}>
              <button type="button" class="choice mono" onClick={() => onChoose(filter)}>
                {filter}
              </button>
            </li>
          ))}
        </ul>
      </section>
    </Dialog>
  );
}

/** A download for the folder of saved filters. */
function saveFilter(filter: string): void {
  const address = URL.createObjectURL(new Blob([filter, "\n"], { type: "text/plain" }));
  download(address, "my.filter");
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** Has the browser keep what is at the address. */
export function download(address: string, name: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
}
