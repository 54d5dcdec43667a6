import { useEffect, useRef } from "react";
import { type Entry, keyOf } from "./entry.ts";

interface OptionsProps {
  readonly entries: readonly Entry[];
  readonly chosen: number;
  readonly follow: (entry: Entry) => void;
  readonly point: (index: number) => void;
}

/** The entries of the palette. The focus stays in its field, which says which one is chosen. */
export function Options({ entries, chosen, follow, point }: OptionsProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector(`#palette-option-${chosen}`)?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  return (
    <div role="listbox" id="palette-options" aria-label="Found" className="palette-options" ref={list} tabIndex={-1}>
      {entries.map((entry, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the focus and handles the keys (combobox pattern of ARIA)
        <div
          key={keyOf(entry)}
          role="option"
          id={`palette-option-${index}`}
          aria-selected={index === chosen}
          tabIndex={-1}
          className="palette-option"
          onClick={() => follow(entry)}
          onPointerMove={() => point(index)}
        >
          <span className="name">{entry.text}</span>
          {entry.hint !== undefined && <span className="palette-hint">{entry.hint}</span>}
          <span className="palette-kind">{entry.kind}</span>
        </div>
      ))}
    </div>
  );
}
