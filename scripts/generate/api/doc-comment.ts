/** Doc comments as Markdown. */
import { ts } from "ts-morph";
import { code, paragraphs } from "../../../compiler/reference/markdown.js";

/** Writes a name that a comment links to. */
export type LinkName = (name: string) => string;

/** The doc comment of a declaration or a member; nothing where there is none. */
export function docOf(node: ts.Node, link: LinkName): string {
  const comment = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc).at(-1);
  if (comment === undefined) return "";
  const tags = comment.tags ?? [];
  return paragraphs([
    docText(ts.getTextOfJSDocComment(comment.comment) ?? "", link),
    tags.flatMap((tag) => lineOf(tag, link)).join("\n"),
    ...tags.filter(({ tagName }) => tagName.text === "example").map(exampleOf),
  ]);
}

/** The text of a comment with its links resolved. */
export function docText(text: string, link: LinkName): string {
  return text.replace(/\{@link\s+([\w.#]+)[^}]*\}/g, (_, name: string) => link(name)).trim();
}

function lineOf(tag: ts.JSDocTag, link: LinkName): readonly string[] {
  const text = docText(ts.getTextOfJSDocComment(tag.comment) ?? "", link).replace(/\s+/g, " ");
  if (ts.isJSDocParameterTag(tag)) return [`- ${code(tag.name.getText())}: ${text}`];
  switch (tag.tagName.text) {
    case "returns":
      return [`- Returns ${text}`];
    case "throws": {
      const [error = "", ...rest] = text.split(" ");
      return [`- Throws ${[link(error), ...rest].join(" ")}`];
    }
    default:
      return [];
  }
}

function exampleOf(tag: ts.JSDocTag): string {
  return `\`\`\`ts\n${(ts.getTextOfJSDocComment(tag.comment) ?? "").trim()}\n\`\`\``;
}
