/** A filter inside a document: its text, and the position of each part of it in the document. */
import type { Span } from "../../grammar/ast.js";
import { decodeLiteral, spellInLiteral, type LiteralQuote } from "./source/literal.js";

/** What is known, where the filter is, about the names in it. */
export interface RegionKnowledge {
  /** Whether its fields are those of the project's catalogue; else only its syntax can be judged. */
  readonly fields: boolean;
  /**
   * Which `@names` there are: `all`, those of the project and no others; `configured`, the same where the project names any sets or filters at
   * all; `unknown`, others may come from the program.
   */
  readonly names: "all" | "configured" | "unknown";
}

/** A filter in a document. Offsets are UTF-16 code units. */
export interface FilterRegion {
  readonly text: string;
  /** The part of the document that it is in, without quotes. */
  readonly span: Span;
  readonly knowledge: RegionKnowledge;
  /** The part of the document that a part of the text comes from. */
  readonly toDocument: (span: Span) => Span;
  /** The place in the text of a place in the document that lies within {@link span}. */
  readonly toFilter: (offset: number) => number;
  /** How a piece of filter text is written in the document, with the escapes that it needs there. */
  readonly spell: (text: string) => string;
  /** Parts of the text that stand for a value of the program (`${…}`). */
  readonly holes: readonly Span[];
}

/** A document that is one filter. */
export function fileRegion(text: string): FilterRegion {
  return {
    text,
    span: { start: 0, end: text.length },
    knowledge: { fields: true, names: "all" },
    toDocument: (span) => span,
    toFilter: (offset) => offset,
    spell: (piece) => piece,
    holes: [],
  };
}

/** A piece of a literal: source text, or a value of the program with what stands for it in the filter. */
export type LiteralPiece =
  | { readonly kind: "text"; readonly source: string; readonly start: number }
  | { readonly kind: "hole"; readonly standIn: string; readonly start: number; readonly end: number };

/** The filter that a literal of a program is made of; `span` is its inside, without the quotes. */
export function literalRegion(
  pieces: readonly LiteralPiece[],
  quote: LiteralQuote,
  span: Span,
  knowledge: RegionKnowledge,
): FilterRegion {
  const map = createMap();
  const holes: Span[] = [];
  for (const piece of pieces) {
    if (piece.kind === "hole") {
      holes.push({ start: map.text().length, end: map.text().length + piece.standIn.length });
      for (const unit of piece.standIn) map.add(unit, piece.start, piece.end);
    } else
      decodeLiteral(piece.source, quote, (unit, start, end) =>
        map.add(unit, piece.start + start, piece.start + end),
      );
  }
  return {
    text: map.text(),
    span,
    knowledge,
    toDocument: (part) => map.toDocument(part, span.end),
    toFilter: map.toFilter,
    spell: (piece) => spellInLiteral(piece, quote),
    holes,
  };
}

/** Where each code unit of a decoded text begins and ends in the document. */
function createMap() {
  const starts: number[] = [];
  const ends: number[] = [];
  let text = "";
  return {
    text: () => text,
    add: (units: string, start: number, end: number): void => {
      text += units;
      for (let count = 0; count < units.length; count++) {
        starts.push(start);
        ends.push(end);
      }
    },
    toDocument: ({ start, end }: Span, last: number): Span => {
      const from = starts[start] ?? last;
      return { start: from, end: end > start ? (ends[end - 1] ?? last) : from };
    },
    toFilter: (offset: number): number => {
      const found = ends.findIndex((end) => end > offset);
      return found < 0 ? text.length : found;
    },
  };
}
