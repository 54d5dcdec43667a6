import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import type { TableState } from "./table-state.ts";

interface SettingsMenuProps {
  readonly state: TableState;
  readonly isCompact: boolean;
  readonly change: (part: Partial<TableState>) => void;
}

/** How rows stand: nested or flat, close or apart, active or in the trash, grouped no more. */
export function SettingsMenu({ state, isCompact, change }: SettingsMenuProps) {
  const deeds: Readonly<Record<string, () => void>> = {
    flat: () => change({ flat: !state.flat, open: [] }),
    openAll: () => change({ open: state.open.includes("*") ? [] : ["*"] }),
    compact: () => change({ density: isCompact ? "comfortable" : "compact" }),
    trash: () => change({ trash: !state.trash }),
    ungroup: () => change({ group: [], open: [] }),
    unsort: () => change({ order: [] }),
  };
  const check = (id: string, text: string, checked: boolean) => ({ id, text, itemType: "checkbox" as const, checked });
  return (
    <ButtonDropdown
      expandToViewport
      onItemClick={({ detail }) => deeds[detail.id]?.()}
      items={[
        check("flat", "Nested runs in one list", state.flat),
        check("openAll", "Everything open", state.open.includes("*")),
        check("compact", "Compact rows", isCompact),
        check("trash", "Trash: deleted runs", state.trash),
        ...(state.group.length > 0 ? [{ id: "ungroup", text: "No groups" }] : []),
        ...(state.order.length > 0 ? [{ id: "unsort", text: "Newest first" }] : []),
      ]}
    >
      Rows
    </ButtonDropdown>
  );
}
