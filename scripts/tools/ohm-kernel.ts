/**
 * The part of Ohm that matches a grammar that was compiled before, as one module. The package's own entry also loads the parser of grammars, which nobody
 * needs after `npm run grammar`: 6 kB compressed of each page that has the language, and milliseconds of each start. Its checks of a grammar, which
 * compiling has made, its writing of grammars and its traces are left out, too: 2 kB more.
 */
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { build, type Plugin } from "esbuild";

/** The second module gives every semantics its built-in operations. */
const KERNEL = 'export { makeRecipe } from "./main-kernel.js"; import "./semanticsDeferredInit.js";';

/** Checks of a rule that was checked before. */
const CHECKS = ["AllApplicationsAreValid", "ChoicesHaveUniformArity", "IteratedExprsAreNotNullable"];

/** Modules of Ohm as the kernel has them. */
const REPLACED: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    CHECKS.map((name) => [
      `pexprs-assert${name}.js`,
      `import { PExpr } from "./pexprs-main.js"; PExpr.prototype.assert${name} = () => {};`,
    ]),
  ),
  "pexprs-outputRecipe.js": "",
  "Trace.js": "export class Trace {}",
};

const leaveOut: Plugin = {
  name: "leave-out",
  setup: (bundle) => {
    bundle.onLoad({ filter: /[\\/]ohm-js[\\/]src[\\/]/ }, ({ path }) => {
      const contents = REPLACED[basename(path)];
      return contents === undefined ? undefined : { contents, resolveDir: dirname(path) };
    });
  },
};

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
    plugins: [leaveOut],
    banner: {
      js: "// Made by npm run grammar from Ohm (https://ohmjs.org), MIT licence, Copyright (c) 2014-2022 Alessandro Warth and the Ohm project contributors.",
    },
    write: false,
  });
  return outputFiles[0]?.text ?? "";
}
