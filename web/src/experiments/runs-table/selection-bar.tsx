import Button from "@cloudscape-design/components/button";
import { useState } from "react";
import { TagForm } from "../../parts/tag-form.tsx";
import type { RunDeeds } from "./run-deeds.ts";

interface SelectionBarProps {
  readonly selected: ReadonlySet<string>;
  readonly isTrash: boolean;
  readonly deeds: RunDeeds;
  readonly compare: () => void;
  readonly clear: () => void;
}

/** What can be done with the chosen runs. */
export function SelectionBar({ selected, isTrash, deeds, compare, clear }: SelectionBarProps) {
  const [isTagging, setIsTagging] = useState(false);
  const runIds = [...selected];
  const none = runIds.length === 0;
  const done = (deed: Promise<void>) => {
    clear();
    void deed;
  };
  return (
    <>
      <div className="toolbar-side">
        <Button disabled={runIds.length < 2} onClick={compare}>
          Compare
        </Button>
        {isTrash ? (
          <Button disabled={none} onClick={() => done(deeds.restore(runIds))}>
            Restore
          </Button>
        ) : (
          <>
            <Button disabled={none} onClick={() => setIsTagging(true)}>
              Add tag
            </Button>
            <Button disabled={none} onClick={() => done(deeds.remove(runIds))}>
              Delete
            </Button>
          </>
        )}
        {!none && (
          <Button variant="inline-link" onClick={clear}>
            Choose none
          </Button>
        )}
      </div>
      {isTagging && (
        <TagForm
          title={`Tag ${runIds.length} ${runIds.length === 1 ? "run" : "runs"}`}
          confirm={(key, value) => void deeds.tag(runIds, key, value)}
          close={() => setIsTagging(false)}
        />
      )}
    </>
  );
}
