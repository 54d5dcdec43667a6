import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { address, send } from "../client.ts";
import { Card } from "../parts/card.tsx";
import { ErrorCard } from "../parts/error-card.tsx";
import { Facts } from "../parts/facts.tsx";
import { exampleRow, mainVariant } from "./example-row.ts";
import type { EndpointReply, PredictionReply } from "./wire.ts";

/** A form of the model's features that asks for one prediction. */
export function TryIt({ endpoint }: { readonly endpoint: EndpointReply }) {
  const example = exampleRow(mainVariant(endpoint.variants));
  const [given, setGiven] = useState<Readonly<Record<string, string>>>({});
  const row = Object.fromEntries(
    Object.entries(example).map(([name, start]) => [name, typeof start === "number" ? Number(given[name] ?? start) : (given[name] ?? start)]),
  );
  const prediction = useMutation({ mutationFn: () => send<PredictionReply>("POST", address(["predict", endpoint.name]), { rows: [row] }) });
  if (Object.keys(example).length === 0) return <Alert>The model has no signature that names its features: ask it through one of the clients.</Alert>;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        prediction.mutate();
      }}
    >
      <Card
        title="Features"
        actions={
          <Button variant="primary" loading={prediction.isPending}>
            Predict
          </Button>
        }
      >
        <SpaceBetween size="l">
          {prediction.error && <ErrorCard error={prediction.error} retry={() => prediction.mutate()} />}
          {prediction.data && (
            <Alert type="success" header="Prediction">
              <Facts
                columns={3}
                facts={[
                  ["Result", JSON.stringify(prediction.data.predictions[0])],
                  ["Answered by", `${prediction.data.variant}, version ${prediction.data.modelVersion}`],
                  ["Prediction id", prediction.data.predictionId],
                ]}
              />
            </Alert>
          )}
          <ColumnLayout columns={3} minColumnWidth={200}>
            {Object.entries(example).map(([name, start]) => (
              <FormField key={name} label={name}>
                <Input
                  value={given[name] ?? String(start)}
                  inputMode={typeof start === "number" ? "decimal" : "text"}
                  onChange={({ detail }) => setGiven({ ...given, [name]: detail.value })}
                />
              </FormField>
            ))}
          </ColumnLayout>
        </SpaceBetween>
      </Card>
    </form>
  );
}
