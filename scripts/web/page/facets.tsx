/** The most frequent values beside the events. */
import type { SummaryAnswer, ValueCount } from "../shared/answers.js";
import type { Actions } from "./app-context.js";
import { partClass, valueName } from "./severity.js";
import { cellText, formatNumber } from "./texts.js";

export interface FacetsProps {
  readonly facets: SummaryAnswer;
  readonly isDimmed: boolean;
  readonly actions: Actions;
}

/** A click filters for a value; with Alt, or by the button beside it, such events are filtered out. */
export function Facets({ facets, isDimmed, actions }: FacetsProps) {
  return (
    <div class={isDimmed ? "facets dimmed" : "facets"}>
      {Object.keys(facets.panels)
        .filter((field) => (facets.panels[field] ?? []).length > 0)
        .map((field) => (
          <section key={field} aria-label={`Values of ${field}`}>
            <h2>{field}</h2>
            <ul>
              {(facets.panels[field] ?? []).map((row) => (
                <Facet
                  key={String(row.value)}
                  field={field}
                  row={row}
                  total={facets.total}
                  actions={actions}
                />
              ))}
            </ul>
          </section>
        ))}
    </div>
  );
}

interface FacetProps {
  readonly field: string;
  readonly row: ValueCount;
  readonly total: number;
  readonly actions: Actions;
}

function Facet({ field, row, total, actions }: FacetProps) {
  const name = cellText(valueName(row));
  const share = total === 0 ? 0 : Math.min(1, row.count / total);
  return (
    <li class={row.value === null ? "facet none" : "facet"}>
      <button
        type="button"
        class="facet-value"
        title={`Filter for ${name}; with Alt: filter it out`}
        onClick={({ altKey }) => actions.wish(field, row.value, altKey ? "out" : "for")}
      >
        <span class="facet-name">
          {field === "severity" && <span class={`swatch ${partClass(field, row, 0)}`} aria-hidden="true" />}
          {name}
        </span>{" "}
        <span class="number">{formatNumber(row.count)}</span>
        <meter class="share" min={0} max={1} value={share} aria-hidden="true" />
      </button>
      <button
        type="button"
        class="quiet small"
        aria-label={`Filter out ${name}`}
        title="Filter out"
        onClick={() => actions.wish(field, row.value, "out")}
      >
        −
      </button>
    </li>
  );
}
