/**
 * Loads modules of TypeScript where Node does not strip types itself: hooks for `register` of node:module. Types are removed by the compiler that
 * ts-morph brings along; nothing is checked.
 */
import { readFile } from "node:fs/promises";
import type { LoadHook, ResolveHook } from "node:module";
import { fileURLToPath } from "node:url";
import { ts } from "ts-morph";

const TYPESCRIPT = /\.m?ts(?:\?.*)?$/;

/** Programs in TypeScript import each other by the names that their JavaScript will have. */
export const resolve: ResolveHook = async (specifier, context, nextResolve) => {
  try {
    return await nextResolve(specifier, context);
  } catch (error) {
    const isOwn = TYPESCRIPT.test(context.parentURL ?? "") && /^\.{0,2}\/.*\.m?js$/.test(specifier);
    if (!isOwn) throw error;
    return nextResolve(specifier.replace(/js$/, "ts"), context);
  }
};

/** The module without its types. */
export const load: LoadHook = async (url, context, nextLoad) => {
  if (!url.startsWith("file:") || !TYPESCRIPT.test(url)) return nextLoad(url, context);
  const text = await readFile(fileURLToPath(new URL(url)), "utf8");
  const { outputText } = ts.transpileModule(text, {
    fileName: fileURLToPath(new URL(url)),
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });
  return { format: "module", source: outputText, shortCircuit: true };
};
