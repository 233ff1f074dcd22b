/** What is known of a word, as an element. */
import type { WordDescription } from "./service.js";

/** Name and type, what it is, an example; all of it text. */
export function descriptionElement({ name, type, text, example }: WordDescription): HTMLElement {
  const element = document.createElement("div");
  element.className = "cm-filter-description";
  const add = (tag: string, content: string, className: string): void => {
    const part = element.appendChild(document.createElement(tag));
    part.className = className;
    part.textContent = content;
  };
  add("strong", name, "cm-filter-description-name");
  add("span", ` ${type}`, "cm-filter-description-type");
  add("div", text, "cm-filter-description-text");
  if (example !== undefined) add("code", example, "cm-filter-description-example");
  return element;
}
