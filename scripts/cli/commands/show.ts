/** `eventstore show`: one event, whole. */
import { Option, type Command } from "commander";
import type { EventStorage } from "../../../runtime/store/types.js";
import { stopSignal, type CliContext } from "../context.js";
import { CliError } from "../errors.js";
import { jsonLine } from "../event-writer.js";
import { examples } from "../help.js";
import { printableJson } from "../render/text.js";
import { setUp, withStorage } from "../setup.js";

interface ShowCliOptions {
  readonly format: (typeof FORMATS)[number];
}

const FORMATS = ["json", "ndjson", "raw"] as const;

/** Ids shown when the beginning of one fits several. */
const SHOWN_IDS = 5;

/** Adds `show`. */
export function addShowCommand(program: Command, context: CliContext): void {
  program
    .command("show")
    .summary("show one event")
    .description("Print the event with this id, or with the only id that begins so.")
    .argument("<ID>", "id of an event, or its beginning as a table shows it")
    .addOption(
      new Option("-f, --format <FORMAT>", "indented json, one line of ndjson, or raw: as it came in")
        .choices(FORMATS)
        .default("json"),
    )
    .addHelpText(
      "after",
      examples([
        ["eventstore show 59c85a23-11b6-4faf-9eff-55bfb5f7fda5", "by the whole id"],
        ["eventstore show 59c85a23", "by its beginning"],
      ]),
    )
    .action(async (given: string, _, command: Command) => {
      const setup = await setUp<ShowCliOptions>(context, command);
      // As it is copied from a table that had no room for all of it.
      const id = given.replace(/[…~]$/, "");
      const event = await withStorage(setup, (storage) => findEvent(storage, id, stopSignal(context)));
      const { stdout } = context;
      const safe = stdout.isTerminal ? printableJson : (text: string) => text;
      switch (setup.options.format) {
        case "raw":
          return stdout.write(safe(event) + "\n");
        case "ndjson":
          return stdout.write(jsonLine(event, stdout) + "\n");
        case "json":
          return stdout.write(safe(indentJson(event)) + "\n");
      }
    });
}

/** The stored text of the event. @throws CliError when there is none, or more than one that begins so */
async function findEvent(storage: EventStorage, id: string, signal: AbortSignal): Promise<string> {
  const exact = await storage.fetchEvent(id, { raw: true, signal });
  if (exact !== null) return exact;
  const filter = `id starts with ${JSON.stringify(id)}`;
  const { events, hasMore } = await storage.searchEvents({ filter, limit: SHOWN_IDS, raw: true, signal });
  const [only] = events;
  if (only === undefined) throw new CliError(`there is no event with the id ${JSON.stringify(id)}`);
  if (events.length === 1) return only;
  const ids = events.map((event) => String((JSON.parse(event) as { readonly ID?: unknown }).ID));
  throw new CliError(
    `${hasMore ? "many" : events.length} events have an id that begins with ${JSON.stringify(id)}`,
    `write more of it: ${ids.join(", ")}${hasMore ? " …" : ""}`,
  );
}

/**
 * JSON text with two blanks of indentation for each level. Done on the text, not on a parsed value, so that numbers keep
 * their digits and keys their order. Empty lists and objects stay on their line.
 */
export function indentJson(text: string): string {
  let depth = 0;
  const lineBreak = (): string => `\n${"  ".repeat(depth)}`;
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
  return tokens
    .map((token, index) => {
      const next = tokens[index + 1];
      switch (token) {
        case "{":
        case "[":
          depth += 1;
          return next === "}" || next === "]" ? token : token + lineBreak();
        case "}":
        case "]": {
          depth -= 1;
          const isEmpty = tokens[index - 1] === "{" || tokens[index - 1] === "[";
          return isEmpty ? token : lineBreak() + token;
        }
        case ",":
          return token + lineBreak();
        case ":":
          return ": ";
        default:
          return token;
      }
    })
    .join("");
}
