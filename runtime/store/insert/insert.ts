/** Storing events: one by one, gathered from many producers, or in bulk. */
import { isDeepStrictEqual } from "node:util";
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { isSpread } from "../../../compiler/catalogue/spread.js";
import { storeTables } from "../../../compiler/catalogue/tables.js";
import { unpackEvent, type EventFormat } from "../../postgres/event-text.js";
import { addToMessage } from "../../postgres/reworded-error.js";
import {
  DataError,
  EventStorageError,
  StorageConnectionError,
  StorageIntegrityError,
  TransactionConflictError,
} from "../../postgres/errors.js";
import { boundSession } from "../../postgres/bounded.js";
import { runBulk, type BulkStep, type Outcome, type Prepared } from "../../postgres/bulk.js";
import { createGroupCommit, type GroupCommit } from "../../postgres/group-commit.js";
import type { Session } from "../../postgres/session.js";
import { IdeaError } from "../../events/idea-error.js";
import type { CallOptions } from "../../postgres/statement.js";
import type { StoreModule } from "../client.js";
import type { StoreContext } from "../context.js";
import { refuseNewer } from "../schema/newer.js";
import { storedTexts } from "../slices/located.js";
import { hasMany, sliceLimits } from "../slices/slices.js";
import type { BulkOptions, BulkProgress, BulkResult, InsertOptions, RejectedEvent } from "../types/events.js";
import { createEncoder, withRaw, type EncodeEvent } from "./encode.js";
import { freeLostIds } from "./free-ids.js";
import { createKnownDays, withoutDays, type KnownDays } from "./known-days.js";
import { createKnownWords, type KnownWords } from "./known-words.js";
import { insertOnWorkers, spreadInsert, type SpreadInsert } from "./spread-insert.js";
import { ofItem, ofPacked } from "./rejected-text.js";
import { insertStatements, type EncodedEvent, type InsertStatements } from "./encoded-event.js";

/** Identifiers remembered of events whose fate is unknown. */
const REMEMBERED_DOUBTS = 10_000;

/** What inserting needs to know of a store. One for each open storage. */
export interface Inserter {
  readonly catalogue: Catalogue;
  readonly encode: EncodeEvent;
  readonly days: KnownDays;
  readonly words: KnownWords;
  readonly statements: InsertStatements;
  /**
   * How events are stored on the workers of a cluster; null on one server, and within a transaction of the caller's, where Citus has to see which rows
   * it touches by which connection.
   */
  readonly spread: SpreadInsert | null;
  /** Events of calls that ended without an answer: sent again, they count as ours when they are there. */
  readonly doubts: Set<string>;
  readonly connect: StoreModule["connect"];
  readonly context: StoreContext;
}

/** The inserter of a store, which keeps new events in a format. */
export function createInserter(context: StoreContext, format?: EventFormat): Inserter {
  const { catalogue, statements, connect } = context;
  return {
    context,
    catalogue,
    connect,
    encode: createEncoder(catalogue, format),
    days: isSpread(catalogue) ? withoutDays(createKnownDays(catalogue)) : createKnownDays(catalogue),
    words: createKnownWords(catalogue),
    statements: insertStatements(catalogue, statements),
    spread: isSpread(catalogue) ? spreadInsert(catalogue, context) : null,
    doubts: new Set(),
  };
}

/** Whether an event was stored, or another with its id was there before. */
export type Stored = "inserted" | "duplicate";

/** What is sent for one event. `doubtful`: an earlier attempt ended without an answer, so the event may be stored already. */
export interface Submission {
  readonly event: EncodedEvent;
  doubtful: boolean;
}

/**
 * Stores events, all or none, and reports what became of each. A repeated submission whose acknowledgement was lost counts as
 * inserted when what is stored is the same text.
 */
