import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import LiveRegion from "@cloudscape-design/components/live-region";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Textarea from "@cloudscape-design/components/textarea";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { send } from "../client.ts";
import { Card } from "../parts/card.tsx";
import { DataTable } from "../parts/data-table.tsx";
import { ErrorCard } from "../parts/error-card.tsx";
import { type Compared, compared } from "./parity.ts";
import { pastedRows } from "./pasted-rows.ts";
import type { OnlineReply, PreviewReply, ViewReply } from "./wire.ts";

const mostKeys = 20;
const timeColumn = "event_timestamp";
const looks: Readonly<Record<Compared["agreement"], readonly ["success" | "error" | "info", string]>> = {
  same: ["success", "same"],
  different: ["error", "different"],
  notCompared: ["info", "not compared"],
};

/** Asks both stores for the same keys at the same instant: what a model is served, and what the history says that it should be. */
export function ParityCheck({ view }: { readonly view: ViewReply["view"] }) {
  const names = view.joinKeys.map(({ name }) => name);
  const heading = names.join(",");
  const [text, setText] = useState(`${heading}\n`);
  const rows = pastedRows(text);
  const isComplete = rows.length > 0 && rows.length <= mostKeys && rows.every((row) => names.every((name) => row[name] !== null && row[name] !== undefined));
  const check = useMutation({
    mutationFn: async () => {
      const now = new Date().toISOString();
      const features = view.features.map(({ name }) => `${view.name}:${name}`);
      const cell = (valueType: string, value: string | null | undefined) => (valueType === "STRING" ? (value ?? "") : Number(value));
      const entities = Object.fromEntries(view.joinKeys.map(({ name, valueType }) => [name, rows.map((row) => cell(valueType, row[name]))]));
      const keyed = rows.map((row) => ({ ...Object.fromEntries(names.map((name) => [name, row[name] ?? null])), [timeColumn]: now }));
      const [online, offline] = await Promise.all([
        send<OnlineReply>("POST", "/get-online-features", { features, entities }),
        send<PreviewReply>("POST", "/capstan/v1/feature-previews", { rows: keyed, eventTimestampColumn: timeColumn, features, knowledge: "latest" }),
      ]);
      return compared({ keys: rows.map((row) => names.map((name) => row[name]).join(", ")), features: view.features }, online, offline);
    },
  });
  const different = check.data?.filter(({ agreement }) => agreement === "different").length ?? 0;
  const verdict = different === 0 ? "Both stores agree." : `${different} of ${check.data?.length ?? 0} values differ.`;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isComplete) check.mutate();
      }}
    >
      <Card
        title="Online beside offline"
        description="The same keys, asked of both stores now. A difference means rows that are not materialised yet, or that one store lost."
        actions={
          <Button disabled={!isComplete} loading={check.isPending}>
            Compare
          </Button>
        }
      >
        <SpaceBetween size="m">
          <FormField
            label="Keys"
            description={`Paste from a spreadsheet or a CSV file, at most ${mostKeys}: ${heading}.`}
            errorText={rows.length > mostKeys ? `At most ${mostKeys} keys, these are ${rows.length}.` : undefined}
            stretch
          >
            <Textarea value={text} rows={5} spellcheck={false} onChange={({ detail }) => setText(detail.value)} />
          </FormField>
          {check.error && <ErrorCard error={check.error} retry={() => check.mutate()} />}
          {check.data && (
            <LiveRegion>
              <StatusIndicator type={different === 0 ? "success" : "error"}>{verdict}</StatusIndicator>
            </LiveRegion>
          )}
          {check.data && (
            <DataTable
              name="parity"
              title="Values"
              items={check.data}
              rowKey={({ key, feature }) => `${key} ${feature}`}
              empty="Nothing."
              columns={[
                { id: "key", header: "Key", cell: ({ key }) => <span className="named">{key}</span>, sortBy: ({ key }) => key },
                { id: "feature", header: "Feature", cell: ({ feature }) => feature, sortBy: ({ feature }) => feature, isName: true },
                { id: "online", header: "Served", cell: ({ online }) => <span className="number two-lines">{online}</span> },
                { id: "offline", header: "In the history", cell: ({ offline }) => <span className="number two-lines">{offline}</span> },
                {
                  id: "agreement",
                  header: "Agreement",
                  cell: ({ agreement }) => <StatusIndicator type={looks[agreement][0]}>{looks[agreement][1]}</StatusIndicator>,
                  sortBy: ({ agreement }) => agreement,
                },
              ]}
            />
          )}
        </SpaceBetween>
      </Card>
    </form>
  );
}
