/** Reads an event for storing, or refuses it. */
import type { Catalogue, StoredField } from "../../compiler/catalogue/model.js";
import { indexCatalogue } from "../../compiler/catalogue/lookup.js";
import { eventReader, type EventContent } from "../../compiler/extract/event-reader.js";
import { pathReader } from "../../compiler/extract/path-reader.js";
import { problemLog } from "../../compiler/extract/value.js";
import { isObject } from "../../compiler/extract/walk.js";
import { IdeaError } from "./idea-error.js";

/** What an event says about every field of the catalogue. @throws IdeaError when the event cannot be stored */
export type ContentReader = (event: unknown) => EventContent;

/** The reader of events that are to be stored: an object with a usable value in every required field that is not stamped. */
export function contentReader(catalogue: Catalogue): ContentReader {
  const readEvent = eventReader(catalogue);
  const required = [...indexCatalogue(catalogue).fields.values()].filter(
    (field) => field.kind === "stored" && field.required === true && field.stamped !== true,
  ) as readonly StoredField[];
  return (event) => {
    if (!isObject(event)) throw new IdeaError("$", "an event is a JSON object");
    const content = readEvent(event);
    for (const field of required) {
      if (content.values.get(field)?.length === 0) throw refusal(field, event, catalogue);
    }
    return content;
  };
}

/** The field is read once more: its problem may lie beyond the limit of the remarks. */
function refusal(field: StoredField, event: unknown, catalogue: Catalogue): IdeaError {
  const log = problemLog(1);
  pathReader(field, field.paths, catalogue)(event, log);
  const [problem] = log.problems;
  return new IdeaError(problem?.path ?? field.paths[0] ?? "$", problem?.reason ?? "missing");
}
