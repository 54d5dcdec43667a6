import Button from "@cloudscape-design/components/button";
import Flashbar from "@cloudscape-design/components/flashbar";
import { useRef, useSyncExternalStore } from "react";
import { focusHeading } from "./heading.tsx";

/** Something said to the user that stays until it is read or its time is over. */
export interface Toast {
  readonly type: "success" | "error" | "info";
  readonly text: string;
  /** The request's id, for whoever looks into it. */
  readonly detail?: string;
  /** Takes the deed back; offered as a button while the message is shown. */
  readonly undo?: () => void;
}
interface Shown extends Toast {
  readonly id: string;
}

const shownFor = { success: 6000, info: 6000, error: 30_000 } as const;
const undoableFor = 15_000;
/** How long a message outlives the focus or the pointer that held it. */
const afterUse = 3000;
const inUse = "[data-toasts]:is(:focus-within, :hover)";

let shown: readonly Shown[] = [];
const listeners = new Set<() => void>();
function change(next: readonly Shown[]): void {
  shown = next;
  for (const tell of listeners) tell();
}
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

const dismiss = (id: string) => change(shown.filter((toast) => toast.id !== id));
/** A message that is being read or reached for does not go. */
function expire(id: string): void {
  if (document.querySelector(inUse)) window.setTimeout(() => expire(id), afterUse);
  else dismiss(id);
}

const toasts = {
  /** Shows a message above the page and reads it out. */
  push(toast: Toast): void {
    const id = crypto.randomUUID();
    change([...shown, { ...toast, id }]);
    window.setTimeout(() => expire(id), toast.undo ? undoableFor : shownFor[toast.type]);
  },
};

/** @returns what shows a message above the page: `useToasts().push({ type, text, undo })` */
export const useToasts = (): typeof toasts => toasts;

/** The messages that are shown now, each in a live region of its own. */
export function Notifications() {
  const items = useSyncExternalStore(subscribe, () => shown);
  const host = useRef<HTMLDivElement>(null);
  const close = (id: string) => {
    const hadFocus = host.current?.contains(document.activeElement) === true;
    dismiss(id);
    if (hadFocus) focusHeading();
  };
  return (
    <div data-toasts ref={host}>
      <Flashbar
        items={items.map(({ id, type, text, detail, undo }) => ({
          id,
          type,
          content: <span className="name">{detail === undefined ? text : `${text} (request ${detail})`}</span>,
          ariaRole: type === "error" ? ("alert" as const) : ("status" as const),
          dismissible: true,
          dismissLabel: "Dismiss",
          onDismiss: () => close(id),
          ...(undo && {
            action: (
              <Button
                onClick={() => {
                  close(id);
                  undo();
                }}
              >
                Undo
              </Button>
            ),
          }),
        }))}
      />
    </div>
  );
}