async function store(
  unbound: Session,
  inserter: Inserter,
  submissions: readonly Submission[],
  options: CallOptions = {},
): Promise<readonly Stored[]> {
  const session = boundSession(unbound, options);
  if (inserter.doubts.size > 0)
    for (const submission of submissions)
      if (inserter.doubts.has(submission.event.id)) submission.doubtful = true;
  const first = new Map<string, Submission>();
  for (const submission of submissions) {
    if (!first.has(submission.event.id)) first.set(submission.event.id, submission);
  }
  const unique = [...first.values()];
  await inserter.days.ensure(
    session,
    unique.map(({ event }) => event),
    options,
  );
  const inserted = await runInsert(session, inserter, unique, options);
  if (inserted.size < unique.length)
    await refuseNewer(session, inserter, unique.length === 1 ? "insertEvent" : "insertEvents");
  const doubtful = unique.filter((submission) => submission.doubtful && !inserted.has(submission.event.id));
  if (doubtful.length > 0) {
    const ids = doubtful.map(({ event }) => event.id);
    for (const [id, event] of await storedTexts(session, inserter.context, ids, options)) {
      const own = first.get(id);
      if (own !== undefined && unpackEvent(own.event.packed) === event) inserted.add(id);
    }
    for (const id of ids) inserter.doubts.delete(id);
  }
  return submissions.map((submission) =>
    first.get(submission.event.id) === submission && inserted.has(submission.event.id)
      ? "inserted"
      : "duplicate",
  );
}

/** The ids that were stored now. */
async function runInsert(
  session: Session,
  inserter: Inserter,
  submissions: readonly Submission[],
  options: CallOptions,
): Promise<Set<string>> {
  try {
    const { words, statements } = inserter;
    const { one, oneOfKnownWords } = statements;
    const events = submissions.map(({ event }) => event);
    const [first] = events;
    if (first === undefined || events.length > 1 || inserter.spread !== null)
      return await insertMany(session, inserter, events, options);
    const isCovered = words.covers(first);
    const id = await session.run(isCovered ? oneOfKnownWords : one, first, options);
    if (!isCovered) words.remember(first);
    // Nothing was stored; only the statement for many tells an event that is there from one that went with its day.
    return id === null ? await insertMany(session, inserter, events, options) : new Set([id]);
  } catch (error) {
    if (!(error instanceof EventStorageError) || !isDoubtful(error)) throw error;
    for (const submission of submissions) {
      submission.doubtful = true;
      remember(inserter.doubts, submission.event.id);
    }
    throw mayBeStored(error, submissions.length);
  }
}

/** The ids that were stored now; those whose events went with their partition among them. */
async function insertMany(
  session: Session,
  inserter: Inserter,
  events: readonly EncodedEvent[],
  options: CallOptions,
): Promise<Set<string>> {
  const { context, statements, spread, words } = inserter;
  // Workers are asked nothing within ON CONFLICT.
  const asksLater = isSpread(context.catalogue) || (await hasMany(session, context, sliceLimits(options)));
  if (!asksLater) return new Set(await session.run(statements.many, events, options));
  const insert = async (some: readonly EncodedEvent[]): Promise<Iterable<string>> =>
    spread === null
      ? session.run(statements.manyNew, some, options)
      : insertOnWorkers(session, spread, { events: some, words }, options);
  const stored = new Set(await insert(events));
  const there = events.filter(({ id }) => !stored.has(id));
  const freed = await freeLostIds(session, context, there, options);
  const again = there.filter(({ id }) => freed.has(id));
  if (again.length > 0) for (const id of await insert(again)) stored.add(id);
  return stored;
}

/** The answer was lost: to a broken connection, or to one that was dropped when the time was over. */
function isDoubtful(error: EventStorageError): boolean {
  return error.uncertain || error instanceof StorageConnectionError;
}

function remember(doubts: Set<string>, id: string): void {
  const [oldest] = doubts;
  if (doubts.size >= REMEMBERED_DOUBTS && oldest !== undefined) doubts.delete(oldest);
  doubts.add(id);
}

