/** What the page shows, as the parameters of its address: a link is a finding. */

/** A view. Empty texts and lists stand for what the page does by itself. */
export interface View {
  readonly filter: string;
  /** Values of the filter's `$parameters`, as they were typed. */
  readonly params: Readonly<Record<string, string>>;
  /** `now-24h` or ISO 8601; empty: open. */
  readonly from: string;
  readonly to: string;
  readonly zone: string;
  /** Field by which the timeline is split; empty: not at all. */
  readonly by: string;
  readonly sort: "detect_time.desc" | "detect_time.asc";
  readonly columns: readonly string[];
  /** Identifier of the event that is open; empty: none. */
  readonly event: string;
}

/** The view of an address without parameters. */
export function firstView({ zone, by, columns }: Pick<View, "zone" | "by" | "columns">): View {
  return { filter: "", params: {}, from: "", to: "", zone, by, sort: "detect_time.desc", columns, event: "" };
}

/** The parameters of a view, without those that are as in `usual`; `""` for the first view. */
export function writeView(view: View, usual: View): string {
  const parameters = new URLSearchParams();
  for (const name of ["filter", "from", "to", "zone", "by", "sort", "event"] as const)
    if (view[name] !== usual[name]) parameters.set(name, view[name] === "" ? "-" : view[name]);
  for (const [name, value] of Object.entries(view.params)) parameters.append("param", `${name}=${value}`);
  const columns = view.columns.join(",");
  if (columns !== usual.columns.join(",")) parameters.set("columns", columns);
  return parameters.toString();
}

/** The view of an address; what is missing or makes no sense is as in `usual`. */
export function readView(search: string, usual: View): View {
  const parameters = new URLSearchParams(search);
  const text = (name: "filter" | "from" | "to" | "zone" | "by" | "event"): string => {
    const value = parameters.get(name);
    return value === null ? usual[name] : value === "-" ? "" : value;
  };
  const columns = (parameters.get("columns") ?? "").split(",").filter((name) => /^[\w.]+$/.test(name));
  return {
    filter: text("filter"),
    params: Object.fromEntries(
      parameters.getAll("param").flatMap((param) => {
        const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(param) ?? [];
        return name === undefined || value === undefined ? [] : [[name, value]];
      }),
    ),
    from: text("from"),
    to: text("to"),
    zone: text("zone"),
    by: text("by"),
    sort: parameters.get("sort") === "detect_time.asc" ? "detect_time.asc" : usual.sort,
    columns: columns.length > 0 ? columns : usual.columns,
    event: text("event"),
  };
}

const UNIT_MS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** The instant of a bound, ISO 8601; null for an open one. A text that is no time is open, too. */
export function boundOf(text: string, now: Date): string | null {
  if (text === "") return null;
  const relative = /^now(?:-(\d{1,5})([mhd]))?$/.exec(text);
  if (relative !== null) {
    const [, amount = "0", unit = "m"] = relative;
    return new Date(now.getTime() - Number(amount) * UNIT_MS[unit as "m" | "h" | "d"]).toISOString();
  }
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}
