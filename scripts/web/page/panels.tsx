/** The dialog that is open, if any. */
import { ColumnsDialog } from "./columns-dialog.js";
import { ExplainDialog } from "./explain-dialog.js";
import { FiltersMenu } from "./filters-menu.js";
import { HelpDialog } from "./help-dialog.js";
import type { Explorer } from "./use-explorer.js";

export function Panels({ explorer }: { readonly explorer: Explorer }) {
  const { source, view, panel, setPanel, answers, actions, box, run } = explorer;
  const { query } = answers;
  const onClose = (): void => setPanel(null);
  switch (panel) {
    case null:
      return null;
    case "help":
      return <HelpDialog onClose={onClose} />;
    case "explain":
      if (source === null || query === null) return null;
      return <ExplainDialog source={source} query={query} actions={actions} onClose={onClose} />;
    case "columns":
      if (source === null) return null;
      return (
        <ColumnsDialog
          catalogue={source.fields.catalogue}
          columns={view.columns}
          onChange={(columns) => actions.show({ columns })}
          onClose={onClose}
        />
      );
    case "filters":
      return (
        <FiltersMenu
          saved={source?.fields.filters ?? {}}
          current={box.current?.text() ?? ""}
          onChoose={(filter) => {
            onClose();
            run(filter);
          }}
          onClose={onClose}
        />
      );
  }
}
