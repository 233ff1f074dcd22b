/** The events, a row each; the next page comes as one goes down. */
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { EventColumn } from "../../cli/event-columns.js";
import { eventColumns } from "../../cli/event-columns.js";
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import type { IdeaObject } from "../shared/answers.js";
import type { View } from "../shared/view-state.js";
import type { Rows } from "./use-answers.js";
import { rolesOf } from "../shared/catalogue-roles.js";
import { cellText, eventsText } from "./texts.js";

export interface EventTableProps {
  readonly rows: Rows;
  readonly total: number | null;
  readonly view: View;
  readonly catalogue: Catalogue;
  readonly idOf: (event: IdeaObject) => string;
  readonly isDimmed: boolean;
  readonly onOpen: (event: IdeaObject) => void;
  readonly onMore: () => void;
  readonly onSort: () => void;
}

/** Narrow pages show rows as cards, so that roles are named: what is laid out otherwise would not count as a table. */
export function EventTable(props: EventTableProps) {
  const { rows, total, view, catalogue, idOf, isDimmed, onOpen } = props;
  const columns = useColumns(view.columns, view.zone, catalogue);
  return (
    <div
      class={isDimmed ? "table-box dimmed" : "table-box"}
      role="region"
      aria-label="Events found"
      tabIndex={0}
    >
      <table role="table" aria-rowcount={total === null ? -1 : total + 1} aria-label="Events">
        <Heads {...props} columns={columns} />
        <tbody role="rowgroup">
          {rows.events.map((event, index) => (
            <Row
              key={`${index} ${idOf(event)}`}
              event={event}
              index={index}
              columns={columns}
              isOpen={view.event !== "" && idOf(event) === view.event}
              isNoneOpen={view.event === ""}
              onOpen={onOpen}
            />
          ))}
        </tbody>
      </table>
      <End {...props} />
    </div>
  );
}

interface HeadsProps extends Pick<EventTableProps, "view" | "catalogue" | "onSort"> {
  readonly columns: readonly EventColumn[];
}

function Heads({ columns, view, catalogue, onSort }: HeadsProps) {
  const { time } = rolesOf(catalogue);
  const isAscending = view.sort.endsWith("asc");
  return (
    <thead role="rowgroup">
      <tr role="row" aria-rowindex={1}>
        {columns.map(({ name, table }) =>
          name === time ? (
            <th
              key={name}
              role="columnheader"
              scope="col"
              aria-sort={isAscending ? "ascending" : "descending"}
            >
              <button type="button" class="sort" onClick={onSort} title="Newest or oldest first">
                {table.title} <span aria-hidden="true">{isAscending ? "↑" : "↓"}</span>
              </button>
            </th>
          ) : (
            <th key={name} role="columnheader" scope="col">
              {table.title}
            </th>
          ),
        )}
      </tr>
    </thead>
  );
}

/** The end of the rows: as it comes into sight, more are asked for. */
function End({ rows, onMore }: Pick<EventTableProps, "rows" | "onMore">) {
  const end = useRef<HTMLDivElement>(null);
  const wanted = useRef(onMore);
  wanted.current = onMore;
  useEffect(() => {
    const element = end.current;
    if (element === null || rows.next === null || rows.isLoading) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting === true) wanted.current();
      },
      { rootMargin: "600px" },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [rows.next, rows.isLoading]);
  return (
    <div ref={end} class="table-end">
      {rows.next !== null && (
        <button type="button" class="quiet" disabled={rows.isLoading} onClick={onMore}>
          {rows.isLoading ? "Loading …" : "More events"}
        </button>
      )}
      {rows.next === null && rows.events.length > 20 && (
        <span class="muted">That is all: {eventsText(rows.events.length)}</span>
      )}
    </div>
  );
}

/** Columns that there are; an address may name others. */
function useColumns(names: readonly string[], zone: string, catalogue: Catalogue): readonly EventColumn[] {
  return useMemo(
    () =>
      names.flatMap((name) => {
        try {
          return eventColumns([name], catalogue, { kind: "zone", timeZone: zone });
        } catch {
          return [];
        }
      }),
    [names.join(), zone, catalogue],
  );
}

interface RowProps {
  readonly event: IdeaObject;
  readonly index: number;
  readonly columns: readonly EventColumn[];
  readonly isOpen: boolean;
  readonly isNoneOpen: boolean;
  readonly onOpen: (event: IdeaObject) => void;
}

function Row({ event, index, columns, isOpen, isNoneOpen, onOpen }: RowProps) {
  const row = useRef<HTMLTableRowElement>(null);
  const wasOpen = useRef(isOpen);
  useEffect(() => {
    // Who closes the event goes on where it was, unless a click has taken the focus elsewhere.
    if (wasOpen.current && isNoneOpen && document.activeElement === document.body) row.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen, isNoneOpen]);
  const open = (): void => onOpen(event);
  const onKeyDown = (key: KeyboardEvent): void => {
    const row = key.currentTarget as HTMLElement;
    const step =
      key.key === "ArrowDown" || key.key === "j"
        ? row.nextElementSibling
        : key.key === "ArrowUp" || key.key === "k"
          ? row.previousElementSibling
          : null;
    if (step instanceof HTMLElement) {
      key.preventDefault();
      step.focus();
    } else if (key.key === "Enter") {
      key.preventDefault();
      open();
    }
  };
  return (
    <tr
      ref={row}
      role="row"
      aria-rowindex={index + 2}
      tabIndex={index === 0 || isOpen ? 0 : -1}
      class={isOpen ? "open" : undefined}
      aria-current={isOpen ? "true" : undefined}
      onClick={open}
      onKeyDown={onKeyDown}
    >
      {columns.map((column) => (
        <Cell key={column.name} column={column} event={event} />
      ))}
    </tr>
  );
}

const MONOSPACE = /time|ip$|port$|^source$|^target$|^id$|mac$|asn$/;

/** Columns whose values say what they are, so that a card needs no name for them. */
const SPEAKING = /^(?:detect_time|category|severity|description)$/;

/** Values of a list that are shown, a line each. */
const SHOWN = 2;

function Cell({ column, event }: { readonly column: EventColumn; readonly event: IdeaObject }) {
  const values = column.read(event);
  const more = values.length > SHOWN ? ` +${values.length - SHOWN}` : "";
  return (
    <td
      role="cell"
      data-column={column.name}
      data-label={SPEAKING.test(column.name) ? undefined : column.table.title}
      class={MONOSPACE.test(column.name) ? "mono" : undefined}
    >
      {values.slice(0, SHOWN).map((value, index) => (
        <span key={index} class={column.name === "description" ? "lines" : "item"}>
          {column.name === "severity" ? <Severity name={cellText(value)} /> : cellText(value)}
          {index === SHOWN - 1 && more !== "" && <span class="muted">{more}</span>}
        </span>
      ))}
    </td>
  );
}

function Severity({ name }: { readonly name: string }) {
  return <span class={`badge severity-${/^[a-z]+$/.test(name) ? name : "info"}`}>{name}</span>;
}
