/** What a store sends: the texts of the statements on their way to the server, and what they may be according to a template. */
import pg from "pg";
import type { SlotSpecs, TemplateSpec } from "../../compiler/sql/template.js";

/** A pool of one's own whose statements are written down. */
export interface RecordedPool {
  readonly pool: pg.Pool;
  readonly texts: Set<string>;
}

/** Writes down the text of each statement that the clients of a pool parse. */
export function recordedPool(connectionString: string): RecordedPool {
  const texts = new Set<string>();
  const pool = new pg.Pool({ connectionString, max: 4 });
  pool.on("connect", (client) => {
    const wire = (client as unknown as { connection: { parse(query: { text: string }): void } }).connection;
    const parse = wire.parse.bind(wire);
    wire.parse = (query) => {
      texts.add(query.text);
      parse(query);
    };
  });
  return { pool, texts };
}

/** A regular expression for all texts that a template can be filled to. */
export function patternOf(spec: TemplateSpec): RegExp {
  return new RegExp(`^${sourceOf(spec, {})}$`, "u");
}

function sourceOf({ text, slots = {} }: TemplateSpec, outer: SlotSpecs): string {
  const scope: SlotSpecs = { ...outer, ...slots };
  const names = Object.keys(scope);
  if (names.length === 0) return escaped(text);
  return text
    .split(new RegExp(`\\{(${names.join("|")})\\}`, "u"))
    .map((piece, position) => (position % 2 === 0 ? escaped(piece) : slotSource(piece, scope)))
    .join("");
}

function slotSource(name: string, scope: SlotSpecs): string {
  const spec = scope[name]!;
  switch (spec.kind) {
    case "filter":
      return String.raw`\([^]*?\)`;
    case "choice":
      return `(?:${Object.values(spec.texts).map(escaped).join("|")})`;
    case "table":
      return String.raw`(?:"(?:[^"]|"")*"|[a-z_][a-z0-9_]*)`;
    case "number":
      return String.raw`-?\d+`;
    case "instant":
      return "'[^']*'";
    case "each": {
      const part = `(?:${Object.values(spec.parts)
        .map((inner) => sourceOf(inner, scope))
        .join("|")})`;
      return `(?:${part}(?:${escaped(spec.separator)}${part})*)?`;
    }
  }
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/gu, "\\$&");
}
