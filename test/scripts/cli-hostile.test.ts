/** Whatever is typed or configured, a command is right with it, or says in a sentence what is wrong. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { StorageConnectionError } from "../../runtime/postgres/errors.js";
import { COMMAND_GROUPS } from "../../scripts/cli/commands.js";
import { readConfig } from "../../scripts/cli/config.js";
import type { CliContext } from "../../scripts/cli/context.js";
import { CliError } from "../../scripts/cli/errors.js";
import { HOSTILE_TEXTS, hostileSeed, someOf } from "../support/hostile-values.js";
import { seeded } from "../support/range-texts.js";
import { cli } from "./support/cli.js";

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), "eventstore-cli-"))));
afterAll(() => rm(folder, { recursive: true }));

describe("any text for any option and argument", () => {
  // No argument of a process has U+0000.
  const given = HOSTILE_TEXTS.filter((text) => !text.includes("\u0000"));
  // They wait for a client, a browser or a person, or they would start and stop servers.
  const left = ["lsp", "serve", "db start", "db stop", "completion"];

  async function commandsOf(): Promise<readonly Command[]> {
    const context = { stdout: {}, stderr: {} } as CliContext;
    const program = new Command();
    for (const [, entries] of COMMAND_GROUPS)
      for (const { load } of entries) (await load())(program, context, "1");
    return program.commands.flatMap((one) => (one.commands.length > 0 ? one.commands : [one]));
  }
  const wordsOf = (command: Command): readonly string[] =>
    command.parent === null || command.parent.name() === ""
      ? [command.name()]
      : [command.parent.name(), command.name()];

  /** What is wrong with how a command ends: it has no server to reach. */
  async function faultsOf(args: readonly string[]): Promise<readonly string[]> {
    const stop = new AbortController();
    const openStorage = (): never => {
      stop.abort();
      throw new StorageConnectionError("no server", { code: "connection_refused" });
    };
    const env = { XDG_STATE_HOME: folder };
    const { code, stdout, stderr } = await cli(args, {
      openStorage,
      interrupt: stop.signal,
      cwd: folder,
      env,
    });
    const isFit =
      [0, 1, 2, 130].includes(code) &&
      !/^ +at |\[object |undefined|--debug to see/mu.test(stderr) &&
      (code === 0 || code === 130 || stderr !== "" || stdout !== "");
    return isFit ? [] : [`${JSON.stringify(args)} ${code} ${stderr}`.slice(0, 400)];
  }

  it("is taken, or refused in a sentence with 1 or 2", async () => {
    const random = seeded(hostileSeed());
    const faults: string[] = [];
    const tryOut = async (...args: readonly string[]) => void faults.push(...(await faultsOf(args)));
    for (const command of await commandsOf()) {
      const words = wordsOf(command);
      if (left.includes(words.join(" "))) continue;
      const right = command.registeredArguments.filter(({ required }) => required).map(() => "severity");
      const outside = /file|out|rejected/u;
      for (const { long, required, optional } of command.options)
        for (const text of required || optional ? someOf(given, random, 2) : [])
          await tryOut(
            ...words,
            ...right,
            `${long}=${outside.test(long ?? "") ? join(folder, "no", text) : text}`,
          );
      for (const text of someOf(given, random, 2)) await tryOut(...words, text);
    }
    for (const option of ["database", "data", "schema", "sets", "filters", "catalogue", "zone"])
      for (const text of someOf(given, random, 3)) await tryOut("count", `--${option}=${text}`);
    expect(faults).toEqual([]);
  });

  it("is taken, or refused by name, in a configuration", () => {
    for (const key of ["database", "data", "zone", "catalogue", "sets", "filters", "__proto__", "toString"])
      for (const value of [...HOSTILE_TEXTS, 1, null, true, [], {}, [[1]], { a: [{}] }, { __proto__: 1 }])
        try {
          readConfig("/x/eventstore.config.json", `{${JSON.stringify(key)}: ${JSON.stringify(value)}}`);
        } catch (error) {
          expect(error, key).toBeInstanceOf(CliError);
          expect(String(error)).toContain(key);
        }
    for (const text of HOSTILE_TEXTS.filter((one) => one !== "{}"))
      expect(() => readConfig("/x/eventstore.config.json", text)).toThrow(CliError);
    const broken = '{"database": "postgres://u:Geheim"@h/d"}';
    expect(() => readConfig("/x/eventstore.config.json", broken)).toThrow(
      /line 1, column \d+: expected "," or "}"$/,
    );
  });
});
