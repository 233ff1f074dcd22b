/** What is said of a server without ip4r. No such server runs here, so the answers of one are given. */
import { describe, expect, it } from "vitest";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import { citusStatements } from "../../../compiler/schema/citus.js";
import { EventStorageError, type Session } from "../../../runtime/index.js";
import { distribute } from "../../../runtime/store/schema/layout.js";
import { requireRanges } from "../../../runtime/store/schema/requirements.js";

interface Server {
  readonly present?: boolean;
  readonly available?: boolean;
  readonly schema?: string | null;
  /** Creating the extension fails with this. */
  readonly refuses?: string;
}

/** A session on such a server, and what was sent to it. */
function sessionOn({ present = false, available = false, schema = null, refuses }: Server) {
  const sent: string[] = [];
  const session: Pick<Session, "query" | "transaction"> = {
    query: async (text) => {
      await Promise.resolve();
      sent.push(text);
      if (text.startsWith("create") && refuses !== undefined) throw new Error(refuses);
      const rows = text.startsWith("select") ? [{ present, major: 16, available, schema }] : [];
      return { rows, rowCount: rows.length, columns: [], command: "SELECT" };
    },
    transaction: (work) => work(session as Session),
  };
  return { session: session as Session, sent };
}

describe("address ranges", () => {
  it("are taken as they are where the type is there", async () => {
    const { session, sent } = sessionOn({ present: true });
    await requireRanges(session);
    expect(sent).toHaveLength(1);
  });

  it("are created where the server has the extension", async () => {
    const { session, sent } = sessionOn({ available: true });
    await requireRanges(session);
    expect(sent.at(-1)).toBe("create extension if not exists ip4r");
  });

  it.each([
    ["no package", {}, /install the package postgresql-16-ip4r .* or ip4r_16/],
    [
      "another schema",
      { available: true, schema: "addons" },
      /in the schema addons, which is not on the search_path/,
    ],
    [
      "no right",
      { available: true, refuses: "permission denied" },
      /an administrator .* CREATE EXTENSION ip4r \(.*permission denied/,
    ],
  ])("are asked for in words that help: %s", async (_, server, message) => {
    const asked = requireRanges(sessionOn(server).session);
    await expect(asked).rejects.toBeInstanceOf(EventStorageError);
    await expect(asked).rejects.toMatchObject({ code: "object_missing" });
    await expect(asked).rejects.toThrow(message);
  });
});

describe("a cluster of Citus", () => {
  /** A session on a server that answers so, and what was sent to it. */
  const serverWith = (found: { readonly available: boolean; readonly loaded: boolean }) => {
    const sent: string[] = [];
    const query = async (text: string) => {
      await Promise.resolve();
      sent.push(text);
      return { rows: [found], rowCount: 1, columns: [], command: "SELECT" };
    };
    return { session: { query } as unknown as Session, sent };
  };

  it.each([
    [{ available: false, loaded: false }, /needs the extension citus, and it is not installed there/],
    [{ available: true, loaded: false }, /it is not loaded: set shared_preload_libraries = 'citus'/],
  ])("is asked for in words that help: %j", async (found, message) => {
    const { session, sent } = serverWith(found);
    const spread = distribute(session, IDEA_CATALOGUE, { citus: {} });
    await expect(spread).rejects.toThrow(message);
    await expect(spread).rejects.toMatchObject({ code: "object_missing", operation: "databaseCreate" });
    expect(sent).toHaveLength(1);
  });

  it("is told the shards that were asked for", async () => {
    const { session, sent } = serverWith({ available: true, loaded: true });
    await distribute(session, IDEA_CATALOGUE, { citus: { shards: 6 } });
    const spread = citusStatements(IDEA_CATALOGUE, 6);
    expect(sent.slice(1, spread.length + 1)).toEqual(spread);
    expect(sent.slice(spread.length + 1)[0]).toMatch(/^create or replace function \S*events_store/u);
  });
});
