import { describe, expect, it } from "vitest";
import { searchedColumns } from "../../../compiler/catalogue/columns.js";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import { eventEncoder } from "../../../runtime/events/encode.js";
import { ghostColumns, recordToIdeaGhost } from "../../../runtime/events/ghost.js";
import { eventToRow } from "../../../runtime/events/row.js";
import { generateEvents } from "../../../scripts/tools/demo/generate-events.js";
import { referenceEvent } from "./reference-event.js";

const encode = eventEncoder(IDEA_CATALOGUE);
const columns = searchedColumns(IDEA_CATALOGUE);

/** The ghost of an event, with times and booleans as PostgreSQL prints them. */
function ghostOf(event: unknown): Record<string, unknown> {
  const wire = encode(event, 0n);
  const texts = new Map(
    columns.map(({ name, pgType }, index) => [name, printed(wire[index] ?? null, pgType)]),
  );
  return recordToIdeaGhost(
    ghostColumns(IDEA_CATALOGUE).map((name) => texts.get(name) ?? null),
    IDEA_CATALOGUE,
  );
}

function printed(text: string | null, pgType: string): string | null {
  if (text === null) return null;
  if (pgType === "timestamptz") return text.replace("T", " ").replace("Z", "+00");
  return pgType === "boolean[]" ? text.replaceAll("true", "t").replaceAll("false", "f") : text;
}

describe("recordToIdeaGhost", () => {
  it("gives the reference event back, but for what has no column", () => {
    const { Format: _, ...event } = referenceEvent();
    expect(ghostOf(referenceEvent())).toEqual(event);
  });

  it("keeps protocols on their side and types on their node", () => {
    const event = {
      ID: "x",
      DetectTime: "2024-05-01T08:00:00.000001Z",
      Source: [{ Proto: ["tcp"], Spoofed: true }],
      Target: [{ Proto: ["udp"] }, { Proto: ["sctp"], Port: [1] }],
      Node: [
        { Name: "a", Type: ["Flow"] },
        { Name: "b", Type: ["Relay"] },
      ],
      Attach: [{ Hash: ["sha1:00"], FileName: ["a.exe"] }],
      _CESNET: { StorageTime: "2024-05-01T08:00:01Z" },
    };
    const ghost = ghostOf({ ...event, Format: "IDEA0", Category: ["Test"] });
    expect(ghost).toEqual({ ...event, Category: ["Test"] });
  });

  it("maps to the same row as the event", () => {
    for (const event of generateEvents({ count: 300, seed: 5 })) {
      expect(eventToRow({ ...ghostOf(event), Format: "IDEA0" })).toEqual(eventToRow(event));
    }
  });
});
