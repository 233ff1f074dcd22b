import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { cli } from "../scripts/support/cli.js";

const ROOT = new URL("../../", import.meta.url);
const DOCUMENTS = [
  "ARCHITECTURE.md",
  "CONTRIBUTING.md",
  ...["grammar", "compiler", "runtime", "scripts", "scripts/deploy"].map((folder) => `${folder}/README.md`),
  "scripts/deploy/moving-in.md",
];

/** What users read first, with commands to copy. */
const GUIDES = ["README.md", "scripts/deploy/moving-in.md"];

/** The paths of files and folders that a document names in code, from the root or from its own folder. */
function pathsIn(text: string): readonly string[] {
  return (
    [...text.matchAll(/`([a-z][\w./-]*(?:\/|\.(?:ts|ohm|js|md)))`/g)]
      .map(([, path]) => path!)
      // NAME, FEATURE and AREA are for the reader to fill in.
      .filter((path) => !/NAME|FEATURE|AREA/.test(path))
  );
}

describe.each(DOCUMENTS)("%s", (document) => {
  const text = readFileSync(new URL(document, ROOT), "utf8");

  it("names files that exist", () => {
    const own = new URL(document, ROOT);
    // A file that is named after a folder may be in that folder.
    const folders = [
      ROOT,
      own,
      ...pathsIn(text)
        .filter((path) => path.includes("/"))
        .flatMap((path) => [new URL(path, ROOT), new URL(path, own)]),
    ];
    const missing = pathsIn(text).filter(
      (path) => !folders.some((folder) => existsSync(new URL(path, folder))),
    );
    expect(missing).toEqual([]);
  });

  it("links to files that exist", () => {
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link]) => link!);
    expect(links.filter((link) => !existsSync(new URL(link, new URL(document, ROOT))))).toEqual([]);
  });
});

const REFERENCE = new URL("generated/reference/", ROOT);
const pages = ["README.md", ...readdirSync(new URL("api/", REFERENCE)).map((name) => `api/${name}`)];

/** The anchors of a page: its headings as renderers write them. */
function anchorsOf(text: string): ReadonlySet<string> {
  const titles = [...text.matchAll(/^#+ (.*)$/gm)].map(([, title]) => title!.toLowerCase());
  return new Set(titles.map((title) => title.replace(/[^\w\s-]/g, "").replaceAll(" ", "-")));
}

describe("the reference of the exports", () => {
  it.each(pages)("%s links to files and headings that exist", (page) => {
    const address = new URL(page, REFERENCE);
    const links = [...readFileSync(address, "utf8").matchAll(/\]\((?!https?:)([^)]+)\)/g)];
    const broken = links.filter(([, link = ""]) => {
      const target = new URL(link, address);
      const anchor = target.hash.slice(1);
      target.hash = "";
      return !existsSync(target) || (anchor !== "" && !anchorsIn(target).has(anchor));
    });
    expect(broken.map(([, link]) => link)).toEqual([]);
  });
});

describe("options and results", () => {
  // What trees are made of is told by their kinds.
  const TREES = /Declared in \[(?:compiler\/tree|compiler\/values\/filter-values|grammar\/ast)\.ts\]/;

  it.each(["idea-eventstore", "editor", "testing"])("of %s are documented, each member", (page) => {
    const sections = readFileSync(new URL(`api/${page}.md`, REFERENCE), "utf8").split("\n### ");
    const bare = sections
      .filter((section) => section.startsWith("interface ") && !TREES.test(section))
      .flatMap((section) =>
        [...section.matchAll(/^- `[^`]+`$/gm)].map(([line]) => `${section.split("\n")[0]} ${line}`),
      );
    expect(bare).toEqual([]);
  });
});

const anchors = new Map<string, ReadonlySet<string>>();

function anchorsIn(page: URL): ReadonlySet<string> {
  let known = anchors.get(page.href);
  if (known === undefined) anchors.set(page.href, (known = anchorsOf(readFileSync(page, "utf8"))));
  return known;
}

/** The calls of our command in the shell blocks of a document: its words up to the end of the line, a pipe or a comment. */
function callsIn(text: string): readonly (readonly string[])[] {
  return [...text.matchAll(/^```(?:sh|console)\n(.*?)^```$/gms)].flatMap(([, block = ""]) =>
    [...block.matchAll(/^(?:\$ )?(?:npx )?eventstore (.*)$/gm)].map(([, line = ""]) =>
      (line.match(/'[^']*'|"[^"]*"|[^\s'"]+/g) ?? []).slice(0, wordsBefore(line)),
    ),
  );
}

function wordsBefore(line: string): number {
  const end = (line.match(/'[^']*'|"[^"]*"|[^\s'"]+/g) ?? []).findIndex((word) =>
    /^(?:#|\||>|&&)/.test(word),
  );
  return end < 0 ? Number.POSITIVE_INFINITY : end;
}

/** The help of a command, or of its subcommand. */
async function helpOf([command = "", second = ""]: readonly string[]): Promise<string> {
  const help = await cli([command, "--help"]);
  expect(help.code, command).toBe(0);
  if (!/^Commands:$/m.test(help.stdout)) return help.stdout;
  const inner = await cli([command, second, "--help"]);
  expect(inner.code, `${command} ${second}`).toBe(0);
  return inner.stdout;
}

describe.each(GUIDES)("the shell of %s", (guide) => {
  it("calls commands that exist, with options that they have", async () => {
    const calls = callsIn(readFileSync(new URL(guide, ROOT), "utf8"));
    expect(calls.length).toBeGreaterThan(1);
    for (const call of calls) {
      const known = new Set((await helpOf(call)).match(/(?<![\w-])--?[a-z][a-z-]*/g));
      const options = call.filter((word) => /^--?[a-z]/.test(word)).map((word) => word.split("=")[0]!);
      expect(
        options.filter((option) => !known.has(option)),
        call.join(" "),
      ).toEqual([]);
    }
  });
});
