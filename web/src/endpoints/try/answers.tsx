import { DataTable } from "../../parts/data-table.tsx";
import { number } from "../../parts/format.ts";
import { Moment } from "../../parts/moment.tsx";
import type { Answered } from "./answered.ts";

/** The last answers, the latest first: who gave each, in what time, and what it was. */
export function Answers({ answers }: { readonly answers: readonly Answered[] }) {
  return (
    <DataTable
      name="answers"
      title="Last answers"
      description="Kept while this page is open."
      filtering={false}
      items={answers}
      rowKey={({ predictionId, at }) => `${predictionId} ${at}`}
      empty="Nothing was asked yet."
      columns={[
        { id: "at", header: "Asked", cell: ({ at }) => <Moment at={at} />, sortBy: ({ at }) => at, isName: true },
        { id: "variant", header: "Variant", cell: ({ variant }) => <span className="named">{variant}</span>, sortBy: ({ variant }) => variant },
        { id: "version", header: "Version", cell: ({ modelVersion }) => modelVersion, sortBy: ({ modelVersion }) => modelVersion },
        { id: "took", header: "Took", cell: ({ milliseconds }) => `${number(milliseconds)} ms`, sortBy: ({ milliseconds }) => milliseconds },
        {
          id: "predictions",
          header: "Predictions",
          cell: ({ predictions }) => <span className="two-lines">{predictions.map((prediction) => JSON.stringify(prediction)).join(", ")}</span>,
        },
        { id: "request", header: "Request", cell: ({ request }) => <span className="two-lines">{JSON.stringify(request)}</span> },
      ]}
    />
  );
}
