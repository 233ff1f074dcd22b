import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { typedFile } from "./language-service.js";

const FIXTURE = new URL("./wrong-calls.fixture.ts", import.meta.url);
const EXPECTED = /^ *\/\/ @ts-expect-error .*$/gm;
const { diagnose, hover } = typedFile("wrong-calls.fixture.ts");

describe("wrong calls", () => {
  it("are all compile errors", async () => {
    const text = await readFile(FIXTURE, "utf8");
    expect(text.match(EXPECTED)?.length).toBe(43);
    expect(diagnose(text)).toEqual([]);
  });

  it("are compile errors on the very line, each of them", async () => {
    const text = await readFile(FIXTURE, "utf8");
    const lines = text.split("\n");
    const wrong = lines.flatMap((line, index) =>
      line.includes("@ts-expect-error ") && !line.includes("`") ? [index + 2] : [],
    );
    const found = diagnose(text.replace(EXPECTED, ""));
    expect(new Set(found.map(([line]) => line))).toEqual(new Set(wrong));
    expect(found.map(([, message]) => message).join("\n")).toContain("Did you mean to write 'filter'?");
  });
});

/** A call with a wrong option, and what its error has to say. */
const OVERLOADED: readonly (readonly [call: string, says: string])[] = [
  ["searchEvents({ raw: true, limt: 5 })", "'limit'"],
  ["searchEvents({ filter: 'severity = low', srt: 'detect_time.asc' })", "'srt'"],
  ["streamEvents({ raw: true, srt: 'detect_time.asc' })", "'sort'"],
  ["fetchEvent('a', { raw: true, sgnal: 1 })", "'signal'"],
  ["timelineEvents({ by: ['severty'] })", "'\"severity\"'"],
  ["timelineEvents({ by: 'severity', stp: '1h' })", "'step'"],
  ["timelineEvents({ by: ['severity'], step: '1 fortnight' })", "TimelineStep"],
  [
    "thresholdSave({ eventId: 'a', key: 'k', group: 'g', sevrity: 'low', createTime: new Date() })",
    "'severity'",
  ],
  ["insertEvent({ ID: 'a', Detecttime: '2024-05-01T08:00:00Z' })", "DetectTime"],
  ["insertEvent({})", "ID, DetectTime"],
];

describe("an error of a method with several forms", () => {
  it.each(OVERLOADED)("%s names the option", (call, says) => {
    const head =
      'import { openStorage } from "../../runtime/store/index.js";\nconst storage = await openStorage();\n';
    const found = diagnose(`${head}await storage.${call};\n`);
    expect(found.map(([line]) => line)).toEqual([3]);
    expect(found[0]?.[1]).toContain(says);
  });
});

const PROGRAM = `import { andFilters, compileFilter, checkFilter, filter, openStorage, parseIpRange, FilterError, IDEA_CATALOGUE } from "../../runtime/store/index.js";
const storage = await openStorage({ timeZone: "Europe/Prague" });
const compiled = compileFilter("source.ip in $nets and severity >= $least");
const page = await storage.searchEvents({ filter: compiled, args: { nets: [], least: "low" }, limit: 5 });
await storage.insertEvents([], { concurrency: 1 });
await storage.timelineEvents({ step: "1h", by: "severity" });
void [andFilters, checkFilter, filter, parseIpRange, FilterError, IDEA_CATALOGUE, page.next, compiled.matches];
`;

/** Public names, and what comes before the place of each in {@link PROGRAM}. */
const NAMES: readonly (readonly [name: string, behind: string])[] = [
  ["openStorage", "await "],
  ["timeZone", "openStorage({ "],
  ["compileFilter", "compiled = "],
  ["searchEvents", "storage."],
  ["limit", '"low" }, '],
  ["insertEvents", "await storage."],
  ["concurrency", "[], { "],
  ["timelineEvents", "await storage."],
  ["step", "timelineEvents({ "],
  ["andFilters", "void ["],
  ["filter", "checkFilter, "],
  ["FilterError", "parseIpRange, "],
  ["next", "page."],
  ["matches", "compiled."],
];

describe("what an editor shows over a public name", () => {
  it.each(NAMES)("is as it was read last: %s", async (name, behind) => {
    await expect(hover(PROGRAM, name, behind)).toMatchFileSnapshot(`../golden/hover/${name}.txt`);
  });
});
