/** Reads an event for storing, or refuses it. */
import type { Catalogue, StoredField } from "../../compiler/catalogue/model.js";
import { eventReader, type EventReader } from "../../compiler/extract/event-reader.js";
import { pathReader } from "../../compiler/extract/path-reader.js";
import { problemLog } from "../../compiler/extract/value.js";
import { isObject } from "../../compiler/extract/walk.js";
import { IdeaError } from "./idea-error.js";

/** The reader of events that are to be stored: {@link EventReader} whose `read` throws IdeaError for an event that cannot be. */
export function contentReader(catalogue: Catalogue): EventReader {
  const { fields, read } = eventReader(catalogue);
  const required = [...fields.entries()].filter(
    ([, field]) => field.required === true && field.stamped !== true,
  );
  return {
    fields,
    read: (event) => {
      if (!isObject(event)) throw new IdeaError("$", "an event is a JSON object");
      const content = read(event);
      for (const [position, field] of required) {
        if (content.values[position]?.length === 0) throw refusal(field, event, catalogue);
      }
      return content;
    },
  };
}

/** The field is read once more: its problem may lie beyond the limit of the remarks. */
function refusal(field: StoredField, event: unknown, catalogue: Catalogue): IdeaError {
  const log = problemLog(1);
  pathReader(field, field.paths, catalogue)(event, log);
  const [problem] = log.problems;
  return new IdeaError(problem?.path ?? field.paths[0] ?? "$", problem?.reason ?? "missing");
}
