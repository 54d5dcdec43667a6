import { navigate } from "wouter/use-browser-location";
import { showOverlay } from "../frame/overlay.ts";
import { sections } from "../frame/sections.ts";
import type { Shortcut } from "./registry.ts";

const focusSearch = (): void => document.querySelector<HTMLElement>("main input[type=search], main [data-page-search] input")?.focus();

/** What the keys do on every page. */
export const consoleShortcuts: readonly Shortcut[] = [
  { keys: "/", does: "Search on this page", run: focusSearch },
  { keys: "?", does: "Show these shortcuts", run: () => showOverlay("help") },
  { keys: "g r", does: "Go to the runs under way", run: () => navigate("/runs") },
  ...sections.map(({ text, href, key }) => ({ keys: `g ${key}`, does: `Go to ${text}`, run: () => navigate(href) })),
];
