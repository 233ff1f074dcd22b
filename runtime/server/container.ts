import { createHash, randomBytes } from "node:crypto";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { clusterDatabase, clusterUser } from "./cluster.js";
import { DatabaseSourceError, reasonOf } from "./errors.js";
import { exists } from "./installations.js";
import type { ProgressListener } from "./types.js";

/** Major version of the image that the repository's Dockerfile makes. */
export const imageMajor = 15;

/** Name of that image on the container engine. */
const imageName = `idea-eventstore-postgres:${imageMajor}`;

/** The part of a started testcontainers container that is used here. */
export interface StartedContainer {
  getHost(): string;
  getMappedPort(port: number): number;
  stop(): Promise<unknown>;
}

/** The part of a testcontainers container definition that is used here. */
export interface ContainerDefinition {
  withName(name: string): ContainerDefinition;
  withEnvironment(environment: Record<string, string>): ContainerDefinition;
  withExposedPorts(...ports: number[]): ContainerDefinition;
  withBindMounts(mounts: { source: string; target: string }[]): ContainerDefinition;
  withHealthCheck(check: {
    test: ["CMD-SHELL", string];
    interval: number;
    timeout: number;
    retries: number;
  }): ContainerDefinition;
  withWaitStrategy(strategy: unknown): ContainerDefinition;
  start(): Promise<StartedContainer>;
}

/** The part of the optional package testcontainers that is used here. */
export interface ContainersModule {
  readonly getContainerRuntimeClient: () => Promise<unknown>;
  readonly Wait: { forHealthCheck(): unknown };
  readonly GenericContainer: {
    fromDockerfile(
      context: string,
      file?: string,
    ): { build(name: string, options: { deleteOnExit: boolean }): Promise<ContainerDefinition> };
  };
}

/** Loads the optional package; undefined when it is not installed. */
export async function loadTestcontainers(): Promise<ContainersModule | undefined> {
  // A name that the compiler does not follow: the package is optional, and its types are not part of ours.
  const name: string = "testcontainers";
  return import(name).then(
    (module: ContainersModule) => module,
    () => undefined,
  );
}

/** Whether containers can be had: true, or why not. */
export async function findContainerEngine(
  load: () => Promise<ContainersModule | undefined> = loadTestcontainers,
): Promise<true | string> {
  const module = await load();
  if (module === undefined) return "the package testcontainers is not installed";
  return module.getContainerRuntimeClient().then(
    () => true,
    () => "no container engine answers",
  );
}

/** The Dockerfile of the package: beside its package.json. */
async function dockerfile(): Promise<string> {
  for (
    let folder = dirname(fileURLToPath(import.meta.url));
    folder !== dirname(folder);
    folder = dirname(folder)
  ) {
    if (await exists(join(folder, "package.json"))) {
      const path = join(folder, "Dockerfile");
      if (await exists(path)) return path;
    }
  }
  throw new DatabaseSourceError(
    "container-failed",
    "The Dockerfile of idea-eventstore is missing; reinstall the package.",
  );
}

/** The password of the cluster in a folder, made when there is none: the volume keeps the first one. */
async function passwordIn(folder: string): Promise<string> {
  const path = join(folder, "password");
  const fresh = randomBytes(18).toString("base64url");
  await writeFile(path, fresh, { flag: "wx", mode: 0o600 }).catch(() => undefined);
  return (await readFile(path, "utf8")).trim();
}

function containerFailed(folder: string, error: unknown): DatabaseSourceError {
  const reason = reasonOf(error);
  if (/name .*already in use/i.test(reason)) {
    return new DatabaseSourceError(
      "data-folder-in-use",
      `The database of ${folder} runs in a container for another process. Wait until that process has ended (after one that was killed, ` +
        `the engine needs some ten seconds to clear up), or choose another folder with --data FOLDER. The engine said: ${reason}.`,
      { cause: error },
    );
  }
  return new DatabaseSourceError(
    "container-failed",
    `PostgreSQL could not be started in a container: ${reason}. Check the container engine (docker info), or choose another source, for ` +
      `example with DATABASE_URL.`,
    { cause: error },
  );
}

/** A server in a container. */
export interface ContainerServer {
  readonly connectionString: string;
  readonly stop: () => Promise<void>;
}

/**
 * Starts PostgreSQL with ip4r in a container; its image is built from the Dockerfile at the first time. The data lies in a volume of
 * the engine named after `folder`, so it outlives the container.
 *
 * @param folder cluster folder on this machine; holds the password
 * @throws DatabaseSourceError `container-failed` with the engine's reason, `data-folder-in-use`
 */
export async function startContainer(
  folder: string,
  onProgress: ProgressListener,
  load: () => Promise<ContainersModule | undefined> = loadTestcontainers,
): Promise<ContainerServer> {
  const module = await load();
  if (module === undefined)
    throw new DatabaseSourceError("container-failed", "The package testcontainers is not installed.");
  const context = await mkdtemp(join(tmpdir(), "eventstore-image-"));
  try {
    await cp(await dockerfile(), join(context, "Dockerfile"));
    onProgress(
      `Starting PostgreSQL ${imageMajor} with ip4r in a container (the first time builds its image)`,
    );
    const definition = await module.GenericContainer.fromDockerfile(context).build(imageName, {
      deleteOnExit: false,
    });
    const password = await passwordIn(folder);
    // One name for volume and container: the engine refuses a second container of that name, and so two servers on one volume.
    const name = `idea-eventstore-${createHash("sha256").update(folder).digest("hex").slice(0, 12)}`;
    const started = await definition
      .withName(name)
      .withEnvironment({
        POSTGRES_PASSWORD: password,
        POSTGRES_USER: clusterUser,
        POSTGRES_DB: clusterDatabase,
      })
      .withExposedPorts(5432)
      .withBindMounts([{ source: name, target: "/var/lib/postgresql/data" }])
      .withHealthCheck({
        // Over TCP: while the image initialises, its server listens on the socket alone.
        test: ["CMD-SHELL", `pg_isready -h 127.0.0.1 -U ${clusterUser}`],
        interval: 500,
        timeout: 3_000,
        retries: 120,
      })
      .withWaitStrategy(module.Wait.forHealthCheck())
      .start();
    const address = `${started.getHost()}:${started.getMappedPort(5432)}`;
    return {
      connectionString: `postgresql://${clusterUser}:${password}@${address}/${clusterDatabase}`,
      stop: async () => {
        await started.stop();
      },
    };
  } catch (error) {
    throw error instanceof DatabaseSourceError ? error : containerFailed(folder, error);
  } finally {
    await rm(context, { recursive: true, force: true });
  }
}
