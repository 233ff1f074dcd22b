/**
 * `npm run generate`: writes generated/ from the operation specs and a database that is asked for the types, and the TextMate grammar.
 *
 * With `--check` nothing is written: the files are held, byte for byte and without a database, against what would be written. With
 * `--check --live` also a database against the manifest, one of `--database URL` or DATABASE_URL, otherwise a new one.
 */
import { readFileSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { IDEA_CATALOGUE } from "../../compiler/catalogue/idea.js";
import {
  describeOperations,
  type DescribedStore,
  type Describer,
} from "../../compiler/generator/describe.js";
import {
  differences,
  generateFiles,
  MANIFEST,
  type GeneratedFiles,
} from "../../compiler/generator/generate.js";
import type { GeneratedModules } from "../../compiler/generator/emit/modules.js";
import { liveDifferences } from "../../compiler/generator/live.js";
import { parseManifest, rememberedTypes } from "../../compiler/generator/manifest.js";
import { operationSpecs } from "../../runtime/store/statements.js";
import { languageReference, REFERENCE } from "../../compiler/reference/reference.js";
import { API_FOLDER, apiReference, type PackageManifest } from "./api/api-reference.js";
import { withFreshDescriber, withLiveDescriber } from "./database.js";
import { TEXTMATE_GRAMMAR, textmateGrammar } from "./textmate.js";

const OWN_MODULES: GeneratedModules = {
  runtime: "../runtime/client.js",
  catalogue: { module: "../compiler/catalogue/idea.js", name: "IDEA_CATALOGUE" },
};
const NOTICE = "Generated, do not edit: npm run generate";
const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const FOLDER = join(ROOT, "generated");
const GRAMMAR = join(ROOT, TEXTMATE_GRAMMAR);
const note = (message: string): void => void process.stderr.write(`${message}\n`);

/** Writes the files; returns how many changed. */
async function write(): Promise<number> {
  const specs = operationSpecs(IDEA_CATALOGUE);
  const store = await withFreshDescriber(IDEA_CATALOGUE, note, (describer) =>
    describeOperations(specs, describer),
  );
  const files = filesOf(store);
  const present = await readFiles();
  await mkdir(join(FOLDER, API_FOLDER), { recursive: true });
  let changed = 0;
  for (const [name, text] of files) {
    if (present.get(name) === text) continue;
    await writeFile(join(FOLDER, name), text);
    changed++;
  }
  if (await isCurrentGrammar()) return changed;
  await writeFile(GRAMMAR, textmateGrammar());
  return changed + 1;
}

/** Whether the grammar of the editor's extension, which has its place there, is what would be written. */
async function isCurrentGrammar(): Promise<boolean> {
  return (await readFile(GRAMMAR, "utf8").catch(() => null)) === textmateGrammar();
}

/** What is wrong with the files, without asking a database. */
async function check(): Promise<readonly string[]> {
  const found = await readFiles();
  const manifest = found.get(MANIFEST);
  if (manifest === undefined) return [`${MANIFEST}: is missing`];
  const { store, problems } = rememberedTypes(operationSpecs(IDEA_CATALOGUE), parseManifest(manifest));
  return problems.length > 0 ? problems : differences(filesOf(store), found);
}

/** All files: those of the store, the reference of the filter language and that of the exports. */
function filesOf(store: DescribedStore): GeneratedFiles {
  const modules = generateFiles(IDEA_CATALOGUE, store, { modules: OWN_MODULES, notice: NOTICE });
  const manifest = JSON.parse(readFileSync(`${ROOT}package.json`, "utf8")) as PackageManifest;
  const read = (path: string): string =>
    modules.get(path.replace(/^generated\//, "")) ?? readFileSync(`${ROOT}${path}`, "utf8");
  return new Map([
    ...modules,
    [REFERENCE, languageReference(IDEA_CATALOGUE)] as const,
    ...apiReference(manifest, read),
  ]);
}

/** What is wrong with a database. */
async function checkLive(url: string | undefined): Promise<readonly string[]> {
  const manifest = parseManifest(await readFile(join(FOLDER, MANIFEST), "utf8"));
  const work = (describer: Describer) => liveDifferences(manifest, describer);
  return url === undefined ? withFreshDescriber(IDEA_CATALOGUE, note, work) : withLiveDescriber(url, work);
}

async function readFiles(): Promise<GeneratedFiles> {
  const names = await readdir(FOLDER, { recursive: true }).catch(() => []);
  const generated = names
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => /\.(?:ts|json|md)$/.test(name));
  return new Map(
    await Promise.all(
      generated.map(async (name) => [name, await readFile(join(FOLDER, name), "utf8")] as const),
    ),
  );
}

const { values } = parseArgs({
  options: { check: { type: "boolean" }, live: { type: "boolean" }, database: { type: "string" } },
});
if (values.check === true) {
  const problems = [
    ...(await check()),
    ...((await isCurrentGrammar()) ? [] : [`${TEXTMATE_GRAMMAR}: is out of date`]),
    ...(values.live === true ? await checkLive(values.database ?? process.env["DATABASE_URL"]) : []),
  ];
  for (const problem of problems) note(problem);
  note(
    problems.length === 0
      ? "generated/ is up to date"
      : `${problems.length} differences; npm run generate writes the files anew`,
  );
  process.exitCode = problems.length === 0 ? 0 : 1;
} else {
  note(`${await write()} files changed`);
}
