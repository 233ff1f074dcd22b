/** Diagnostics of a document, and the fixes that repair them. */
import type { Diagnostic as FilterDiagnostic, Fix } from "../../../grammar/diagnostic.js";
import { invalidUtf8At, utf8Problem } from "../../../runtime/events/utf8.js";
import type { FilterRegion } from "../region.js";
import {
  CodeActionKind,
  DiagnosticSeverity,
  type CodeAction,
  type Diagnostic,
  type Range,
  type TextEdit,
} from "./protocol.js";
import { rangeOf, type DocumentView } from "./view.js";

/** What the diagnostics of this server are said to come from. */
const SOURCE = "eventstore";

/** All mistakes of a document. */
export function diagnosticsOf(view: DocumentView): Diagnostic[] {
  return view.judgements.flatMap(({ region, diagnostics }) =>
    diagnostics.map((diagnostic) => toProtocol(view, region, diagnostic)),
  );
}

/** What is wrong with the bytes of a document's file, at the first of those that are not UTF-8; nothing where all are. */
export function encodingDiagnostics(bytes: Uint8Array): Diagnostic[] {
  const at = invalidUtf8At(bytes);
  if (at < 0) return [];
  const before = Buffer.from(bytes.subarray(0, at)).toString("utf8").split("\n");
  const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  return [
    {
      range: { start: position, end: { ...position, character: position.character + 1 } },
      severity: DiagnosticSeverity.Error,
      source: SOURCE,
      message: utf8Problem(bytes),
    },
  ];
}

function toProtocol(view: DocumentView, region: FilterRegion, diagnostic: FilterDiagnostic): Diagnostic {
  const { code, severity, message, notes, span } = diagnostic;
  return {
    range: rangeOf(view.document, region, span),
    severity: severity === "error" ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
    code,
    source: SOURCE,
    message: [message, ...notes].join("\n"),
  };
}

/**
 * The changes that repair what is wrong within `range`, and those that remarks propose.
 *
 * @param only kinds that the editor asks for; all when undefined
 */
export function codeActionsOf(
  view: DocumentView,
  range: Range,
  only: readonly string[] | undefined,
): CodeAction[] {
  const asked = (kind: string): boolean =>
    only === undefined || only.some((wanted) => kind === wanted || kind.startsWith(`${wanted}.`));
  return view.judgements.flatMap(({ region, diagnostics, remarks }) => {
    const isWithin = ({ span }: FilterDiagnostic): boolean =>
      touches(rangeOf(view.document, region, span), range);
    const actions = (found: readonly FilterDiagnostic[], kind: string): CodeAction[] =>
      asked(kind) ? found.filter(isWithin).flatMap((one) => actionsFor(view, region, one, kind)) : [];
    return [
      ...actions(diagnostics, CodeActionKind.QuickFix),
      ...actions(remarks, CodeActionKind.RefactorRewrite),
    ];
  });
}

function actionsFor(
  view: DocumentView,
  region: FilterRegion,
  diagnostic: FilterDiagnostic,
  kind: string,
): CodeAction[] {
  const isRepair = kind === CodeActionKind.QuickFix;
  return diagnostic.fixes.flatMap((fix, position) => {
    const edits = editsOf(view, region, fix);
    if (edits === null) return [];
    return [
      {
        title: fix.title,
        kind,
        edit: { changes: { [view.document.uri]: edits } },
        ...(isRepair ? { diagnostics: [toProtocol(view, region, diagnostic)] } : {}),
        ...(isRepair && position === 0 ? { isPreferred: true } : {}),
      },
    ];
  });
}

/** Null for a fix that would change a value of the program. */
function editsOf(view: DocumentView, region: FilterRegion, { edits }: Fix): TextEdit[] | null {
  const touchesHole = edits.some((edit) =>
    region.holes.some((hole) => edit.start < hole.end && hole.start < edit.end),
  );
  if (touchesHole) return null;
  return edits.map((edit) => ({
    range: rangeOf(view.document, region, edit),
    newText: region.spell(edit.text),
  }));
}

function touches(a: Range, b: Range): boolean {
  return !isBefore(a.end, b.start) && !isBefore(b.end, a.start);
}

function isBefore(a: Range["start"], b: Range["start"]): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
