import ColumnLayout from "@cloudscape-design/components/column-layout";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { Card } from "../../parts/card.tsx";
import { DataTable } from "../../parts/data-table.tsx";
import { Facts } from "../../parts/facts.tsx";
import { number } from "../../parts/format.ts";
import { JsonBlock } from "../../parts/json-block.tsx";
import type { Answered } from "./answered.ts";

/** An answer: who gave it, each row's prediction, and both documents as they went over the wire. */
export function PredictionAnswer({ answered }: { readonly answered: Answered }) {
  const { request, reply, milliseconds, variant, modelVersion, predictionId, predictions } = answered;
  return (
    <SpaceBetween size="l">
      <Card title="Answer">
        <Facts
          facts={[
            ["Answered by", `${variant}, version ${modelVersion}`],
            ["Took", `${number(milliseconds)} ms, with the way there and back`],
            ["Prediction id", predictionId],
          ]}
          columns={3}
        />
      </Card>
      <DataTable
        name="predictions"
        title="Predictions"
        filtering={false}
        items={predictions.map((prediction, index) => ({ prediction, row: index + 1 }))}
        rowKey={({ row }) => String(row)}
        empty="The platform answered with no prediction."
        columns={[
          { id: "row", header: "Row", cell: ({ row }) => row, isName: true },
          { id: "prediction", header: "Prediction", cell: ({ prediction }) => <span className="name">{JSON.stringify(prediction)}</span> },
        ]}
      />
      <ColumnLayout columns={2} minColumnWidth={300}>
        <Card title="Request">
          <JsonBlock label="Request as sent" value={request} />
        </Card>
        <Card title="Response">
          <JsonBlock label="Response as received" value={reply} />
        </Card>
      </ColumnLayout>
    </SpaceBetween>
  );
}
