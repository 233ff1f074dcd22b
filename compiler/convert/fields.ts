/** Legacy paths (`Source.IP4`) and the fields of the catalogue that hold their values. The catalogue's own paths are the only table. */
import type { Expr, Span } from "../../grammar/ast.js";
import type { Catalogue, StoredField } from "../catalogue/model.js";
import { didYouMean, nearest } from "../values/suggest.js";
import { atom, compare, presence, type NewSubject } from "./build.js";
import type { LegacyPath } from "./legacy-tree.js";
import { refuse } from "./refusal.js";

/** A path as a filter uses it. */
export interface FieldUse {
  readonly path: string;
  readonly field: StoredField;
  /** Family of the addresses below the path, null for a path that does not tell (and for other types). */
  readonly family: 4 | 6 | null;
  /** The message format demands a value. */
  readonly always: boolean;
  readonly span: Span;
}

/** What can be there and can be counted: a field, or the elements of a group (`Source`). */
export interface CountedUse extends Omit<FieldUse, "field"> {
  readonly field: Pick<StoredField, "name" | "list"> & { readonly type: StoredField["type"] | null };
}

/** Path → field, without the place of use. */
export type FieldTable = ReadonlyMap<string, Omit<FieldUse, "span">>;

/** All legacy paths of a catalogue. */
export function fieldTable(catalogue: Catalogue): FieldTable {
  const stored = catalogue.fields.filter((field) => field.kind === "stored");
  const expected = new Set(catalogue.expects);
  return new Map(
    stored.flatMap((field) =>
      field.paths.map((path) => [
        path,
        { path, field, family: pathFamily(path, field), always: isAlways(field, expected) },
      ]),
    ),
  );
}

/** One path for each family feeds an address field; the last digit of the key tells them apart. */
function pathFamily(path: string, field: StoredField): 4 | 6 | null {
  if (field.type !== "ip") return null;
  return path.endsWith("4") ? 4 : path.endsWith("6") ? 6 : null;
}

/** A value that the store stamps may be absent from the message that an old filter saw. */
function isAlways(field: StoredField, expected: ReadonlySet<string>): boolean {
  return (
    (field.required === true && field.stamped !== true) || field.paths.some((path) => expected.has(path))
  );
}

/** The field of a path. @throws Refusal E602 unknown, E603 with a position */
export function resolvePath(node: LegacyPath, table: FieldTable): FieldUse {
  if (node.indexed)
    refuse("E603", `${node.name}: a position in a list has no counterpart`, node.span, {
      proposal: `write ${node.name}, which means any element`,
      replacement: node.name,
    });
  const known = table.get(node.name);
  if (known) return { ...known, span: node.span };
  const inner = [...table.keys()].find((path) => path.startsWith(`${node.name}.`));
  if (inner !== undefined)
    refuse("E602", `${node.name} is a whole object`, node.span, {
      proposal: `name one of its fields, such as ${inner}`,
    });
  const guess = nearest(node.name, table.keys());
  return refuse("E602", `no field holds ${node.name}`, node.span, {
    proposal: guess === undefined ? undefined : didYouMean(guess, '"'),
    replacement: guess,
  });
}

/** The field of a path, or the group whose elements it names. @throws Refusal E602 unknown, E603 with a position */
export function resolveCounted(
  node: LegacyPath,
  fields: FieldTable,
  { groups }: Pick<Catalogue, "groups">,
): CountedUse {
  const group = groups.find(({ path }) => path === node.name);
  if (group === undefined || node.indexed || fields.has(node.name)) return resolvePath(node, fields);
  const { path, name } = group;
  return { path, field: { name, list: true, type: null }, family: null, always: false, span: node.span };
}

/** The field as the subject of a new condition. */
export function subjectOf(use: CountedUse): NewSubject {
  return { field: use.field.name };
}

/** `F exists` or `F missing`; for a path of one address family a test of the family. */
export function presenceOf(use: CountedUse, kind: "exists" | "missing"): Expr {
  if (use.family === null) return presence(subjectOf(use), kind);
  return compare(
    { ...subjectOf(use), func: "family" },
    kind === "exists" ? "=" : "!=",
    atom(String(use.family)),
  );
}