/** The same error, which says what is not known. */
function mayBeStored(error: EventStorageError, events: number): EventStorageError {
  if (!error.uncertain) return error;
  const what = events === 1 ? "the event" : `the ${events} events`;
  return addToMessage(
    error,
    `${what} may have been stored: sent again, what is stored counts as stored by this call`,
  );
}

/** A lost connection or a conflict with another session: the same batch may be sent again, and {@link store} shows what was stored before. */
function isReplayable(error: unknown): boolean {
  // Of a refusal for good, such as a wrong password, another attempt changes nothing.
  if (error instanceof StorageConnectionError)
    return error.code !== "storage_closed" && (error.retryable || error.uncertain);
  return error instanceof TransactionConflictError;
}

/** While one batch is written, the next is encoded and sent: the server and this process work at the same time. */
const GATHERING_LANES = 2;

/** Gathers the events of concurrent producers: each submit resolves after the COMMIT of its batch. */
export function createGathering(session: Session, inserter: Inserter): GroupCommit<Submission, Stored> {
  return createGroupCommit<Submission, Stored>({
    run: (batch) => store(session, inserter, batch),
    replay: isReplayable,
    lanes: GATHERING_LANES,
  });
}

/** Where single events go. Within a transaction nothing gathers them. */
export interface InsertTarget {
  readonly session: Session;
  readonly inserter: Inserter;
  readonly gathering: GroupCommit<Submission, Stored> | null;
}

/**
 * Stores one event and returns its id: together with those of other producers where there is a gathering, else by a statement of its own.
 * One that can be aborted or has a name or a time limit goes alone, for cancelling a gathered batch would hit the others.
 *
 * @throws IdeaError when the event cannot be stored, StorageIntegrityError when its id is taken
 */
export async function insertEvent(
  { session, inserter, gathering }: InsertTarget,
  event: unknown,
  options: InsertOptions = {},
): Promise<string> {
  const encoded = inserter.encode(options.raw === undefined ? event : withRaw(event, options.raw));
  const submission: Submission = { event: encoded, doubtful: false };
  const alone = options.signal !== undefined || options.timeoutMs !== undefined || options.name !== undefined;
  const stored =
    gathering && !alone
      ? await gathering.submit(submission)
      : (await store(session, inserter, [submission], options))[0];
  if (stored === "duplicate" && options.onConflict !== "ignore")
    throw new StorageIntegrityError(`insertEvent: an event with the id "${encoded.id}" is stored already`, {
      operation: "insertEvent",
      sqlState: "23505",
      constraint: `${storeTables(inserter.catalogue).ids.name}_pkey`,
    });
  return encoded.id;
}

/** On a cluster a batch is a call for each shard, and a transaction of all workers, which cost the same for few events as for many. */
const SPREAD_BATCH = 512;

interface BulkItem {
  readonly index: number;
  readonly submission: Submission;
}

/**
 * Stores many events; see {@link BulkOptions}. An error that ends it early carries what was done until then as `partial`.
 */
export async function insertEvents(
  session: Session,
  inserter: Inserter,
  events: Iterable<unknown> | AsyncIterable<unknown>,
  options: BulkOptions = {},
): Promise<BulkResult> {
  const reject = options.onConflict === "error";
  const { onProgress, signal, timeoutMs, concurrency } = options;
  return runBulk<unknown, BulkItem, RejectedEvent>(events, {
    prepare: (item, index) => prepare(inserter, item, index),
    send: async (batch): Promise<readonly Outcome<RejectedEvent>[]> => {
      const submissions = batch.map(({ submission }) => submission);
      const stored = await store(session, inserter, submissions, { signal, timeoutMs });
      const different = await differing(session, inserter, { submissions, stored }, { signal, timeoutMs });
      return stored.map((kind, position): Outcome<RejectedEvent> => {
        if (kind === "duplicate" && reject)
          return { kind: "rejected", rejection: conflict(batch[position]!) };
        return { kind: different.has(submissions[position]!) ? "different" : kind };
      });
    },
    refuse: (error, index, { submission }) => refusal(error, index, submission.event),
    replay: isReplayable,
    onProgress: onProgress && ((step) => onProgress(idsOfStep(step))),
    onFailure: (error, partial) => {
      if (error instanceof Error && Object.isExtensible(error)) Object.assign(error, { partial });
    },
    signal,
    concurrency,
    batchSize: inserter.spread === null ? undefined : SPREAD_BATCH,
  });
}

