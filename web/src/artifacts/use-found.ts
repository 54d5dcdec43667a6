import { type RefObject, useEffect, useMemo, useState } from "react";
import { placesOf } from "./text-lines.ts";

const mostMarked = 10_000;

/** Marks a text where it is found and goes from place to place. The marks are the browser's own (CSS Custom Highlight API): the text stays one node. */
export function useFound(body: RefObject<HTMLElement | null>, text: string, wanted: string) {
  const places = useMemo(() => placesOf(text, wanted, mostMarked), [text, wanted]);
  const [now, setNow] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another search begins at its first place
  useEffect(() => setNow(0), [wanted, text]);
  useEffect(() => {
    const node = body.current?.firstChild;
    if (!node || !("highlights" in CSS) || places.length === 0) return undefined;
    const rangeAt = (at: number) => {
      const range = new Range();
      range.setStart(node, at);
      range.setEnd(node, Math.min(at + wanted.length, node.textContent?.length ?? 0));
      return range;
    };
    const current = rangeAt(places[now] ?? 0);
    CSS.highlights.set("found", new Highlight(...places.map(rangeAt)));
    const marked = new Highlight(current);
    marked.priority = 1;
    CSS.highlights.set("found-now", marked);
    const box = body.current?.parentElement;
    if (box) box.scrollTop += current.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 2;
    return () => {
      CSS.highlights.delete("found");
      CSS.highlights.delete("found-now");
    };
  }, [body, places, now, wanted]);
  const go = (step: 1 | -1) => setNow((at) => (places.length === 0 ? 0 : (at + step + places.length) % places.length));
  return { count: places.length, now: Math.min(now, Math.max(0, places.length - 1)), go };
}
