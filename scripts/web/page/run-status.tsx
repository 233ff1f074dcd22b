/** How many events were found, and the button that runs or cancels. */
import { useEffect, useState } from "preact/hooks";
import type { AskedAnswers } from "./use-answers.js";
import { eventsText } from "./texts.js";

export interface RunStatusProps {
  readonly answers: AskedAnswers;
  /** Whether the text in the box is right; null while that is not known. */
  readonly isRight: boolean | null;
  /** Events that came in since. */
  readonly added: number;
  readonly onRun: () => void;
}

/** Milliseconds after which a query can be cancelled. */
const PATIENCE_MS = 2_000;

export function RunStatus({ answers, isRight, added, onRun }: RunStatusProps) {
  const { isRunning, timeline, cancel, error } = answers;
  const isSlow = useAfter(isRunning, PATIENCE_MS);
  const [sign, words] =
    isRight === null ? ["…", "checking"] : isRight ? ["✓", "right"] : ["✗", "has a mistake"];
  const total = timeline === null ? null : timeline.total + added;
  return (
    <div class="run-status">
      <span
        class={`sign ${isRight === null ? "" : isRight ? "right" : "wrong"}`}
        title={`The filter ${words === "checking" ? "is being checked" : words === "right" ? "is right" : words}`}
      >
        <span aria-hidden="true">{sign}</span>
      </span>
      <span role="status" class={isRunning ? "found dimmed" : "found"}>
        {error !== null ? "" : total === null ? "…" : eventsText(total)}
      </span>
      {isSlow ? (
        <button type="button" class="primary cancel" onClick={cancel}>
          Cancel
        </button>
      ) : (
        <button type="button" class="primary" onClick={onRun}>
          Run <span aria-hidden="true">⏎</span>
        </button>
      )}
    </div>
  );
}

/** True when `isOn` has been so for some time. */
function useAfter(isOn: boolean, ms: number): boolean {
  const [isAfter, setAfter] = useState(false);
  useEffect(() => {
    setAfter(false);
    if (!isOn) return;
    const timer = setTimeout(() => setAfter(true), ms);
    return () => clearTimeout(timer);
  }, [isOn, ms]);
  return isAfter;
}