function idsOfStep(step: BulkStep<BulkItem, RejectedEvent>): BulkProgress {
  const ids = (items: readonly BulkItem[]) => items.map(({ submission }) => submission.event.id);
  return {
    inserted: ids(step.inserted),
    duplicates: ids(step.duplicates),
    different: ids(step.different),
    rejected: step.rejected.flatMap(({ id }) => id ?? []),
  };
}

/** Those of the duplicates whose content is not that of the event with their id: of the stored one, or of an earlier one of the batch. */
async function differing(
  session: Session,
  { context }: Inserter,
  {
    submissions,
    stored,
  }: { readonly submissions: readonly Submission[]; readonly stored: readonly Stored[] },
  options: CallOptions,
): Promise<ReadonlySet<Submission>> {
  const duplicates = submissions.filter((_, position) => stored[position] === "duplicate");
  if (duplicates.length === 0) return new Set();
  const ids = [...new Set(duplicates.map(({ event }) => event.id))];
  const texts = await storedTexts(boundSession(session, options), context, ids, options);
  return new Set(
    duplicates.filter(({ event: { id, packed } }) => {
      const there = texts.get(id);
      return there !== undefined && !sameContent(there, unpackEvent(packed));
    }),
  );
}

/** The order of keys is no content. */
function sameContent(a: string, b: string): boolean {
  return a === b || isDeepStrictEqual(JSON.parse(a), JSON.parse(b));
}

function prepare(inserter: Inserter, item: unknown, index: number): Prepared<BulkItem, RejectedEvent> {
  try {
    const event = inserter.encode(item);
    const bytes = event.columns.reduce((sum, text) => sum + (text?.length ?? 4), event.packed.length);
    return { kind: "encoded", value: { index, submission: { event, doubtful: false } }, bytes };
  } catch (error) {
    if (!(error instanceof IdeaError)) throw error;
    const id = idOf(item);
    const rejection = { index, path: error.path, reason: error.reason, ...(id === undefined ? {} : { id }) };
    return { kind: "rejected", rejection: ofItem(rejection, item) };
  }
}

function idOf(item: unknown): string | undefined {
  try {
    const event = typeof item === "object" && item !== null && "event" in item ? item.event : item;
    if (typeof event !== "object" || event === null || !("ID" in event)) return undefined;
    return typeof event.ID === "string" ? event.ID.slice(0, 200) : undefined;
  } catch {
    return undefined;
  }
}

/** A single event that the server refuses is rejected; anything else ends the bulk. */
function refusal(error: unknown, index: number, { id, packed }: EncodedEvent): RejectedEvent | null {
  const about = error instanceof DataError || error instanceof StorageIntegrityError || isTooLarge(error);
  return about && error instanceof Error
    ? ofPacked({ index, id, path: "$", reason: error.message }, packed)
    : null;
}

/** 54000 program_limit_exceeded and its kind: the event does not fit into a row or an index entry. */
function isTooLarge(error: unknown): boolean {
  return error instanceof EventStorageError && (error.sqlState?.startsWith("54") ?? false);
}

function conflict({ index, submission }: BulkItem): RejectedEvent {
  const { id, packed } = submission.event;
  return ofPacked({ index, id, path: "ID", reason: "an event with this id is stored already" }, packed);
}
