import Flashbar, { type FlashbarProps } from "@cloudscape-design/components/flashbar";
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";

export interface Toast {
  readonly type: "success" | "error" | "info";
  readonly text: string;
  /** The request's id, for whoever looks into it. */
  readonly detail?: string;
}
const shownFor = { success: 6000, info: 6000, error: 30_000 } as const;

const Tell = createContext<(toast: Toast) => void>(() => undefined);
const Shown = createContext<readonly FlashbarProps.MessageDefinition[]>([]);

/** Keeps what is said to the user until it is read or its time is over. */
export function Toasts({ children }: { readonly children: ReactNode }) {
  const [items, setItems] = useState<readonly FlashbarProps.MessageDefinition[]>([]);
  const tell = useCallback(({ type, text, detail }: Toast) => {
    const id = crypto.randomUUID();
    const dismiss = () => setItems((all) => all.filter((item) => item.id !== id));
    const content = detail === undefined ? text : `${text} (request ${detail})`;
    setItems((all) => [...all, { id, type, content, dismissible: true, dismissLabel: "Dismiss", onDismiss: dismiss }]);
    window.setTimeout(dismiss, shownFor[type]);
  }, []);
  return (
    <Tell value={tell}>
      <Shown value={items}>{children}</Shown>
    </Tell>
  );
}

/** @returns what shows a message above the page */
export const useToast = () => useContext(Tell);

/** The messages, and on top of them whether the platform is there at all. */
export function Notifications({ reachable }: { readonly reachable: boolean }) {
  const items = useContext(Shown);
  const all = useMemo(
    () =>
      reachable
        ? items
        : [
            {
              id: "unreachable",
              type: "warning" as const,
              content: "The platform does not answer. What you see is from before; it is asked again every few seconds.",
            },
            ...items,
          ],
    [reachable, items],
  );
  return <Flashbar items={all} />;
}
