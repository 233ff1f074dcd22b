/**
 * Versions of the schema.
 *
 * An empty database gets the present layout at once. A migration holds what can't be derived by comparing a database with the catalogue:
 * renaming, changing a type, moving data. Missing tables, columns and indexes need none; they are added after the migrations.
 */
import { searchedColumns } from "../catalogue/columns.js";
import type { Catalogue, ElementGroup } from "../catalogue/model.js";
import { storeTables } from "../catalogue/tables.js";
import { identifier } from "../sql/fragment.js";
import { prepareReread } from "./reread.js";
import type { RetypedColumn } from "./retype.js";

/** A step from the version before to this one. */
export interface Migration {
  /** 1 for the first layout, then one more each. */
  readonly version: number;
  /** What it does, a phrase for people. */
  readonly description: string;
  /** Statements in order, run in one transaction with those of other migrations up to the next that goes partition by partition. */
  readonly statements: (catalogue: Catalogue) => readonly string[];
  /** Columns of the searched table that get another type, which is done partition by partition after the statements. */
  readonly retyped?: (catalogue: Catalogue) => readonly RetypedColumn[];
  /** Rows of the searched table that are changed, partition by partition after the statements; null where there is nothing to change. */
  readonly filled?: (catalogue: Catalogue) => FillRows | null;
  /** The rows of all events are read again from their JSON, partition by partition after all else. */
  readonly reread?: true;
}

/** The statement that changes the rows of a partition, by the partition's name. Run again it changes nothing. */
export type FillRows = (partition: string) => string;

/** All migrations, oldest first. */
export const MIGRATIONS: readonly Migration[] = [
  { version: 1, description: "first layout", statements: () => [] },
  {
    version: 2,
    description: "events as bytes that tell their format; those that are there stay plain texts",
    statements: (catalogue) => [
      `alter table ${identifier(storeTables(catalogue).json.name)} alter column event type bytea ` +
        `using '\\x00'::bytea || convert_to(event, 'UTF8')`,
    ],
  },
  // Creating the tables lists what is there. Processes of older releases list nothing of what they store: they have to be stopped before.
  { version: 3, description: "values of fields with few different ones are listed", statements: () => [] },
  { version: 4, description: "counts of 64 bits", statements: () => [], retyped: wideCounts },
  {
    version: 5,
    description: "attachments are counted",
    statements: addAttachments,
    filled: countAttachments,
  },
  {
    version: 6,
    description: "names without case have one spelling, and events have values in fields of later releases",
    statements: prepareReread,
    reread: true,
  },
];

/** The columns that have become numeric. */
function wideCounts(catalogue: Catalogue): readonly RetypedColumn[] {
  return searchedColumns(catalogue).filter(({ pgType }) => pgType === "numeric");
}

/** The column of the number of attachments, which older events have none in. */
function addAttachments(catalogue: Catalogue): readonly string[] {
  const group = attachments(catalogue);
  if (group === undefined) return [];
  const table = identifier(storeTables(catalogue).events.name);
  return [
    `alter table ${table} add column if not exists ${identifier(group.countColumn)} integer not null default 0`,
  ];
}

/**
 * Events that are there have one attachment where they have a value of one: how many there are is in their JSON alone, which SQL doesn't read.
 */
function countAttachments(catalogue: Catalogue): FillRows | null {
  const group = attachments(catalogue);
  const known = ["attach.hash", "attach.filename", "attach.type"];
  const columns = catalogue.fields.flatMap((field) =>
    field.kind === "stored" && known.includes(field.name) ? [identifier(field.column)] : [],
  );
  if (group === undefined || columns.length === 0) return null;
  const count = identifier(group.countColumn);
  const anyOf = columns.map((column) => `${column} is not null`).join(" or ");
  return (partition) => `update ${identifier(partition)} set ${count} = 1 where ${count} = 0 and (${anyOf})`;
}

const attachments = ({ groups }: Catalogue): ElementGroup | undefined =>
  groups.find(({ path }) => path === "Attach");

/** The version that the migrations lead to. */
export function latestVersion(migrations: readonly Migration[] = MIGRATIONS): number {
  return migrations.at(-1)?.version ?? 0;
}

/** How to bring a database to the latest version. */
export type MigrationPlan =
  /** There is no schema: create the present layout. */
  | { readonly kind: "create"; readonly version: number }
  /** Run these, oldest first; none when the schema is up to date. */
  | { readonly kind: "migrate"; readonly from: number; readonly migrations: readonly Migration[] }
  /** The schema was made by a newer release, which may keep things in a way that this one would break. */
  | { readonly kind: "refuse"; readonly found: number; readonly known: number };

/** Decides from the version found in a database; null where there is no schema. */
export function planMigrations(
  found: number | null,
  migrations: readonly Migration[] = MIGRATIONS,
): MigrationPlan {
  const known = latestVersion(migrations);
  if (found === null) return { kind: "create", version: known };
  if (found > known) return { kind: "refuse", found, known };
  return { kind: "migrate", from: found, migrations: migrations.filter(({ version }) => version > found) };
}
