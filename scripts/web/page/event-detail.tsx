/** One event: its values by what they belong to, each with what can be asked of it; or its JSON. */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { formatValue } from "../../cli/event-columns.js";
import { elementReader } from "../../../compiler/extract/element-reader.js";
import { fieldReader } from "../../../compiler/extract/field-reader.js";
import type { Catalogue, StoredField } from "../../../compiler/catalogue/model.js";
import type { StoredValue } from "../../../compiler/extract/value.js";
import type { IdeaObject } from "../shared/answers.js";
import type { Actions } from "./app-context.js";
import { copyText } from "./copy-text.js";
import { idReader } from "../shared/catalogue-view.js";
import { cardText, cellText, indentedJson } from "./texts.js";

export interface EventDetailProps {
  readonly event: IdeaObject;
  readonly catalogue: Catalogue;
  readonly zone: string;
  readonly actions: Actions;
  readonly onClose: () => void;
}

export function EventDetail({ event, catalogue, zone, actions, onClose }: EventDetailProps) {
  const [shown, setShown] = useState<"cards" | "json">("cards");
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useMemo(() => idReader(catalogue), [catalogue])(event);
  useEffect(() => heading.current?.focus({ preventScroll: true }), [id]);
  const copy = async (): Promise<void> => {
    const isCopied = await copyText(JSON.stringify(event, null, 2));
    actions.say(isCopied ? "The event is copied as JSON." : "The browser does not let this page copy.");
  };
  return (
    <aside class="detail" aria-label="One event">
      <div class="detail-head">
        <h2 ref={heading} tabIndex={-1}>
          Event <span class="mono">{cellText(id)}</span>
        </h2>
        <button
          type="button"
          class="quiet"
          aria-label="Close the event"
          title="Close (Esc)"
          onClick={onClose}
        >
          ✕
        </button>
      </div>
      <div class="detail-tools">
        <button type="button" aria-pressed={shown === "cards"} onClick={() => setShown("cards")}>
          Cards
        </button>
        <button type="button" aria-pressed={shown === "json"} onClick={() => setShown("json")}>
          JSON
        </button>
        <button type="button" class="quiet" onClick={() => void copy()}>
          Copy JSON
        </button>
      </div>
      <div class="detail-body" tabIndex={0} role="region" aria-label="Values of the event">
        {shown === "json" ? (
          <pre class="json">{indentedJson(event)}</pre>
        ) : (
          <Cards event={event} catalogue={catalogue} zone={zone} actions={actions} />
        )}
      </div>
    </aside>
  );
}

interface Card {
  readonly title: string;
  readonly values: readonly CardValue[];
}

interface CardValue {
  readonly field: StoredField;
  readonly label: string;
  readonly shown: string;
  /** As a filter has it; null for a value that no filter can name. */
  readonly value: string | number | boolean;
}

function Cards({ event, catalogue, zone, actions }: Omit<EventDetailProps, "onClose">) {
  const cards = useMemo(() => cardsOf(event, catalogue, zone), [event, catalogue, zone]);
  return (
    <>
      {cards.map(({ title, values }) => (
        <section key={title} class="card" aria-label={title}>
          <h3>{title}</h3>
          <dl>
            {values.map((value, index) => (
              <ValueLine
                key={index}
                value={value}
                isFirst={values[index - 1]?.label !== value.label}
                actions={actions}
              />
            ))}
          </dl>
        </section>
      ))}
    </>
  );
}

interface ValueLineProps {
  readonly value: CardValue;
  readonly isFirst: boolean;
  readonly actions: Actions;
}

function ValueLine({ value: { field, label, shown, value }, isFirst, actions }: ValueLineProps) {
  const name = cellText(shown);
  return (
    <div class="value-line">
      <dt class={isFirst ? undefined : "repeated"}>{label}</dt>
      <dd>
        <span class="value">{cardText(shown)}</span>
        <span class="value-actions">
          <button
            type="button"
            class="quiet small"
            aria-label={`Filter for ${field.name} ${name}`}
            title="Filter for (f)"
            onClick={() => actions.wish(field.name, value, "for")}
          >
            +
          </button>
          <button
            type="button"
            class="quiet small"
            aria-label={`Filter out ${field.name} ${name}`}
            title="Filter out (x)"
            onClick={() => actions.wish(field.name, value, "out")}
          >
            −
          </button>
          <button
            type="button"
            class="quiet small"
            aria-label={`Only ${field.name} ${name}`}
            title="Only this"
            onClick={() => actions.wish(field.name, value, "only")}
          >
            =
          </button>
        </span>
      </dd>
    </div>
  );
}

/** Longer texts are in no filter: nobody searches for a megabyte. */
const LONGEST_VALUE = 2_000;

function cardsOf(event: IdeaObject, catalogue: Catalogue, zone: string): readonly Card[] {
  const line = (field: StoredField, label: string, value: StoredValue): CardValue => ({
    field,
    label,
    shown: formatValue(value, field, { kind: "zone", timeZone: zone }),
    value:
      typeof value === "number" || typeof value === "boolean"
        ? value
        : formatValue(value, field, { kind: "iso" }).slice(0, LONGEST_VALUE),
  });
  const grouped = new Set<string>();
  const elements = catalogue.groups.flatMap((group) => {
    const { elements: read, fields } = elementReader(group, catalogue);
    for (const { field } of fields) grouped.add(field.name);
    const found = read(event);
    return found.map((element, index): Card => ({
      title: found.length > 1 ? `${group.name} ${index + 1} of ${found.length}` : group.name,
      values: fields.flatMap(({ name, field, read: values }) =>
        values(element).map((value) => line(field, name, value)),
      ),
    }));
  });
  const own = catalogue.fields.flatMap((field) =>
    field.kind === "stored" && !grouped.has(field.name)
      ? fieldReader(field, catalogue)(event).map((value) => line(field, field.name, value))
      : [],
  );
  return [{ title: "event", values: own }, ...elements].filter(({ values }) => values.length > 0);
}
