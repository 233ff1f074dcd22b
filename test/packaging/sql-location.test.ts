/** SQL is written where it is looked for: in statements files and in the folders for SQL, and nowhere else. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sourceFiles } from "../support/code-measures.js";
import { sqlTexts } from "../support/sql-texts.js";

const ROOT = new URL("../../", import.meta.url);

/** Files and folders of SQL; what is generated; tools, which are free to. */
const HOME = /(?:^|\/)(?:[\w-]+-)?statements\.ts$|\/(?:sql|schema|lower)\/|^generated\/|^scripts\/tools\//u;

/** Shows people a statement that reads what they searched; nothing runs it. */
const EXAMPLES: ReadonlySet<string> = new Set(["scripts/web/page/snippets.ts"]);

const PLANTED = [
  'const a = "select * from events";',
  "const a = `select ${columns} from ${table}`;",
  "const a = `\n  -- newest first\n  SELECT id, detect_time\n  FROM events`;",
  "run('Insert  into events (id) values ($1)');",
  "run(`update ${table} set x = 1`);",
  'run("update events set x = 1");',
  'run("DELETE FROM events");',
  'run("create unique index on t (x)");',
  'run("alter role reader nologin");',
  'run("drop table if exists t");',
  'run("truncate events");',
  'run("set local jit = off");',
  'run("set statement_timeout to 0");',
  "run('begin isolation level serializable');",
  "run(`savepoint ${name}`);",
  'run("vacuum analyze events");',
  "run(`grant select on ${table} to reader`);",
  "const a = `with x as (${inner}) select`;",
  "const a = text + ' from pg_class c where true';",
  "const a = `${name}, set_config('jit', 'off', true)`;",
  'run("copy events from stdin");',
  'run("explain (analyze) " + text);',
  "run(`select 1`);",
  "run('do $$ begin end $$');",
  "run(`declare ${name} no scroll cursor for ${query}`);",
  "run(`fetch forward ${n} from found_rows`);",
  "run(`close found_rows`);",
];

const INNOCENT = [
  'const a = "select an event to see it";',
  'const a = "Select a field";',
  'const a = "update the list of filters";',
  'const a = "Create the database first (CREATE DATABASE), or correct its name.";',
  'const a = "drop a file here";',
  'const a = "set the time zone with --time-zone";',
  'const a = "with --json one object a line";',
  'const a = "begin";',
  'const a = "Delete events that match";',
  "// select * from events\nconst a = 1;",
  'const a = "show help";',
  'const a = "cluster";',
];

describe("SQL text", () => {
  it("is found wherever it is planted, and nothing else is taken for it", () => {
    expect(PLANTED.filter((source) => sqlTexts("planted.ts", source).length === 0)).toEqual([]);
    expect(INNOCENT.flatMap((source) => sqlTexts("innocent.ts", source))).toEqual([]);
  });

  it("is found in the files for it, too", () => {
    const file = "runtime/store/roles/statements.ts";
    expect(sqlTexts(file, readFileSync(new URL(file, ROOT), "utf8")).length).toBeGreaterThan(10);
  });

  it("is written in statements files, sql/, schema/ and lower/ only", () => {
    const strays = sourceFiles(ROOT)
      .filter((file) => !HOME.test(file) && !EXAMPLES.has(file))
      .flatMap((file) =>
        sqlTexts(file, readFileSync(new URL(file, ROOT), "utf8")).map(
          ({ line, text }) => `${file}:${line}: ${text}`,
        ),
      );
    expect(strays).toEqual([]);
  });
});
