/** Which columns the table has. */
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { usualColumns } from "../shared/catalogue-view.js";
import { Dialog } from "./dialog.js";

export interface ColumnsDialogProps {
  readonly catalogue: Catalogue;
  readonly columns: readonly string[];
  readonly onChange: (columns: readonly string[]) => void;
  readonly onClose: () => void;
}

export function ColumnsDialog({ catalogue, columns, onChange, onClose }: ColumnsDialogProps) {
  const names = [...catalogue.groups.map(({ name }) => name), ...catalogue.fields.map(({ name }) => name)];
  const toggle = (name: string, isChosen: boolean): void =>
    onChange(isChosen ? [...columns, name] : columns.filter((column) => column !== name));
  return (
    <Dialog title="Columns" onClose={onClose}>
      <p>
        <button type="button" onClick={() => onChange(usualColumns(catalogue))}>
          The usual columns
        </button>
      </p>
      <div class="column-choices">
        {names.map((name) => (
          <label key={name}>
            <input
              type="checkbox"
              checked={columns.includes(name)}
              disabled={columns.length === 1 && columns[0] === name}
              onChange={({ currentTarget }) => toggle(name, currentTarget.checked)}
            />
            {name}
          </label>
        ))}
      </div>
    </Dialog>
  );
}
