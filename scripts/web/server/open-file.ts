/** The events of a file in memory, for `serve --file`. */
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { formatReadProblem, readEventItems, type ReadProblem } from "../../../runtime/events/read-events.js";
import { CliError } from "../../cli/errors.js";
import { eventList } from "../engine/event-list.js";
import { listData } from "../engine/list-data.js";
import { nextTurn, pausing, stopIfAborted } from "../engine/pause.js";
import type { ExplorerData } from "../shared/data.js";

/** Problems that are reported one by one. */
const SHOWN = 5;

/** What reading a file gave. */
export interface OpenFile {
  readonly data: ExplorerData;
  readonly events: number;
  /** Parts that are no event, in words. */
  readonly problems: readonly string[];
}

/** Reads a file, compressed or not, or a folder of events. @throws CliError when there is no event in it */
export async function openFile(path: string, catalogue: Catalogue, signal: AbortSignal): Promise<OpenFile> {
  const events: unknown[] = [];
  const found: ReadProblem[] = [];
  for await (const item of readEventItems(path)) {
    if (item.kind === "event") events.push(item.event);
    else found.push(item);
    stopIfAborted(signal);
  }
  if (events.length === 0)
    throw new CliError(
      found[0] === undefined ? `${path}: there is no event in it` : formatReadProblem(found[0]),
    );
  const { list, refused } = await eventList(events, catalogue, pausing(signal, nextTurn));
  const problems = [
    ...found.slice(0, SHOWN).map(formatReadProblem),
    ...(found.length > SHOWN ? [`and ${found.length - SHOWN} more parts that are no event`] : []),
    ...(refused > 0
      ? [`${refused} events have no ID or no DetectTime, or an ID that was there before; they are left out`]
      : []),
  ];
  const details = { "left out": refused, "not events": found.length };
  return { data: listData(list, { description: path, details }), events: list.events.length, problems };
}
