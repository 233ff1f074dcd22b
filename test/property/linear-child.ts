/**
 * Counts the executed blocks of our own code for texts of two lengths, as JSON: a process of its own, for counting looks at every module that is
 * loaded.
 */
import { Session } from "node:inspector";
import { checkFilter, completeFilter, formatFilter, highlightFilter } from "../../compiler/index.js";
import { convertFilter } from "../../compiler/convert/convert.js";
import { referenceMatch } from "../testing/index.js";

const [SHORT, LONG] = [1_200, 4_800];

const repeated =
  (part: string, before = "") =>
  (length: number): string =>
    before + part.repeat(Math.ceil(length / part.length)).slice(0, length);

/** Texts of about a length: such as people write, and such as are made to take long. */
const TEXTS: readonly (readonly [name: string, text: (length: number) => string])[] = [
  ["conditions", repeated("source.port = 22 and severity >= high or ", "tlp = red or ")],
  ["a list", repeated("10.0.0.1, ", "source.ip in [")],
  ["brackets", repeated("]")],
  ["parentheses", repeated("(")],
  ["half conditions", repeated("x and ")],
  ["numbers", repeated("1.")],
  ["comments", repeated("#\n")],
  ["commas", repeated(", a = 1", "a = 1")],
  ["bars", repeated("a|")],
  ["words", repeated("a b ")],
  ["texts", repeated('"a" ')],
  ["elements", repeated("source has (")],
  ["unknown fields", repeated("sorce.ip = 1 or ")],
];

const EVENT = { ID: "a", DetectTime: "2024-05-01T00:00:00Z" };

const tolerant = (work: () => unknown): void => {
  try {
    work();
  } catch {
    // Refused, which is work as well.
  }
};

const WORK: readonly (readonly [name: string, work: (text: string) => void])[] = [
  ["check", (text) => void checkFilter(text)],
  ["complete", (text) => void completeFilter(text, text.length)],
  ["highlight", (text) => void highlightFilter(text)],
  ["format", (text) => tolerant(() => formatFilter(text))],
  ["convert", (text) => tolerant(() => convertFilter(text, "pynspect"))],
  ["match by the reference", (text) => tolerant(() => referenceMatch(text, EVENT))],
];

/** Executed blocks of our own code. */
function stepsOf(work: () => void): number {
  let steps = 0;
  session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  work();
  session.post("Profiler.takePreciseCoverage", (_, { result }) => {
    for (const { url, functions } of result)
      if (/\/(?:grammar|compiler|test\/testing)\//.test(url))
        for (const { ranges } of functions) for (const { count } of ranges) steps += count;
  });
  session.post("Profiler.stopPreciseCoverage");
  return steps;
}

const session = new Session();
session.connect();
session.post("Profiler.enable");

const backtracking = (length: number) => {
  const event = { ...EVENT, Description: "x".repeat(length) };
  return stepsOf(() => void referenceMatch("description matches /(x+x+)+y/", event));
};

console.log(
  JSON.stringify({
    ...Object.fromEntries(
      WORK.map(([name, work]) => [
        name,
        Object.fromEntries(
          TEXTS.map(([text, of]) => [text, [SHORT, LONG].map((length) => stepsOf(() => work(of(length))))]),
        ),
      ]),
    ),
    "match by the reference, of what makes others backtrack": {
      "(x+x+)+y": [backtracking(100), backtracking(400)],
    },
  }),
);
