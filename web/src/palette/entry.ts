import { match } from "./match.ts";

/** Something that the palette can lead to or do. */
export interface Entry {
  /** What it is, in a word: `Experiment`, `Action`. */
  readonly kind: string;
  readonly text: string;
  /** What tells it from its like; searched too. */
  readonly hint?: string;
  readonly to: Target;
}
/** A page of the console, or a deed. */
export type Target = { readonly href: string } | { readonly run: () => void };

export const keyOf = ({ kind, text, hint = "", to }: Entry): string => ("href" in to ? `${kind} ${to.href}` : `${kind} ${text} ${hint}`);

const most = 40;
/** A page that was visited lately goes before its like. */
const recentBonus = 15;

/** The entries that answer what was typed, the best first, each once. */
export function ranked(entries: readonly Entry[], typed: string, recent: ReadonlySet<string>): readonly Entry[] {
  const scored = new Map<string, { readonly entry: Entry; readonly score: number }>();
  for (const entry of entries) {
    const score = Math.max(
      match(entry.text, typed) ?? 0,
      (match(entry.hint ?? "", typed) ?? 0) * 0.8,
      (match(`${entry.kind} ${entry.text}`, typed) ?? 0) * 0.9,
    );
    const key = keyOf(entry);
    if (score > 0 && !scored.has(key)) scored.set(key, { entry, score: score + (recent.has(key) ? recentBonus : 0) });
  }
  return [...scored.values()]
    .toSorted((left, right) => right.score - left.score)
    .slice(0, most)
    .map(({ entry }) => entry);
}
