/** What the filter means and how it runs; the same filter for a shell, a program, a database. */
import { useEffect, useState } from "preact/hooks";
import type { ExplainAnswer, ViewQuery } from "../shared/answers.js";
import type { Actions, Source } from "./app-context.js";
import { copyText } from "./copy-text.js";
import { Dialog } from "./dialog.js";
import { commandLine, sqlText, typeScriptText, wholeFilter } from "./snippets.js";

export interface ExplainDialogProps {
  readonly source: Source;
  readonly query: ViewQuery;
  readonly actions: Actions;
  readonly onClose: () => void;
}

export function ExplainDialog({ source, query, actions, onClose }: ExplainDialogProps) {
  const [explanation, setExplanation] = useState<ExplainAnswer | null>(null);
  const [problem, setProblem] = useState("");
  const { catalogue } = source.fields;
  useEffect(() => {
    const controller = new AbortController();
    const whole = { ...query, filter: wholeFilter(query, catalogue) };
    source.backend.explain(whole, controller.signal).then(setExplanation, (error: unknown) => {
      if (!controller.signal.aborted) setProblem(error instanceof Error ? error.message : "no explanation");
    });
    return () => controller.abort();
  }, [source, query]);
  return (
    <Dialog title="What this filter means" onClose={onClose}>
      {problem !== "" && <p class="problem">{problem}</p>}
      {explanation !== null && (
        <>
          <p class="explain-words">{explanation.words}</p>
          {explanation.search.map((sentence) => (
            <p key={sentence} class="muted">
              {sentence}
            </p>
          ))}
          {explanation.atoms.length > 0 && <Atoms atoms={explanation.atoms} />}
          {explanation.passes.length > 1 && <Passes passes={explanation.passes} />}
          <Snippet title="Command line" text={commandLine(query, catalogue)} actions={actions} />
          <Snippet
            title="TypeScript"
            text={typeScriptText(query, explanation, catalogue)}
            actions={actions}
          />
          <Snippet title="SQL" text={sqlText(explanation, catalogue)} actions={actions} />
        </>
      )}
    </Dialog>
  );
}

function Atoms({ atoms }: Pick<ExplainAnswer, "atoms">) {
  return (
    <div class="scroll-box" tabIndex={0} role="region" aria-label="Conditions">
      <table class="plain">
        <thead>
          <tr>
            <th scope="col">Condition</th>
            <th scope="col">Means</th>
            <th scope="col">Index</th>
          </tr>
        </thead>
        <tbody>
          {atoms.map(({ text, words, index }, place) => (
            <tr key={place}>
              <td class="mono">{text}</td>
              <td>{words}</td>
              <td>{index ?? "none"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** How the condition is simplified before it becomes SQL. */
function Passes({ passes }: Pick<ExplainAnswer, "passes">) {
  return (
    <details class="passes">
      <summary>Simplified in {passes.length - 1 === 1 ? "one pass" : `${passes.length - 1} passes`}</summary>
      {passes.map(({ name, tree }, place) => (
        <section key={place} aria-label={name}>
          <h4>{name}</h4>
          <pre tabIndex={0}>{tree}</pre>
        </section>
      ))}
    </details>
  );
}

function Snippet({
  title,
  text,
  actions,
}: {
  readonly title: string;
  readonly text: string;
  readonly actions: Actions;
}) {
  const copy = async (): Promise<void> => {
    const isCopied = await copyText(text);
    actions.say(
      isCopied ? `Copied: ${title}.` : "The browser does not let this page copy; select the text instead.",
    );
  };
  return (
    <section class="snippet" aria-label={title}>
      <div class="snippet-head">
        <h3>{title}</h3>
        <button type="button" class="small" aria-label={`Copy ${title}`} onClick={() => void copy()}>
          Copy
        </button>
      </div>
      <pre tabIndex={0}>{text}</pre>
    </section>
  );
}
