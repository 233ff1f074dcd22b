/** What the suites run on: PostgreSQL with the extension ip4r, and the embedded server with the schema ip4r_compat. */
export const engines = ["ip4r", "embedded"] as const;

/** One of {@link engines}. */
export type Engine = (typeof engines)[number];

/**
 * The engines that a run is to start: those that `TEST_ENGINES` names, separated by commas (none when it is empty), else all.
 *
 * @throws Error when it names anything else
 */
export function wantedEngines(names: string | undefined): readonly Engine[] {
  if (names === undefined) return engines;
  const wanted = names.split(",").filter((name) => name !== "");
  const unknown = wanted.filter((name) => !engines.some((engine) => engine === name));
  if (unknown.length > 0)
    throw new Error(`TEST_ENGINES names ${engines.join(" and ")}, not ${unknown.join(", ")}`);
  return engines.filter((engine) => wanted.includes(engine));
}

/** A server of this run, or why there is none. */
export type TestServer =
  | { readonly kind: "available"; readonly connectionString: string; readonly description: string }
  | { readonly kind: "missing"; readonly reason: string };

/** The servers of this run, which the global set-up started. */
export type TestServers = Readonly<Record<Engine, TestServer>>;
