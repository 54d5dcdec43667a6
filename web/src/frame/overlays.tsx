import { lazy, Suspense } from "react";
import { showOverlay, useOverlay } from "./overlay.ts";

const ShortcutHelp = lazy(async () => ({ default: (await import("../shortcuts/help.tsx")).ShortcutHelp }));

const close = () => showOverlay(null);

/** What lies over the page now; its code is loaded when it is first wanted. */
export function Overlays() {
  const open = useOverlay();
  return <Suspense>{open === "help" && <ShortcutHelp close={close} />}</Suspense>;
}
