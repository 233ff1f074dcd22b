/** The page's files: built beforehand, held in memory, no network at run time. */
import { createHash, randomBytes } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { CliError } from "../../cli/errors.js";

const TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** Where the page's address puts the value that lets a style in. */
const NONCE = "{{nonce}}";

/** A file as it is sent. */
export interface PageFile {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly type: string;
  readonly etag: string;
}

/** The page and what it loads. */
export interface PageFiles {
  /** The page, with a new nonce. */
  readonly page: () => { readonly html: string; readonly nonce: string };
  readonly file: (name: string) => PageFile | undefined;
}

/**
 * Where the built page lies: beside this file in the package; under `dist` when this runs from the sources. A folder of one's own is for tests.
 *
 * @throws CliError when it was not built
 */
export async function readPageFiles(folder?: string): Promise<PageFiles> {
  const places =
    folder === undefined
      ? ["../site/", "../../../dist/scripts/web/site/"].map((place) =>
          fileURLToPath(new URL(place, import.meta.url)),
        )
      : [folder];
  for (const place of places) {
    const names = await readdir(place).catch((): string[] => []);
    if (names.includes("index.html")) return loadFiles(place, names);
  }
  throw new CliError("the page is not built", "run npm run build");
}

async function loadFiles(folder: string, names: readonly string[]): Promise<PageFiles> {
  const html = await readFile(join(folder, "index.html"), "utf8");
  const files = new Map<string, PageFile>();
  for (const name of names) {
    const type = TYPES[extname(name)];
    if (type === undefined) continue;
    const body = new Uint8Array(await readFile(join(folder, name)));
    const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
    files.set(name, { body, type, etag });
  }
  return {
    page: () => {
      const nonce = randomBytes(16).toString("base64");
      return { html: html.replaceAll(NONCE, nonce), nonce };
    },
    file: (name) => files.get(name),
  };
}
