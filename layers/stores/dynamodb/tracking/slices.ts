import type { Change } from "#core/tracking/record-store.ts";

type Part = "params" | "info" | "tags" | "links";
const parts: readonly Part[] = ["params", "info", "tags", "links"];

/** DynamoDB's expressions hold 4 KB: 200 assignments, or 50 of the longer kind that links need. */
const cost = (part: Part, key: string, value: unknown) => ({
  places: part === "links" ? 4 : 1,
  bytes: Buffer.byteLength(key) + Buffer.byteLength(String(value)),
});
const most = { places: 200, bytes: 320_000 };

/**
 * The change in portions that fit one write each. Nearly always one; params come first and together, so that a conflict among
 * up to 100 of them writes nothing, and points travel with the first portion.
 */
export function slices(change: Change): Change[] {
  const { points, ...rest } = change;
  const portions: Record<Part, Map<string, unknown>>[] = [];
  let places = most.places + 1;
  let bytes = 0;
  for (const part of parts) {
    for (const [key, value] of rest[part] ?? []) {
      const next = cost(part, key, value);
      places += next.places;
      bytes += next.bytes;
      if (places > most.places || bytes > most.bytes) {
        portions.push({ params: new Map(), info: new Map(), tags: new Map(), links: new Map() });
        ({ places, bytes } = next);
      }
      portions.at(-1)?.[part].set(key, value);
    }
  }
  if (portions.length <= 1) return [change];
  return portions.map((portion, index) => ({ ...(portion as Change), ...(index === 0 && points && { points }) }));
}
