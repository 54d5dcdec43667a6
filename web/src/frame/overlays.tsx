import { lazy, Suspense } from "react";
import { hideOverlay, useOverlay } from "./overlay.ts";

const ShortcutHelp = lazy(async () => ({ default: (await import("../shortcuts/help.tsx")).ShortcutHelp }));
const Palette = lazy(async () => ({ default: (await import("../palette/palette.tsx")).Palette }));

const closeHelp = () => hideOverlay("help");
const closePalette = () => hideOverlay("palette");

/** What lies over the page now; its code is loaded when it is first wanted. */
export function Overlays() {
  const open = useOverlay();
  return (
    <Suspense>
      {open === "help" && <ShortcutHelp close={closeHelp} />}
      {open === "palette" && <Palette close={closePalette} />}
    </Suspense>
  );
}
