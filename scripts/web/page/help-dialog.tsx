/** Keys, and the language in a few lines. */
import { Dialog } from "./dialog.js";

const KEYS = [
  ["/", "to the filter"],
  ["Enter", "run it; on an event: open it"],
  ["Tab", "take the first proposal"],
  ["↑ ↓", "earlier filters; among events: up and down"],
  ["Ctrl-Space", "proposals"],
  ["F8", "next mistake"],
  ["Shift-Alt-F", "format the filter"],
  ["j k", "next and previous event"],
  ["Esc", "close the event"],
  ["[ ]", "earlier and later"],
  ["e", "explain the filter"],
  ["?", "this help"],
] as const;

const LANGUAGE = [
  ["source.ip in 10.0.0.0/8", "some source lies inside the network"],
  ["target.port in [22, 8000..8100]", "one of these ports"],
  ["category under Recon and severity >= medium", "hierarchy, ordered words"],
  ["detect_time in last 24h", "sliding window"],
  ['description contains "login"', "text, ignoring case"],
  ["source has (ip in 10.0.0.0/8 and port = 22)", "one and the same source"],
  ['not (category = Test or node.name like "cz.*")', "exact complement"],
] as const;

export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="Help" onClose={onClose}>
      <h3>Filters</h3>
      <dl class="help-list">
        {LANGUAGE.map(([filter, meaning]) => (
          <div key={filter}>
            <dt class="mono">{filter}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <h3>Keys</h3>
      <dl class="help-list">
        {KEYS.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <h3>Mouse</h3>
      <p>
        Drag over the chart to zoom in, double click to zoom out. Click a value to filter for it, with Alt to
        filter it out. Drop a file of events on the page to look at it here: it does not leave this browser.
      </p>
    </Dialog>
  );
}
