import Badge from "@cloudscape-design/components/badge";
import Button from "@cloudscape-design/components/button";
import { useState } from "react";
import type { ExperimentReply } from "../wire.ts";
import { keyOf } from "./column-names.ts";
import { ColumnsDialog } from "./columns-dialog.tsx";
import { ExportMenu } from "./export-menu.tsx";
import type { RunDeeds } from "./run-deeds.ts";
import { SelectionBar } from "./selection-bar.tsx";
import { SettingsMenu } from "./settings-menu.tsx";
import type { TableState } from "./table-state.ts";
import { ViewsMenu } from "./views-menu.tsx";

interface ToolbarProps {
  readonly experiment: ExperimentReply["experiment"];
  readonly state: TableState;
  readonly change: (part: Partial<TableState>) => void;
  readonly shown: readonly string[];
  readonly selected: ReadonlySet<string>;
  readonly deeds: RunDeeds;
  readonly isCompact: boolean;
  readonly compare: () => void;
  readonly clear: () => void;
}

/** What can be done with the chosen runs at one side, with the view of all at the other. */
export function Toolbar({ experiment, state, change, shown, selected, deeds, isCompact, compare, clear }: ToolbarProps) {
  const [isChoosing, setIsChoosing] = useState(false);
  return (
    <div className="toolbar" role="toolbar" aria-label="Runs">
      <SelectionBar {...{ selected, deeds, compare, clear }} isTrash={state.trash} />
      <div className="toolbar-side">
        {state.trash && <Badge color="red">Trash</Badge>}
        {state.group.length > 0 && <Badge color="blue">By {state.group.map(keyOf).join(", ")}</Badge>}
        <ViewsMenu experiment={experiment} />
        <Button iconName="settings" onClick={() => setIsChoosing(true)}>
          Columns
        </Button>
        <SettingsMenu {...{ state, isCompact, change }} />
        <ExportMenu experimentId={experiment.experiment_id} title={experiment.name} state={state} columns={shown} />
      </div>
      {isChoosing && <ColumnsDialog experimentId={experiment.experiment_id} {...{ state, shown, change }} close={() => setIsChoosing(false)} />}
    </div>
  );
}
