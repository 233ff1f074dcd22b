import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const ROOT = new URL("../../", import.meta.url);
const DOCUMENTS = [
  "ARCHITECTURE.md",
  "CONTRIBUTING.md",
  ...["grammar", "compiler", "runtime", "scripts"].map((folder) => `${folder}/README.md`),
];

/** The paths of files and folders that a document names in code, from the root or from its own folder. */
function pathsIn(text: string): readonly string[] {
  return (
    [...text.matchAll(/`([a-z][\w./-]*(?:\/|\.(?:ts|ohm|js|md)))`/g)]
      .map(([, path]) => path!)
      // NAME and FEATURE are for the reader to fill in.
      .filter((path) => !/NAME|FEATURE/.test(path))
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
