/** The events that a person may see, and no way past them: what `--restrict` makes of a store or a file. */
import type { FilterOptions } from "../../../compiler/compile.js";
import { fieldReader } from "../../../compiler/extract/field-reader.js";
import { microsToDate } from "../../../compiler/values/time.js";
import { rolesOf } from "../shared/catalogue-roles.js";
import { askFor } from "../shared/compose.js";
import type { DataCall, DataStatus, ExplorerData, Question } from "../shared/data.js";

/** A filter that every event has to meet, with the values of its parameters. */
export interface ShownRestriction {
  readonly filter: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/**
 * The data as if there were no events but those that meet the restriction. Handlers are given this and nothing else, so that one that is added can't
 * forget the restriction.
 */
export function restrictedData(
  data: ExplorerData,
  restriction: ShownRestriction,
  options: FilterOptions,
): ExplorerData {
  const within = <Q extends Question>(question: Q): Q => ({
    ...question,
    ...askFor([{ filter: question.filter, args: question.args }, restriction], {}, options),
  });
  return {
    search: async (question, call) => data.search(within(question), call),
    count: async (question, call) => data.count(within(question), call),
    top: async (question, call) => data.top(within(question), call),
    summary: async (question, call) => data.summary(within(question), call),
    timeline: async (question, call) => data.timeline(within(question), call),
    stream: (question, call) => data.stream(within(question), call),
    status: (call) => statusWithin(data, askFor([restriction], {}, options), call),
  };
}

/** Nothing of the status of the whole is passed on: neither its size nor its versions. */
async function statusWithin(data: ExplorerData, question: Question, call: DataCall): Promise<DataStatus> {
  const { catalogue } = question.filter;
  const { time: timeName } = rolesOf(catalogue);
  const field = catalogue.fields.find(({ name }) => name === timeName);
  const end = async (sort: "detect_time.asc" | "detect_time.desc"): Promise<Date | null> => {
    const { events } = await data.search({ ...question, sort, limit: 1 }, call);
    const [time] = field?.kind === "stored" ? fieldReader(field, catalogue)(events[0]) : [];
    return typeof time === "bigint" ? microsToDate(time) : null;
  };
  const [events, oldest, newest] = await Promise.all([
    data.count(question, call),
    end("detect_time.asc"),
    end("detect_time.desc"),
  ]);
  return { description: "a part of the events", events, oldest, newest, details: {} };
}
