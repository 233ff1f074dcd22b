/** What the suites run on: PostgreSQL with the extension ip4r, and the embedded server with the schema ip4r_compat. */
export const engines = ["ip4r", "embedded"] as const;

/** One of {@link engines}. */
export type Engine = (typeof engines)[number];

/** A server of this run, or why there is none. */
export type TestServer =
  | { readonly kind: "available"; readonly connectionString: string; readonly description: string }
  | { readonly kind: "missing"; readonly reason: string };

/** The servers of this run, which the global set-up started. */
export type TestServers = Readonly<Record<Engine, TestServer>>;
