import Button from "@cloudscape-design/components/button";
import { useState } from "react";

const shownAtOnce = 100;
const isBranch = (value: unknown): value is object => typeof value === "object" && value !== null;
const entriesOf = (value: object): readonly (readonly [string, unknown])[] =>
  Array.isArray(value) ? value.map((item, index) => [String(index), item]) : Object.entries(value);

/** A JSON document branch by branch: a branch is made when it is opened, a long one in pieces. */
export function JsonTree({ value, label }: { readonly value: unknown; readonly label: string }) {
  return (
    <section className="json-tree scroll-box" aria-label={label}>
      <Node name="" value={value} isOpen />
    </section>
  );
}

function Leaf({ value }: { readonly value: unknown }) {
  if (typeof value === "string") return <span className="json-string">{JSON.stringify(value)}</span>;
  return <span className="json-number">{String(value)}</span>;
}

function Node({ name, value, isOpen }: { readonly name: string; readonly value: unknown; readonly isOpen: boolean }) {
  const [open, setOpen] = useState(isOpen);
  const [shown, setShown] = useState(shownAtOnce);
  const key = name !== "" && <span className="json-key">{name}: </span>;
  if (!isBranch(value)) {
    return (
      <div className="leaf">
        {key}
        <Leaf value={value} />
      </div>
    );
  }
  const entries = entriesOf(value);
  const brackets = Array.isArray(value) ? "[]" : "{}";
  return (
    <details open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        {key}
        <span className="json-count">
          {brackets[0]}
          {entries.length}
          {brackets[1]}
        </span>
      </summary>
      {open && (
        <ul>
          {entries.slice(0, shown).map(([child, item]) => (
            <li key={child}>
              <Node name={child} value={item} isOpen={false} />
            </li>
          ))}
          {entries.length > shown && (
            <li>
              <Button variant="inline-link" onClick={() => setShown(shown + 10 * shownAtOnce)}>
                {`${entries.length - shown} more`}
              </Button>
            </li>
          )}
        </ul>
      )}
    </details>
  );
}
