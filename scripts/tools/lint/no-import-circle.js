/**
 * ESLint rule: no file imports itself by way of others. Imports of types count, too: files that know each other's types can only be read
 * together. (The rules of packages leave types out.)
 */
import { readFileSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";

/** What comes before the path of a relative import or export, over several lines where need be. */
const IMPORTS = /^(?:import|export)\b[^"';]*?(?:\bfrom\s+)?"(\.[^"]+)"/gm;

/** The files that `file` imports, each with the offset of its import. Read once in a run of the linter. */
const imports = new Map();

function importsOf(file) {
  let found = imports.get(file);
  if (found === undefined) {
    const isFile = statSync(file, { throwIfNoEntry: false })?.isFile() === true;
    const text = isFile ? readFileSync(file, "utf8") : "";
    found = importsIn(text, file);
    imports.set(file, found);
  }
  return found;
}

function importsIn(text, file) {
  return [...text.matchAll(IMPORTS)].map((match) => ({
    path: resolve(dirname(file), match[1].replace(/\.js$/, ".ts")),
    index: match.index,
  }));
}

/** The files from `start` back to `goal`, or null where no way leads there. */
function wayTo(goal, start) {
  const from = new Map([[start, null]]);
  const open = [start];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (file === goal) {
      const way = [];
      for (let step = file; step !== null; step = from.get(step)) way.unshift(step);
      return way;
    }
    for (const { path } of importsOf(file)) {
      if (from.has(path)) continue;
      from.set(path, file);
      open.push(path);
    }
  }
  return null;
}

/** The rule, as ESLint takes it. */
export const noImportCircle = {
  meta: {
    type: "problem",
    schema: [],
    messages: { circle: "this import goes in a circle: {{way}}" },
  },
  create(context) {
    return {
      Program() {
        const file = context.filename;
        const { text } = context.sourceCode;
        for (const { path, index } of importsIn(text, file)) {
          const way = wayTo(file, path);
          if (way === null) continue;
          const names = [file, ...way].map((name) => name.slice(context.cwd.length + 1)).join(" → ");
          context.report({
            loc: context.sourceCode.getLocFromIndex(index),
            messageId: "circle",
            data: { way: names },
          });
        }
      },
    };
  },
};
