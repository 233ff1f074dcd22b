/**
 * `idea-eventstore/eslint`: a plugin with the rule `valid-filter`, which checks the filters that are literals in a program.
 *
 * @example
 * // eslint.config.js
 * import eventstore from "idea-eventstore/eslint";
 * export default [eventstore.configs.recommended];
 */
import type { ESLint, Linter } from "eslint";
import { validFilter } from "./valid-filter.js";

const plugin = {
  meta: { name: "idea-eventstore", namespace: "idea-eventstore" },
  rules: { "valid-filter": validFilter },
} satisfies ESLint.Plugin;

/** The plugin with its recommended configuration: the rule as an error. */
const eventstore: typeof plugin & { readonly configs: { readonly recommended: Linter.Config } } = {
  ...plugin,
  configs: {
    recommended: {
      name: "idea-eventstore/recommended",
      plugins: { "idea-eventstore": plugin },
      rules: { "idea-eventstore/valid-filter": "error" },
    },
  },
};

export default eventstore;
