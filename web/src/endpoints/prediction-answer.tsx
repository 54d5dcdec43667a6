import ColumnLayout from "@cloudscape-design/components/column-layout";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { Card } from "../parts/card.tsx";
import { DataTable } from "../parts/data-table.tsx";
import { Facts } from "../parts/facts.tsx";
import { number } from "../parts/format.ts";
import { JsonBlock } from "../parts/json-block.tsx";
import type { PredictionReply } from "./wire.ts";

/** What was sent, what came back, and how long it took there and back. */
export interface Answered {
  readonly request: object;
  readonly reply: PredictionReply;
  readonly milliseconds: number;
}

/** An answer: who gave it, each row's prediction, and both documents as they went over the wire. */
export function PredictionAnswer({ answered: { request, reply, milliseconds } }: { readonly answered: Answered }) {
  return (
    <SpaceBetween size="l">
      <Card title="Answer">
        <Facts
          facts={[
            ["Answered by", `${reply.variant}, version ${reply.modelVersion}`],
            ["Took", `${number(milliseconds)} ms, with the way there and back`],
            ["Prediction id", reply.predictionId],
          ]}
          columns={3}
        />
      </Card>
      <DataTable
        name="predictions"
        title="Predictions"
        filtering={false}
        items={reply.predictions.map((prediction, index) => ({ prediction, row: index + 1 }))}
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
