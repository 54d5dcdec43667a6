import { showOverlay } from "../frame/overlay.ts";
import { choicesOf } from "../frame/preference-names.ts";
import { preferences } from "../frame/preferences.ts";
import { sections } from "../frame/sections.ts";
import type { useToasts } from "../frame/toasts.tsx";
import { session } from "../session.ts";
import type { Entry } from "./entry.ts";

const pages: readonly Entry[] = [
  ...sections.map(({ text, href }) => ({ kind: "Page", text, to: { href } })),
  { kind: "Page", text: "Trash of experiments", to: { href: "/experiments/trash" } },
  { kind: "Page", text: "Runs under way", to: { href: "/runs" } },
  { kind: "Page", text: "Failed runs", to: { href: "/runs?show=failed" } },
];

const choices = (): readonly Entry[] =>
  (["theme", "density", "zone", "shortcuts"] as const).flatMap((name) => {
    const { title, options } = choicesOf(name, preferences());
    return options.filter(({ isChosen }) => !isChosen).map(({ text, choose }) => ({ kind: "Action", text: `${title}: ${text}`, to: { run: choose } }));
  });

/** What the console itself offers: its pages and its deeds. */
export function ownEntries(toasts: ReturnType<typeof useToasts>): readonly Entry[] {
  const copyUri = async () => {
    await navigator.clipboard.writeText(window.location.origin);
    toasts.push({ type: "success", text: `Copied: ${window.location.origin}` });
  };
  const refused = () => toasts.push({ type: "error", text: "The browser refused to copy." });
  return [
    ...pages,
    { kind: "Action", text: "Copy the tracking URI", hint: window.location.origin, to: { run: () => void copyUri().catch(refused) } },
    ...choices(),
    { kind: "Action", text: "Show keyboard shortcuts", to: { run: () => showOverlay("help") } },
    ...(session.token() === null ? [] : [{ kind: "Action", text: "Sign out", to: { run: () => session.signOut() } }]),
  ];
}
