/**
 * The part of Ohm that matches a grammar that was compiled before, as one module. The package's own entry also loads the parser of grammars, which nobody
 * needs after `npm run grammar`: 6 kB compressed of each page that has the language, and milliseconds of each start.
 */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { build } from "esbuild";

/** The second module gives every semantics its built-in operations. */
const KERNEL = 'export { makeRecipe } from "./main-kernel.js"; import "./semanticsDeferredInit.js";';

/** The text of `grammar/ohm.kernel-bundle.js`. */
export async function ohmKernel(): Promise<string> {
  const resolveDir = join(dirname(createRequire(import.meta.url).resolve("ohm-js")), "..", "src");
  const { outputFiles } = await build({
    stdin: { contents: KERNEL, resolveDir },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    legalComments: "none",
    banner: {
      js: "// Made by npm run grammar from Ohm (https://ohmjs.org), MIT licence, Copyright (c) 2014-2022 Alessandro Warth and the Ohm project contributors.",
    },
    write: false,
  });
  return outputFiles[0]?.text ?? "";
}
