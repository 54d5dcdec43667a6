import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import LiveRegion from "@cloudscape-design/components/live-region";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { address } from "../address.ts";
import { send } from "../client.ts";
import { Card } from "../parts/card.tsx";
import { ErrorCard } from "../parts/error-card.tsx";
import { exampleRow, featuresOf, mainVariant } from "./example-row.ts";
import { type Answered, PredictionAnswer } from "./prediction-answer.tsx";
import { RowForm } from "./row-form.tsx";
import type { EndpointReply, PredictionReply } from "./wire.ts";

/** More rows than this are easier sent by a client. */
const mostRows = 10;

/** A form of the model's features that asks for predictions of one row or several. */
export function TryIt({ endpoint }: { readonly endpoint: EndpointReply }) {
  const main = mainVariant(endpoint.variants);
  const features = featuresOf(main);
  const [rows, setRows] = useState([exampleRow(main)]);
  const [shown, setShown] = useState(0);
  const row = rows[shown] ?? {};
  const prediction = useMutation({
    mutationFn: async (): Promise<Answered> => {
      const start = performance.now();
      const reply = await send<PredictionReply>("POST", address(["predict", endpoint.name]), { rows });
      return { request: { rows }, reply, milliseconds: performance.now() - start };
    },
  });
  if (features.length === 0) return <Alert>The model has no signature that names its features: ask it through one of the clients.</Alert>;
  const add = () => {
    setRows([...rows, row]);
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
        prediction.mutate();
      }}
    >
      <SpaceBetween size="l">
        <Card
          title="Features"
          description={`What ${main?.modelName ?? ""} ${main?.modelVersion ?? ""} reads, from its signature.`}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button formAction="none" onClick={add} disabled={rows.length >= mostRows}>
                Add a row like this
              </Button>
              <Button formAction="none" onClick={remove} disabled={rows.length < 2}>
                Remove this row
              </Button>
              <Button variant="primary" loading={prediction.isPending}>
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
            <RowForm features={features} row={row} change={(next) => setRows(rows.with(shown, next))} />
          </SpaceBetween>
        </Card>
        {prediction.error && <ErrorCard error={prediction.error} retry={() => prediction.mutate()} />}
        <LiveRegion hidden>{prediction.data ? `Answered by ${prediction.data.reply.variant}.` : ""}</LiveRegion>
        {prediction.data && <PredictionAnswer answered={prediction.data} />}
      </SpaceBetween>
    </form>
  );
}
