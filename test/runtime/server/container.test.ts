import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  findContainerEngine,
  startContainer,
  type ContainerDefinition,
  type ContainersModule,
} from "../../../runtime/server/container.js";

/** A container engine that notes what it is asked for. */
function fakeModule(fails?: string): {
  readonly module: ContainersModule;
  readonly calls: Record<string, unknown>;
} {
  const calls: Record<string, unknown> = {};
  const note = (name: string, value: unknown): ContainerDefinition => {
    calls[name] = value;
    return definition;
  };
  const definition: ContainerDefinition = {
    withName: (name) => note("name", name),
    withEnvironment: (environment) => note("environment", environment),
    withExposedPorts: (...ports) => note("ports", ports),
    withBindMounts: (mounts) => note("mounts", mounts),
    withHealthCheck: (check) => note("check", check),
    withWaitStrategy: (strategy) => note("wait", strategy),
    start: async () => {
      if (fails !== undefined) throw new Error(fails);
      return {
        getHost: () => "engine.test",
        getMappedPort: (port) => port + 50_000,
        stop: async () => note("stopped", true),
      };
    },
  };
  const module: ContainersModule = {
    getContainerRuntimeClient: async () => {
      if (fails !== undefined) throw new Error(fails);
    },
    Wait: { forHealthCheck: () => "health" },
    GenericContainer: {
      fromDockerfile: (context) => ({
        build: async (name) => {
          calls["image"] = name;
          calls["dockerfile"] = await readFile(join(context, "Dockerfile"), "utf8");
          return definition;
        },
      }),
    },
  };
  return { module, calls };
}

describe("a database in a container", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "eventstore-container-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("is there when the package is installed and an engine answers", async () => {
    expect(await findContainerEngine(async () => fakeModule().module)).toBe(true);
    expect(await findContainerEngine(async () => fakeModule("down").module)).toBe(
      "no container engine answers",
    );
    expect(await findContainerEngine(async () => undefined)).toBe(
      "the package testcontainers is not installed",
    );
  });

  it("is built from the repository's Dockerfile, keeps its data in a volume, and has the same password again", async () => {
    const { module, calls } = fakeModule();
    const server = await startContainer(
      folder,
      () => undefined,
      async () => module,
    );
    expect(calls["dockerfile"]).toContain("postgresql-15-ip4r");
    expect(server.connectionString).toMatch(
      /^postgresql:\/\/postgres:[\w-]{24}@engine\.test:55432\/eventstore$/,
    );
    expect(calls["mounts"]).toEqual([
      {
        source: expect.stringMatching(/^idea-eventstore-[0-9a-f]{12}$/) as string,
        target: "/var/lib/postgresql/data",
      },
    ]);
    expect(calls["name"]).toBe((calls["mounts"] as { source: string }[])[0]?.source);
    const again = await startContainer(
      folder,
      () => undefined,
      async () => fakeModule().module,
    );
    expect(again.connectionString).toBe(server.connectionString);
    await server.stop();
    expect(calls["stopped"]).toBe(true);
  });

  it("is refused to a second process, which the engine tells by the container's name", async () => {
    const conflict = 'Conflict. The container name "/idea-eventstore-1" is already in use by container "abc"';
    const start = startContainer(
      folder,
      () => undefined,
      async () => fakeModule(conflict).module,
    );
    await expect(start).rejects.toMatchObject({ code: "data-folder-in-use" });
  });

  it("fails with the engine's reason and what to do", async () => {
    const start = startContainer(
      folder,
      () => undefined,
      async () => fakeModule("port is taken").module,
    );
    await expect(start).rejects.toMatchObject({ code: "container-failed" });
    await expect(start).rejects.toThrow("port is taken");
  });
});
