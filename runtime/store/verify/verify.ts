/** Looking whether a store is as it has to be, and mending what is not. */
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { isSpread } from "../../../compiler/catalogue/spread.js";
import { storeTables } from "../../../compiler/catalogue/tables.js";
import { daySuffix, oneDay, type DaySpan } from "../../../compiler/schema/day.js";
import { planMigrations } from "../../../compiler/schema/migrations.js";
import { pendingSteps } from "../../../compiler/schema/steps.js";
import { parseJson } from "../../../compiler/values/exact-json.js";
import { boundSession } from "../../postgres/bounded.js";
import { patiently } from "../../postgres/patient.js";
import type { CallOptions } from "../../postgres/statement.js";
import { readEvent } from "../../postgres/wire.js";
import type { Session } from "../../postgres/session.js";
import { withRaw } from "../insert/encode.js";
import { adoptDays, databaseCreate, indexCreate, roomForDays, strayDays } from "../schema/index.js";
import { presentObjects, presentSpans, presentVersion } from "../schema/present.js";
import type { InsertOperations } from "../insert/operations.js";
import type { VerifyOptions, VerifyProblem, VerifyReport } from "../types/upkeep.js";
import * as checks from "./checks.js";
import { INVALID_INDEXES } from "./partition-statements.js";
import { partitionState, type PartitionState } from "./partitions.js";

/** What mending needs besides a session. */
export interface VerifyContext {
  readonly catalogue: Catalogue;
  /** A transaction of the store: what is taken out is stored again with it, or stays. */
  readonly transaction: (
    work: (inner: Pick<Session, "query"> & Pick<InsertOperations, "insertEvents">) => Promise<void>,
    options: Looking["limits"],
  ) => Promise<void>;
}

/**
 * Looks at everything, one day after the other, so that a large store holds nobody up; with `repair` mends what can be mended and looks again.
 */
export async function verify(
  unbound: Session,
  context: VerifyContext,
  options: VerifyOptions = {},
): Promise<VerifyReport> {
  const session = boundSession(unbound, options);
  let found = await look(session, context, options);
  if (options.repair !== true) return { problems: found.map(plain), repaired: [] };
  const tried = new Map<string, VerifyProblem>();
  // Again and again: what lies in the tables shows only once these are whole.
  for (;;) {
    const fresh = found.filter((problem) => problem.mend !== undefined && !tried.has(keyOf(problem)));
    if (fresh.length === 0) break;
    for (const problem of fresh) {
      tried.set(keyOf(problem), plain(problem));
      await problem.mend?.();
    }
    found = await look(session, context, options);
  }
  const left = new Set(found.map(keyOf));
  const repaired = [...tried].filter(([key]) => !left.has(key)).map(([, problem]) => problem);
  return { problems: found.map(plain), repaired };
}

const keyOf = ({ what, where }: VerifyProblem): string => JSON.stringify([where, what]);

function plain({ what, where, count }: VerifyProblem): VerifyProblem {
  return { what, where, count };
}

/** What mending needs besides. */
interface Looking {
  readonly limits: Pick<CallOptions, "signal" | "timeoutMs">;
}

/** An event was taken out that can't be stored. */
class Unstorable extends Error {
  override readonly name = "Unstorable";
}

interface Finding extends VerifyProblem {
  readonly mend?: () => Promise<unknown>;
}

async function look(
  session: Session,
  context: VerifyContext,
  { onProgress, ...limits }: VerifyOptions,
): Promise<readonly Finding[]> {
  const schema = await lookAtSchema(session, context.catalogue);
  // Without a table or a column nothing further can be looked at.
  if (schema.some(({ isInTheWay }) => isInTheWay)) return schema;
  const spans = await presentSpans(session, storeTables(context.catalogue));
  const state = await partitionState(session, context.catalogue);
  const findings: Finding[] = [...schema, ...(await lookAtPartitions(session, context.catalogue, state))];
  for (const slice of checks.checkedSlices(context.catalogue, spans, state.unpaired)) {
    onProgress?.(whereOf(slice.span));
    findings.push(...(await lookAtSlice(session, { ...context, limits }, slice, spans)));
  }
  return findings;
}

/** `2024-01-31`, or `2024-01-01..2024-01-31` for several days. */
function whereOf(span: DaySpan | null): string {
  if (span === null) return "default partition";
  const text = (day: number): string => daySuffix(day).replace(/^(\d{4})(\d\d)/, "$1-$2-");
  const [first, last] = [text(span.from), text(span.to - 1)];
  return first === last ? first : `${first}..${last}`;
}

interface SchemaFinding extends Finding {
  readonly isInTheWay: boolean;
}

