import { describe, expect, it } from "vitest";
import { csvLine } from "../../../scripts/cli/render/csv.js";
import {
  formatBytes,
  formatClock,
  formatCount,
  formatElapsed,
  formatEvents,
} from "../../../scripts/cli/render/numbers.js";
import { createOutput, OutputClosed } from "../../../scripts/cli/render/output.js";
import { createProgressLine, progressText } from "../../../scripts/cli/render/progress.js";
import { hasUnicode, painter, wantsColor } from "../../../scripts/cli/render/terminal.js";
import { formatDate } from "../../../scripts/cli/render/time.js";
import { keptStream } from "../support/cli.js";

const terminal = { width: 100, unicode: true, paint: painter(false) };
const state = { label: "ingest", done: 250, total: 1000, items: 12_345, elapsedMs: 2000 };

describe("progressText", () => {
  it("shows share, count, rate and remaining time", () => {
    expect(progressText(state, terminal)).toBe(
      "ingest ██████░░░░░░░░░░░░░░░░░░  25%  12,345 events  6,173/s  0:06 left",
    );
  });

  it("does without bar where it does not fit, and without share where there is no total", () => {
    expect(progressText(state, { ...terminal, width: 60 })).toBe(
      "ingest  25%  12,345 events  6,173/s  0:06 left",
    );
    expect(progressText({ ...state, total: null }, terminal)).toBe("ingest  12,345 events  6,173/s");
    expect(progressText({ ...state, done: 0, elapsedMs: 0 }, { ...terminal, unicode: false })).toBe(
      "ingest ........................   0%  12,345 events",
    );
    expect(progressText({ ...state, done: 0, total: 0 }, terminal)).toContain("100%");
  });
});

describe("createProgressLine", () => {
  it("draws over itself on a terminal, ten times a second at most, and cleans up", async () => {
    const stream = keptStream(100);
    let now = 0;
    const line = createProgressLine(createOutput(stream, {}), () => now);
    line.update(state);
    now = 50;
    line.update(state);
    now = 150;
    line.update(state);
    await line.clear();
    expect(stream.text().split("\r\u001b[2K")).toHaveLength(4);
    expect(stream.text().endsWith("\r\u001b[2K")).toBe(true);
  });

  it("draws nothing where no person looks", async () => {
    const stream = keptStream();
    const line = createProgressLine(createOutput(stream, {}));
    line.update(state);
    await line.clear();
    expect(stream.text()).toBe("");
  });
});

describe("createOutput", () => {
  it("rejects with OutputClosed when nobody reads", async () => {
    const output = createOutput(
      {
        write: (_, done) => {
          done?.(Object.assign(new Error("write EPIPE"), { code: "EPIPE" }));
          return false;
        },
        on: () => undefined,
      },
      {},
    );
    await expect(output.write("x")).rejects.toBeInstanceOf(OutputClosed);
    await expect(output.write("y")).rejects.toBeInstanceOf(OutputClosed);
  });
});

describe("numbers and times", () => {
  it("are readable", () => {
    expect([0, 999, 1000, 1234567].map(formatCount)).toEqual(["0", "999", "1,000", "1,234,567"]);
    expect([formatEvents(1), formatEvents(2), formatEvents(0, "file")]).toEqual([
      "1 event",
      "2 events",
      "0 files",
    ]);
    expect([812, 1536, 250 * 1024 ** 2].map(formatBytes)).toEqual(["812 B", "1.5 KiB", "250 MiB"]);
    expect([0.84, 12.3, 3400, 125_000, 119_700, 600_000].map(formatElapsed)).toEqual([
      "0.8 ms",
      "12 ms",
      "3.4 s",
      "2 min 5 s",
      "2 min",
      "10 min",
    ]);
    expect([11_100_000, 10 * 86_400_000].map(formatElapsed)).toEqual(["3 h 5 min", "10 d"]);
    expect([0, 7000, 750_000, 3_723_000].map(formatClock)).toEqual(["0:00", "0:07", "12:30", "1:02:03"]);
  });

  it("are in a zone", () => {
    const date = new Date("2024-05-01T22:30:05.123Z");
    expect(formatDate(date, "UTC")).toBe("2024-05-01 22:30:05");
    expect(formatDate(date, "Europe/Prague", "minute")).toBe("2024-05-02 00:30");
  });
});

describe("csvLine", () => {
  it("quotes what needs it", () => {
    expect(csvLine(["a", 'b "c"', "d,e", "f\ng", "", " h"])).toBe('a,"b ""c""","d,e","f\ng",," h"');
  });

  it("keeps spreadsheets from running a value as a formula, unless it is wanted raw", () => {
    const formulas = ["=1", "+1", "-1", "@a", "\tb", "\rc"];
    expect(formulas.map((value) => csvLine([value]).replaceAll('"', ""))).toEqual(
      formulas.map((value) => `'${value}`),
    );
    const hidden = [" =1", '"=1', ' "\u200b+1', "\uff1d1", "\uff20a"];
    for (const value of hidden)
      expect(csvLine([value]).replaceAll('"', "")).toBe(`'${value.replaceAll('"', "")}`);
    // Where the comma is for decimals a semicolon ends a cell, quoted or not.
    expect(csvLine(["a;=1;b", 'c,"; @d'])).toBe(`a;'=1;b,"c,"";' @d"`);
    expect(csvLine(["a-b", "1;2", "x = y", "me@example.org"])).toBe("a-b,1;2,x = y,me@example.org");
    expect(csvLine(["=1", "-1", "a;=1"], "raw")).toBe("=1,-1,a;=1");
  });
});

describe("the terminal", () => {
  it("has colours unless told otherwise", () => {
    expect(wantsColor(true, {})).toBe(true);
    expect(wantsColor(true, { NO_COLOR: "1" })).toBe(false);
    expect(wantsColor(true, { TERM: "dumb" })).toBe(false);
    expect(wantsColor(false, {})).toBe(false);
    expect(wantsColor(false, { FORCE_COLOR: "1", NO_COLOR: "1" })).toBe(true);
    expect(wantsColor(true, { FORCE_COLOR: "0" })).toBe(false);
  });

  it("has block characters in UTF-8", () => {
    expect(hasUnicode({ LANG: "cs_CZ.UTF-8" }, "linux")).toBe(true);
    expect(hasUnicode({ LANG: "C.utf8" }, "linux")).toBe(true);
    expect(hasUnicode({ LANG: "en_US.UTF-8", LC_ALL: "C" }, "linux")).toBe(false);
    expect(hasUnicode({}, "linux")).toBe(true);
    expect(hasUnicode({ LANG: "C" }, "win32")).toBe(true);
  });
});
