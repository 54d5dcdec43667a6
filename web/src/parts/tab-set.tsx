import Tabs from "@cloudscape-design/components/tabs";
import type { ReactNode } from "react";
import { useUrlState } from "../frame/url-state.ts";

export interface Tab {
  readonly id: string;
  readonly label: string;
  readonly content: ReactNode;
}

/** Tabs of a page; the address says which one is open. Only the open one is drawn. */
export function TabSet({ tabs, label }: { readonly tabs: readonly Tab[]; readonly label: string }) {
  const [open, setOpen] = useUrlState("tab", tabs[0]?.id ?? "");
  return (
    <Tabs
      ariaLabel={label}
      activeTabId={open}
      onChange={({ detail }) => setOpen(detail.activeTabId)}
      tabs={tabs.map(({ id, label: text, content }) => ({ id, label: text, content: id === open ? content : null }))}
    />
  );
}
