/** Which time is looked at, in which zone, and how the chart is split. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { splitFields } from "../shared/catalogue-view.js";
import type { View } from "../shared/view-state.js";
import { clockText, knownZones } from "./times.js";
import { boundOf } from "../shared/view-state.js";

export interface TimeBarProps {
  readonly view: View;
  readonly catalogue: Catalogue;
  readonly onShow: (change: Partial<View>) => void;
}

const QUICK = [
  ["", "all time"],
  ["now-15m", "last 15 minutes"],
  ["now-1h", "last hour"],
  ["now-24h", "last 24 hours"],
  ["now-7d", "last 7 days"],
  ["now-30d", "last 30 days"],
] as const;

export function TimeBar({ view, catalogue, onShow }: TimeBarProps) {
  return (
    <section class="time-bar" aria-label="Time and split">
      <TimeRange view={view} onShow={onShow} />
      <label>
        <span class="label">Zone</span>
        <select value={view.zone} onChange={({ currentTarget }) => onShow({ zone: currentTarget.value })}>
          {knownZones(view.zone).map((zone) => (
            <option key={zone}>{zone}</option>
          ))}
        </select>
      </label>
      <label>
        <span class="label">Split by</span>
        <select value={view.by} onChange={({ currentTarget }) => onShow({ by: currentTarget.value })}>
          <option value="">nothing</option>
          {[...new Set([...splitFields(catalogue), view.by])]
            .filter((name) => catalogue.fields.some((field) => field.name === name))
            .map((name) => (
              <option key={name}>{name}</option>
            ))}
        </select>
      </label>
      <TimeSteps view={view} onShow={onShow} />
    </section>
  );
}

type TimePartProps = Pick<TimeBarProps, "view" | "onShow">;

function TimeRange({ view, onShow }: TimePartProps) {
  const isQuick = view.to === "" && QUICK.some(([from]) => from === view.from);
  const [isOpen, setOpen] = useState(false);
  const isAbsolute = isOpen || !isQuick;
  return (
    <>
      <label>
        <span class="label">Time</span>
        <select
          value={isAbsolute ? "absolute" : view.from}
          onChange={({ currentTarget: { value } }) => {
            setOpen(value === "absolute");
            if (value !== "absolute") onShow({ from: value, to: "" });
          }}
        >
          {QUICK.map(([from, name]) => (
            <option key={from} value={from}>
              {name}
            </option>
          ))}
          <option value="absolute">from … to …</option>
        </select>
      </label>
      {isAbsolute && <AbsoluteRange view={view} onShow={onShow} />}
    </>
  );
}

function TimeSteps({ view, onShow }: TimePartProps) {
  return (
    <span class="time-steps">
      <button
        type="button"
        class="quiet"
        aria-label="Earlier"
        title="Earlier ([)"
        disabled={view.from === ""}
        onClick={() => onShow(shiftedTime(view, -1))}
      >
        ◀
      </button>
      <button
        type="button"
        class="quiet"
        aria-label="Later"
        title="Later (])"
        disabled={view.from === ""}
        onClick={() => onShow(shiftedTime(view, 1))}
      >
        ▶
      </button>
      <button
        type="button"
        class="quiet"
        disabled={view.from === "" && view.to === ""}
        onClick={() => onShow(widened(view))}
      >
        Zoom out
      </button>
    </span>
  );
}

/** Two texts: as in a filter, or a date and time of the zone's clocks. */
function AbsoluteRange({ view, onShow }: TimePartProps) {
  const [problem, setProblem] = useState("");
  const form = useRef<HTMLFormElement>(null);
  const shown = (text: string): string =>
    text === "" || text.startsWith("now") ? text : clockText(text, view.zone);
  useEffect(() => setProblem(""), [view.from, view.to]);
  const submit = (event: Event): void => {
    event.preventDefault();
    const read = (name: string): string | null => {
      const given = new FormData(form.current ?? undefined).get(name);
      const value = typeof given === "string" ? given.trim() : "";
      return value === shown(view[name as "from" | "to"])
        ? view[name as "from" | "to"]
        : instantText(value, view.zone);
    };
    const [from, to] = [read("from"), read("to")];
    if (from === null || to === null) return setProblem("Write 2024-05-01, 2024-05-01 08:00:00 or now-7d.");
    if (from !== "" && to !== "" && from >= to && !from.startsWith("now") && !to.startsWith("now"))
      return setProblem("The end has to come after the start.");
    onShow({ from, to });
  };
  return (
    <form ref={form} class="absolute" onSubmit={submit}>
      <label>
        <span class="label">From</span>
        <input
          name="from"
          key={`from ${view.from} ${view.zone}`}
          defaultValue={shown(view.from)}
          size={19}
          placeholder="the oldest"
          autocomplete="off"
        />
      </label>
      <label>
        <span class="label">To</span>
        <input
          name="to"
          key={`to ${view.to} ${view.zone}`}
          defaultValue={shown(view.to)}
          size={19}
          placeholder="now"
          autocomplete="off"
        />
      </label>
      <button type="submit" class="small">
        Set time
      </button>
      {problem !== "" && (
        <span role="alert" class="problem">
          {problem}
        </span>
      )}
    </form>
  );
}

/** ISO 8601 of what clocks in the zone show; null for what is no time. */
function instantText(text: string, zone: string): string | null {
  if (text === "" || /^now(-\d{1,5}[mhd])?$/.test(text)) return text;
  if (/[zZ]$|[+-]\d\d:?\d\d$/.test(text))
    return Number.isNaN(Date.parse(text)) ? null : new Date(text).toISOString();
  const full = /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00` : text.replace(" ", "T");
  const asUtc = Date.parse(`${full}Z`);
  if (Number.isNaN(asUtc)) return null;
  // Two rounds settle the offset, but for the hour that a clock leaves out or shows twice.
  let instant = asUtc;
  for (let round = 0; round < 2; round++) {
    const wall = Date.parse(`${clockText(new Date(instant).toISOString(), zone).replace(" ", "T")}Z`);
    instant += asUtc - wall;
  }
  return new Date(instant).toISOString();
}

function spanOf(view: View): { readonly from: number; readonly to: number } {
  const now = new Date();
  const to = Date.parse(boundOf(view.to, now) ?? now.toISOString());
  return { from: Date.parse(boundOf(view.from, now) ?? now.toISOString()), to };
}

/** The time before or after, as long as this one. */
export function shiftedTime(view: View, direction: 1 | -1): Partial<View> {
  if (view.from === "") return {};
  const { from, to } = spanOf(view);
  const shift = (to - from) * direction;
  return { from: new Date(from + shift).toISOString(), to: new Date(to + shift).toISOString() };
}

/** Three times as long; from a quick range to all. */
export function widened(view: View): Partial<View> {
  if (view.to === "" || view.from === "") return { from: "", to: "" };
  const { from, to } = spanOf(view);
  const span = to - from;
  return { from: new Date(from - span).toISOString(), to: new Date(to + span).toISOString() };
}
