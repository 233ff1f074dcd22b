/** What the page has done outside of its own thread: checking filters, searching files. Runs in a worker, or where there is none in the page. */
import { analyseFilter, type FilterOptions } from "../../../compiler/compile.js";
import { localService } from "../../codemirror/local-service.js";
import { readEventFile } from "../engine/read-file.js";
import type { Backend, ExportChoice, PageQuery } from "./backend.js";
import type { ParameterBox } from "./parameter-boxes.js";
import { localBackend } from "./local-backend.js";
import type { ViewQuery } from "../shared/answers.js";
import type { Methods } from "./rpc.js";

/** The methods; state is the language's options and the file that is open. */
export function workshop(): Methods {
  let options: FilterOptions = {};
  let service = localService(options);
  let opened: Backend | null = null;
  const file = (): Backend => {
    if (opened === null) throw new Error("no file is open");
    return opened;
  };
  return {
    configure: ([given]) => {
      options = given as FilterOptions;
      service = localService(options);
    },
    check: ([text]) => service.check(text as string),
    complete: ([text, offset]) => service.complete(text as string, offset as number),
    format: ([text]) => service.format(text as string),
    parameters: ([text]) => {
      const { parameters } = analyseFilter(text as string, options);
      return [...parameters.values()].map(({ name, type, list }): ParameterBox => ({ name, type, list }));
    },
    describe: ([word]) => service.describe(word as string),
    open: async ([given], signal) => {
      const { events, problems, name } = await readEventFile(given as File, signal);
      opened = await localBackend({ description: name, events, problems, options }, signal);
      return opened.status(signal);
    },
    fields: (_, signal) => file().fields(signal),
    status: (_, signal) => file().status(signal),
    search: ([query], signal) => file().search(query as PageQuery, signal),
    count: ([query], signal) => file().count(query as ViewQuery, signal),
    timeline: ([query, by], signal) => file().timeline(query as ViewQuery, by as string, signal),
    summary: ([query, fields], signal) =>
      file().summary(query as ViewQuery, fields as readonly string[], signal),
    event: ([id], signal) => file().event(id as string, signal),
    explain: ([query], signal) => file().explain(query as ViewQuery, signal),
    exportAddress: ([query, choice], signal) =>
      file().exportAddress(query as ViewQuery, choice as ExportChoice, signal),
  };
}
