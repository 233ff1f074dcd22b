/** What the model-based test of the store works with: small events, readable filters, a plain model, and two stores in one database. */
import fc from "fast-check";
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import { openStorage } from "../../../runtime/store/index.js";
import { ALERTS_CATALOGUE } from "../../support/catalogues.js";
import { referenceMatcher, type JsonEvent } from "../../testing/index.js";
import type { ModelledStore, StoreModel } from "../../testing/store-model.js";

/** An event of the model. */
export interface ModelEvent extends JsonEvent {
  readonly ID: string;
  readonly DetectTime: string;
  readonly Category: readonly string[];
  readonly _CESNET: { readonly StorageTime: string; readonly EventSeverity?: string };
}

/** The stores side by side, by the name that the scripts call them. */
export const CATALOGUES = { idea: IDEA_CATALOGUE, alerts: ALERTS_CATALOGUE } as const satisfies Readonly<
  Record<string, Catalogue>
>;
export type StoreName = keyof typeof CATALOGUES;

/** What should be in the stores. */
export type Model = Readonly<Record<StoreName, StoreModel>>;

export const emptyModel = (): Model => ({ idea: new Map(), alerts: new Map() });

/** The events of a store that meet a filter. */
export function matching(model: StoreModel, store: StoreName, filter: string): readonly ModelEvent[] {
  const holds = referenceMatcher(filter, { catalogue: CATALOGUES[store] });
  return [...model.values()].filter((event): event is ModelEvent => holds(event));
}

/** Two clients of each store. */
export interface Real {
  readonly clients: Record<StoreName, [ModelledStore, ModelledStore]>;
  readonly connectionString: string;
}

/** Opens both stores twice in an empty database. */
export async function openWorld(connectionString: string): Promise<Real> {
  const open = async (store: StoreName): Promise<[ModelledStore, ModelledStore]> => {
    const options = { connectionString, catalogue: CATALOGUES[store], pool: { max: 3 } };
    const first = await openStorage(options);
    await first.databaseCreate();
    return [first, await openStorage(options)];
  };
  return { clients: { idea: await open("idea"), alerts: await open("alerts") }, connectionString };
}

/** Empties the stores. */
export async function emptyWorld({ clients }: Real): Promise<void> {
  for (const [storage] of Object.values(clients)) await storage.deleteEvents({ all: true });
}

/** Closes all clients. */
export async function closeWorld({ clients }: Real): Promise<void> {
  await Promise.all(
    Object.values(clients)
      .flat()
      .map((storage) => storage.close()),
  );
}

/** Times on few days of two years; two of them are one microsecond apart. */
const TIMES = [
  "2023-12-31T23:59:59.999999Z",
  "2024-01-01T00:00:00Z",
  "2024-05-01T08:00:00Z",
  "2024-05-01T08:30:00Z",
  "2024-05-02T23:59:59Z",
  "2024-07-15T12:00:00Z",
] as const;

const IDS = ["a", "b", "c", "d", "e", "f"] as const;

export const events: fc.Arbitrary<ModelEvent> = fc
  .record({
    ID: fc.constantFrom(...IDS),
    DetectTime: fc.constantFrom(...TIMES),
    Category: fc.subarray(["Recon.Scanning", "Attempt.Login", "Test"], { minLength: 0 }),
    source: fc.subarray(["10.0.0.1", "192.0.2.0/24"]),
    ports: fc.subarray([22, 80]),
    severity: fc.constantFrom(null, "low", "high"),
  })
  .map(({ ID, DetectTime, Category, source, ports, severity }) => ({
    Format: "IDEA0",
    ID,
    DetectTime,
    Category,
    ...(source.length + ports.length === 0 ? {} : { Source: [{ IP4: source, Port: ports }] }),
    _CESNET: {
      StorageTime: "2024-08-01T00:00:00Z",
      ...(severity === null ? {} : { EventSeverity: severity }),
    },
  }));

export const filters = fc.constantFrom(
  "true",
  "severity = high",
  "severity missing",
  "category under Recon",
  "not category = Test",
  "source.ip in 10.0.0.0/8",
  "source.ip overlaps 192.0.2.7 or source.port = 22",
  "source has (ip exists and port = 80)",
  "detect_time >= 2024-05-01",
  "detect_time in 2024-05-01T08:00..<2024-05-03 and severity = low",
  "id in [a, c, none]",
);
