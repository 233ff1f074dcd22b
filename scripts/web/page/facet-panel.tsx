/** Where the facets are: beside the events or folded above them. */
import { useEffect, useState } from "preact/hooks";

/** Beside the events where there is room, else folded. */
export function FacetPanel({ children }: { readonly children: preact.ComponentChildren }) {
  const [isWide, setWide] = useState(() => matchMedia(WIDE).matches);
  useEffect(() => {
    const query = matchMedia(WIDE);
    const change = (): void => setWide(query.matches);
    query.addEventListener("change", change);
    return () => query.removeEventListener("change", change);
  }, []);
  if (isWide)
    return (
      <aside class="facet-panel" aria-label="Most frequent values" tabIndex={0}>
        {children}
      </aside>
    );
  return (
    <details class="facet-panel">
      <summary>Most frequent values</summary>
      {children}
    </details>
  );
}

const WIDE = "(min-width: 900px)";