async function lookAtSchema(session: Session, catalogue: Catalogue): Promise<SchemaFinding[]> {
  const version = await presentVersion(session, storeTables(catalogue));
  const whole = { where: "schema", count: 1, isInTheWay: true };
  const create = { mend: () => databaseCreate(session, catalogue) };
  const plan = planMigrations(version);
  if (plan.kind === "refuse") return [{ ...whole, what: "the schema is of a newer release" }];
  if (plan.kind === "create" || plan.migrations.length > 0)
    return [{ ...whole, what: "the schema is not up to date", ...create }];
  const pending = pendingSteps(catalogue, await presentObjects(session, catalogue));
  return pending.map(({ id, provides }) => ({
    ...whole,
    what: `missing ${id.replace(":", " ")}`,
    isInTheWay: provides.kind !== "index" && provides.kind !== "extension",
    ...create,
  }));
}

async function lookAtPartitions(
  session: Session,
  catalogue: Catalogue,
  { detached, foreign, lone }: PartitionState,
): Promise<Finding[]> {
  const note = (what: string) => (name: string) => ({ what, where: name, count: 1 });
  const findings: Finding[] = [
    ...detached.map(
      note(
        "a table with the name of a day that is not part of the store: detached by hand; attach it, or rename it",
      ),
    ),
    ...foreign.map(note("a partition that the store did not make")),
    ...lone.map(note("a partition without the other half of its day")),
  ];
  const unindexed = await missingIndexes(session);
  if (unindexed > 0)
    findings.push({
      what: "indexes that are not valid, or missing from partitions",
      where: "indexes",
      count: unindexed,
      mend: () => indexCreate(session, catalogue),
    });
  return findings;
}

/** Indexes of the store that are invalid: of a partitioned table also where a partition has none. */
async function missingIndexes(session: Session): Promise<number> {
  const { rows } = await session.query(INVALID_INDEXES, [], { operation: "verify" });
  return Number(rows[0]?.["n"] ?? 0);
}

async function lookAtSlice(
  session: Session,
  context: VerifyContext & Looking,
  slice: checks.CheckedSlice,
  spans: readonly DaySpan[],
): Promise<Finding[]> {
  const { catalogue } = context;
  const where = whereOf(slice.span);
  const findings: Finding[] = [];
  const add = (what: string, count: number, mend?: () => Promise<unknown>): void => {
    if (count > 0) findings.push({ what, where, count, ...(mend === undefined ? {} : { mend }) });
  };
  // In the order in which they are mended: what is stored again is counted and listed by that.
  add("events without their row", await checks.countOrphanedJson(session, catalogue, slice), () =>
    patiently({ signal: context.limits.signal }, () => storeOrphans(context, slice)),
  );
  add("rows without the JSON of their event", await checks.countWithoutJson(session, catalogue, slice));
  add("identifiers without an event", await checks.countDangling(session, catalogue, slice, spans), () =>
    checks.mendDangling(session, catalogue, slice, spans),
  );
  add("events whose identifier is not listed", await checks.countUnlisted(session, catalogue, slice), () =>
    checks.mendUnlisted(session, catalogue, slice),
  );
  add("hours whose counter is wrong", await checks.countWrongHours(session, catalogue, slice, spans), () =>
    checks.mendHours(session, catalogue, slice, spans),
  );
  add("values that are not in the lists", await checks.countUnlistedWords(session, catalogue, slice), () =>
    checks.mendWords(session, catalogue, slice),
  );
  if (slice.span === null) await addStrays(session, catalogue, findings);
  return findings;
}

/** Stores the events anew whose JSON is there alone; one that can't be stored stays what it is, and its neighbours with it. */
async function storeOrphans(
  { catalogue, transaction, limits }: VerifyContext & Looking,
  slice: checks.CheckedSlice,
): Promise<void> {
  try {
    await transaction(async (inner) => {
      const packed = await checks.takeOrphanedJson(inner, catalogue, slice);
      const texts = packed.map((bytes) => readEvent(bytes));
      const { rejected } = await inner.insertEvents(texts.map((text) => withRaw(parseJson(text), text)));
      if (rejected.length > 0) throw new Unstorable();
    }, limits);
  } catch (error) {
    if (!(error instanceof Unstorable)) throw error;
  }
}

/**
 * Events in the default partition whose day could have one of its own: beyond the most partitions that a store makes none is wrong there, nor on a
 * cluster, where an insertion makes no day and the next refresh does.
 */
async function addStrays(session: Session, catalogue: Catalogue, findings: Finding[]): Promise<void> {
  if (isSpread(catalogue)) return;
  const days = await strayDays(session, catalogue);
  const room = days.length === 0 ? 0 : await roomForDays(session, catalogue);
  for (const day of days.slice(0, room))
    findings.push({
      what: "a day in the default partition that has no partition of its own",
      where: whereOf(oneDay(day)),
      count: 1,
      mend: () => adoptDays(session, catalogue),
    });
}
