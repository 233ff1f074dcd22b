/** Keys that work wherever nothing is typed. */
import { useEffect, useRef } from "preact/hooks";

export interface PageKeys {
  readonly focusFilter: () => void;
  readonly earlier: () => void;
  readonly later: () => void;
  readonly explain: () => void;
  readonly help: () => void;
  readonly escape: () => void;
  /** A dialog is open, which has keys of its own. */
  readonly isBusy: boolean;
}

export function usePageKeys(keys: PageKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || latest.current.isBusy)
        return;
      if (event.key === "Escape") return latest.current.escape();
      if (isTyping(event.target)) return;
      const action = actionOf(event.key, latest.current);
      if (action === null) return;
      event.preventDefault();
      action();
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, []);
}

function actionOf(key: string, keys: PageKeys): (() => void) | null {
  switch (key) {
    case "/":
      return keys.focusFilter;
    case "[":
      return keys.earlier;
    case "]":
      return keys.later;
    case "e":
      return keys.explain;
    case "?":
      return keys.help;
    case "j":
    case "k":
      return focusRow;
    case "f":
      return () => clickIn("Filter for");
    case "x":
      return () => clickIn("Filter out");
    default:
      return null;
  }
}

function focusRow(): void {
  document.querySelector<HTMLElement>("tbody tr[tabindex='0']")?.focus();
}

/** The button of that name in the line of a value that has the focus. */
function clickIn(name: string): void {
  document.activeElement
    ?.closest(".value-line, .facet")
    ?.querySelector<HTMLElement>(`[aria-label^="${name}"]`)
    ?.click();
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(?:INPUT|SELECT|TEXTAREA)$/.test(target.tagName))
  );
}
