/**
 * What a store finds and counts, as files that a person reads: the events, filters with the identifiers that each finds, fields with their
 * most frequent values. `npx vitest run test/runtime/store/samples --update` writes what is found below each line that begins with `>`.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, it } from "vitest";
import { compileFilter } from "../../../compiler/compile.js";
import { collect, describeStores, idsOf } from "./support.js";

const FOLDER = new URL("../../golden/store/", import.meta.url);
const fileOf = (name: string): string => fileURLToPath(new URL(name, FOLDER));

const events = readFileSync(fileOf("events.ndjson"), "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line) as { readonly ID: string });

/** The file with the answer below each question; comments stay, and so do empty lines. */
async function answered(name: string, answer: (question: string) => Promise<string>): Promise<string> {
  const lines: string[] = [];
  for (const line of readFileSync(fileOf(name), "utf8").trimEnd().split("\n")) {
    if (line === "" || line.startsWith("#")) lines.push(line);
    if (!line.startsWith("> ")) continue;
    lines.push(line, ...(await answer(line.slice(2))).split("\n").map((text) => `  ${text}`));
  }
  return `${lines.join("\n")}\n`;
}

/** Zone of local times and hours. */
const timeZone = "Europe/Prague";

describeStores("samples", ({ storage }) => {
  /** Identifiers that a filter finds, by every way that finds or counts. */
  const found = async (text: string): Promise<string> => {
    const filter = compileFilter(text, { timeZone });
    const ids = idsOf((await storage().searchEvents({ filter, sort: "detect_time.asc" })).events);
    expect(idsOf(await collect(storage().streamEvents({ filter, sort: "detect_time.asc" }))), text).toEqual(
      ids,
    );
    expect(await storage().countEvents({ filter }), text).toBe(ids.length);
    expect(
      events.filter(filter.matcher()).map(({ ID }) => ID),
      text,
    ).toEqual(ids);
    return ids.length === 0 ? "none" : ids.length === events.length ? "all" : ids.join(" ");
  };

  /** `FIELD` or `FIELD where FILTER`: its values with their counts. */
  const top = async (question: string): Promise<string> => {
    const [by = "", text] = question.split(" where ");
    const filter = text === undefined ? undefined : compileFilter(text, { timeZone });
    const rows = await storage().aggregateEvents({ by, filter, limit: 20 });
    return rows
      .map(({ value, count }) => `${count} ${value === null ? "(missing)" : String(value)}`)
      .join("\n");
  };

  beforeAll(async () => {
    const { inserted } = await storage().insertEvents(events);
    expect(inserted).toBe(events.length);
  });

  it.each(["before", "after"])("are as their files say, %s a refresh", async (when) => {
    if (when === "after") await storage().refresh();
    await expect(await answered("searches.txt", found)).toMatchFileSnapshot(fileOf("searches.txt"));
    await expect(await answered("tops.txt", top)).toMatchFileSnapshot(fileOf("tops.txt"));
  });
});
