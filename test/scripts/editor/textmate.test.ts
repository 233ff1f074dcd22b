/** The generated TextMate grammar, run by the engine of VS Code: it colours as our own highlighter does. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import oniguruma from "vscode-oniguruma";
import textmate from "vscode-textmate";
import { beforeAll, describe, expect, it } from "vitest";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import { languageReference } from "../../../compiler/reference/reference.js";
import { highlightTokens, type TokenKind } from "../../../grammar/tokens.js";
import { TEXTMATE_GRAMMAR, textmateGrammar } from "../../../scripts/generate/textmate.js";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
let grammar: textmate.IGrammar;

beforeAll(async () => {
  const wasm = await readFile(createRequire(import.meta.url).resolve("vscode-oniguruma/release/onig.wasm"));
  const onigLib = oniguruma.loadWASM(wasm).then(() => ({
    createOnigScanner: (patterns: string[]) => new oniguruma.OnigScanner(patterns),
    createOnigString: (text: string) => new oniguruma.OnigString(text),
  }));
  const registry = new textmate.Registry({
    onigLib,
    loadGrammar: async () => textmate.parseRawGrammar(textmateGrammar(), "grammar.json"),
  });
  grammar = (await registry.loadGrammar("source.eventstore-filter"))!;
});

/** The kinds that a scope stands for. */
const KINDS: readonly (readonly [scope: string, kinds: readonly TokenKind[]])[] = [
  ["keyword.operator.word", ["keyword"]],
  ["keyword.control", ["keyword"]],
  ["keyword.operator", ["operator", "keyword"]],
  ["variable.other.member", ["field", "function"]],
  ["support.function", ["function"]],
  ["string.quoted", ["string"]],
  ["string.regexp", ["regex"]],
  ["constant.numeric", ["number"]],
  ["constant.other", ["atom"]],
  ["variable.parameter", ["parameter"]],
  ["variable.other.constant", ["set"]],
  ["punctuation", ["punctuation"]],
  ["comment", ["comment"]],
];

/** The kinds that the grammar gives the character at each offset; null for a blank or what it does not know. */
function kindsOf(text: string): readonly (readonly TokenKind[])[] {
  const kinds: (readonly TokenKind[])[] = [];
  let stack = textmate.INITIAL;
  for (const line of text.split("\n")) {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, stack);
    stack = ruleStack;
    for (let at = 0; at <= line.length; at++) {
      const scopes =
        tokens.find(({ startIndex, endIndex }) => startIndex <= at && at < endIndex)?.scopes ?? [];
      kinds.push(KINDS.find(([scope]) => scopes.some((one) => one.startsWith(scope)))?.[1] ?? []);
    }
  }
  return kinds;
}

/** Tokens that the grammar colours otherwise than the highlighter. */
function differences(text: string): readonly string[] {
  const kinds = kindsOf(text);
  return highlightTokens(text).flatMap(({ kind, start, end }) =>
    [start, end - 1].every((at) => kinds[at]?.includes(kind) === true)
      ? []
      : [`${kind} ${text.slice(start, end)} in ${text}`],
  );
}

const examples = [...languageReference(IDEA_CATALOGUE).matchAll(/`([^`\n]+)`/g)]
  .map(([, text]) => text!.replaceAll("\\|", "|"))
  .filter((text) => /[ (]/.test(text) && !highlightTokens(text).some(({ kind }) => kind === "error"))
  .filter(
    (text) =>
      /^(?:not |\(|any |all |none )?[a-z_]+[.( ]/.test(text) && !/^(?:is|in|has|starts|ends) /.test(text),
  );

describe("the TextMate grammar", () => {
  it("is written to the extension", async () => {
    expect(await readFile(`${ROOT}${TEXTMATE_GRAMMAR}`, "utf8")).toBe(textmateGrammar());
  });

  it("colours the examples of the reference as the highlighter does", () => {
    expect(examples.length).toBeGreaterThan(150);
    expect(examples.flatMap(differences)).toEqual([]);
  });

  it.each([
    '# which\nsource.ip in [10.0.0.0/8, # ours\n  192.168.0.0/16, $nets, @private]\n and not NODE.name Like "cz.*"i',
    "detect_time in 2024-05-01..<2024-05-07 or detect_time > now - 1h / d and severity >= high",
    'description MATCHES [/^a\\/b #/i, /"/] or description starts  with "x # y"',
    "source has (ip in 10.0.0.0/8 and port = 22) && count(source.ip) > 100 || !(tlp = red)",
    "category under Recon and in_last = 3 and @noise.daily ^^ attach exists",
  ])("colours %j as the highlighter does", (text) => {
    expect(differences(text)).toEqual([]);
  });

  it("shows a wrong escape and ends an unclosed text with its line", () => {
    const { tokens, ruleStack } = grammar.tokenizeLine('note = "a\\q', textmate.INITIAL);
    expect(tokens.at(-1)?.scopes).toContain("invalid.illegal");
    expect(grammar.tokenizeLine("and tlp = red", ruleStack).tokens[0]?.scopes).toContain("keyword.control");
  });
});
