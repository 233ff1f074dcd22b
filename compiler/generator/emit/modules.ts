/** Where generated files import from: beside this package's own sources, or the package by its name. */

/** Module specifiers, as they are written into the files. */
export interface GeneratedModules {
  /** What statements and client are made of (runtime/client.ts). */
  readonly runtime: string;
  /** Exports `catalogue`; null: the catalogue is written out among the generated files. */
  readonly catalogue: { readonly module: string; readonly name: string } | null;
}

/** For a project that has the package as a dependency. */
export const PACKAGE_MODULES: GeneratedModules = { runtime: "idea-eventstore/runtime", catalogue: null };
