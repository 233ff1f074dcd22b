import tseslint from "typescript-eslint";
import { noImportCircle } from "./scripts/tools/lint/no-import-circle.js";

/**
 * Forbids imports that go against the direction of the layers (ARCHITECTURE.md): those whose path matches. Of several rules for a file the
 * last holds. A test shows that each is caught.
 */
const layer = (files, regex, message) => ({
  files: [files],
  rules: { "no-restricted-imports": ["error", { patterns: [{ regex, message }] }] },
});

export default tseslint.config(
  {
    ignores: [
      "dist/",
      "coverage/",
      "node_modules/",
      ".eventstore/",
      "grammar/*-bundle.*",
      "test/examples/**",
      "test/types/**",
    ],
  },
  ...tseslint.configs.strictTypeChecked.map((config) => ({ ...config, files: ["**/*.ts", "**/*.tsx"] })),
  {
    files: ["**/*.ts", "**/*.tsx"],
    plugins: { eventstore: { rules: { "no-import-circle": noImportCircle } } },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "eventstore/no-import-circle": "error",
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-confusing-void-expression": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/require-await": "off",
      // A quarter of the linter's time; here are no enums, and no classes but errors.
      "@typescript-eslint/no-unsafe-enum-assignment": "off",
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
      "@typescript-eslint/unified-signatures": "off",
      "no-restricted-syntax": [
        "error",
        {
          selector: "ExportAllDeclaration[exported=null][source.value=/ohm-js/]",
          message: "Ohm stays behind grammar/.",
        },
      ],
    },
  },
  layer(
    "grammar/**/*.ts",
    String.raw`/(?:compiler/(?!values/)|(?:runtime|generated|scripts|test)/)`,
    "grammar imports nothing of ours but compiler/values",
  ),
  layer(
    "compiler/**/*.ts",
    String.raw`/(?:runtime|generated|scripts|test)/|^ohm-js$`,
    "compiler imports grammar only",
  ),
  layer(
    "compiler/values/**/*.ts",
    String.raw`^\.\./|^node:|^(?:pg|ohm-js|ts-morph)$`,
    "values import nothing",
  ),
  layer(
    "runtime/**/*.ts",
    String.raw`/(?:scripts|test)/|^(?:ohm-js|ts-morph)$`,
    "scripts and tests are on top",
  ),
  layer(
    "runtime/postgres/**/*.ts",
    String.raw`^\.\./(?!\.\./compiler/(?:values|sql)/)|^(?:ohm-js|ts-morph)$`,
    "runtime/postgres knows pg, compiler/values and compiler/sql only",
  ),
  layer(
    "generated/**/*.ts",
    String.raw`/(?:compiler/(?!values/|catalogue/)|(?:grammar|scripts|test)/)`,
    "generated code imports the runtime and catalogues only",
  ),
  {
    files: ["test/**/*.ts"],
    rules: {
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-empty-function": "off",
    },
  },
);
