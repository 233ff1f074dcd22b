/** Holding a filter against three evaluators, and saying where they part. */
import { IDEA_CATALOGUE } from "../../compiler/catalogue/idea.js";
import { compileFilter, type FilterOptions } from "../../compiler/compile.js";
import { POOL_NOW } from "./pool.js";
import { referenceMatch } from "./reference-match.js";
import { shrinkCase, type FilterCase } from "./shrink-case.js";
import { openTable } from "./temporary-table.js";

/** What {@link expectAgreement} works with; the rest as the options of compileFilter. */
export interface AgreementOptions extends Pick<FilterOptions, "catalogue" | "sets" | "filters" | "timeZone"> {
  /** Where PostgreSQL is asked, in a temporary table; without it the two evaluators in memory are compared. */
  readonly database?: { readonly connectionString: string } | undefined;
  /** Values of `$parameters`. */
  readonly args?: Readonly<Record<string, unknown>> | undefined;
  /** The reading of the clock; {@link POOL_NOW} when absent. */
  readonly now?: Date | undefined;
}

/** What each evaluator says of one event. */
interface Answers {
  readonly postgresql?: boolean;
  readonly matches: boolean;
  readonly reference: boolean;
}

/** The answers about some events, in their order. */
type Ask = (filter: string, events: readonly unknown[]) => Promise<readonly Answers[]>;

/**
 * Passes when PostgreSQL over the rows of these events, `matches` over the events and {@link referenceMatch} say the same of every event.
 * Where they differ, filter and event are made as small as they still differ.
 *
 * @throws Error that shows the smallest filter and event with the three answers, and the filter as it was given
 * @throws FilterError when the filter has an error, ArgumentError for wrong arguments
 * @example
 * await expectAgreement("source.ip in 10.0.0.0/8", events, { database: await testDatabase() });
 */
export async function expectAgreement(
  filter: string,
  events: readonly unknown[],
  options: AgreementOptions = {},
): Promise<void> {
  const { ask, close } = await asker(options);
  try {
    const answers = await ask(filter, events);
    const index = answers.findIndex(differ);
    if (index < 0) return;
    const parts = async (given: FilterCase): Promise<boolean> =>
      (await ask(given.filter, [given.event])).some(differ);
    const smallest = await shrinkCase({ filter, event: events[index] }, parts);
    const [answer] = await ask(smallest.filter, [smallest.event]);
    throw new Error(report(filter, smallest, answer ?? answers[index]!));
  } finally {
    await close();
  }
}

function differ({ postgresql, matches, reference }: Answers): boolean {
  return matches !== reference || (postgresql !== undefined && postgresql !== reference);
}

function report(filter: string, smallest: FilterCase, answers: Answers): string {
  return [
    "the evaluators do not agree",
    `filter: ${smallest.filter}`,
    `event: ${showJson(smallest.event)}`,
    ...Object.entries(answers).map(([name, answer]) => `${name}: ${String(answer)}`),
    ...(smallest.filter === filter ? [] : [`found with: ${filter}`]),
  ].join("\n");
}

function showJson(value: unknown): string {
  return JSON.stringify(value, (_key, given: unknown) => (typeof given === "bigint" ? String(given) : given));
}

async function asker(options: AgreementOptions): Promise<{ ask: Ask; close: () => Promise<void> }> {
  const { database, args = {}, now = POOL_NOW, ...filterOptions } = options;
  const catalogue = options.catalogue ?? IDEA_CATALOGUE;
  const inMemory = (filter: string, event: unknown): Answers => ({
    matches: compileFilter(filter, filterOptions).matches(event, args, { now }),
    reference: referenceMatch(filter, event, { ...filterOptions, args, now }),
  });
  if (database === undefined)
    return {
      ask: (filter, events) => Promise.resolve(events.map((event) => inMemory(filter, event))),
      close: () => Promise.resolve(),
    };
  const table = await openTable(database.connectionString, catalogue);
  return {
    ask: async (filter, events) => {
      const found = await table.find(compileFilter(filter, filterOptions).sql(args, { now }), events);
      return events.map((event, row) => ({ postgresql: found.has(row), ...inMemory(filter, event) }));
    },
    close: table.close,
  };
}
