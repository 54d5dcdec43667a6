import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { Card } from "../../parts/card.tsx";
import { Moment } from "../../parts/moment.tsx";
import type { Feature, Row } from "../example-row.ts";
import type { Draft } from "./example-source.ts";
import { RowForm } from "./row-form.tsx";

/** More rows than this are easier sent by a client. */
const mostRows = 10;

interface TryRowsProps {
  readonly features: readonly Feature[];
  /** At least one. */
  readonly drafts: readonly Draft[];
  readonly description: string;
  readonly predict: (rows: readonly Row[]) => void;
  readonly isPending: boolean;
}

function Source({ draft }: { readonly draft: Draft }) {
  if (draft.from === "captured") {
    return (
      <>
        A client asked this row <Moment at={draft.at} />.
      </>
    );
  }
  const sentences = {
    inputExample: "The input example that was logged with the model.",
    signature: "Zeros and empty texts by the signature: no input example was logged with the model, and no request was captured in the last two days.",
    edited: "Edited here.",
  };
  return <>{sentences[draft.from]}</>;
}

/** A form of the model's features for one row or several, filled with rows that somebody believed in. */
export function TryRows({ features, drafts, description, predict, isPending }: TryRowsProps) {
  const [next, setNext] = useState(1);
  const [rows, setRows] = useState(drafts.slice(0, 1));
  const [shown, setShown] = useState(0);
  const draft = rows[shown] ?? drafts[0];
  if (!draft) return null;
  const put = (changed: Draft) => setRows(rows.with(shown, changed));
  const another = () => {
    const found = drafts[next % drafts.length];
    if (found) put(found);
    setNext(next + 1);
  };
  const add = () => {
    setRows([...rows, draft]);
    setShown(rows.length);
  };
  const remove = () => {
    setRows(rows.toSpliced(shown, 1));
    setShown(Math.max(0, shown - 1));
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        predict(rows.map(({ row }) => row));
      }}
    >
      <Card
        title="Features"
        description={description}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button formAction="none" onClick={another} disabled={drafts.length < 2}>
              Another row
            </Button>
            <Button formAction="none" onClick={add} disabled={rows.length >= mostRows}>
              Add a row like this
            </Button>
            <Button formAction="none" onClick={remove} disabled={rows.length < 2}>
              Remove this row
            </Button>
            <Button variant="primary" loading={isPending}>
              Predict
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="m">
          {rows.length > 1 && (
            <SegmentedControl
              label="Row"
              selectedId={String(shown)}
              options={rows.map((_row, index) => ({ id: String(index), text: `Row ${index + 1}` }))}
              onChange={({ detail }) => setShown(Number(detail.selectedId))}
            />
          )}
          <Box color="text-body-secondary">
            <span aria-live="polite">
              <Source draft={draft} />
            </span>
          </Box>
          <RowForm features={features} row={draft.row} change={(row) => put({ row, from: "edited" })} />
        </SpaceBetween>
      </Card>
    </form>
  );
}
