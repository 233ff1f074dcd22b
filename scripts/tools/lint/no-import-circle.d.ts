import type { Rule } from "eslint";

/** No file imports itself by way of others, types included. */
export declare const noImportCircle: Rule.RuleModule;
