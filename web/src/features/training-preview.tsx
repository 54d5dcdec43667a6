import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import FormField from "@cloudscape-design/components/form-field";
import Multiselect from "@cloudscape-design/components/multiselect";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { send } from "../client.ts";
import { Card } from "../parts/card.tsx";
import { DataTable } from "../parts/data-table.tsx";
import { ErrorCard } from "../parts/error-card.tsx";
import { pastedRows } from "./pasted-rows.ts";
import type { PreviewReply, ViewReply } from "./wire.ts";

const mostRows = 100;
const timeColumn = "event_timestamp";
const knowledges = [
  { value: "latest", label: "As corrected since", description: "Rows that came in late count from their event time on." },
  { value: "as_of", label: "As known then", description: "Rows that were created after the example happened do not count." },
];

/** Joins the features of a view to a few pasted rows as they were at each row's time, as a training set would. */
export function TrainingPreview({ view }: { readonly view: ViewReply["view"] }) {
  const options = view.features.map(({ name, valueType }) => ({ value: name, label: name, description: valueType }));
  const heading = [...view.joinKeys.map(({ name }) => name), timeColumn].join(",");
  const [text, setText] = useState(`${heading}\n`);
  const [chosen, setChosen] = useState<readonly { readonly value?: string }[]>(options);
  const [knowledge, setKnowledge] = useState("latest");
  const rows = pastedRows(text);
  const preview = useMutation({
    mutationFn: () =>
      send<PreviewReply>("POST", "/capstan/v1/feature-previews", {
        rows,
        eventTimestampColumn: timeColumn,
        features: chosen.map(({ value = "" }) => `${view.name}:${value}`),
        knowledge,
      }),
  });
  const found = preview.data;
  const isReady = rows.length > 0 && rows.length <= mostRows && chosen.length > 0;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) preview.mutate();
      }}
    >
      <Card
        title="Point-in-time preview"
        description="What a training set would hold: for each row the features as they were at its time, from the whole history."
        actions={
          <Button disabled={!isReady} loading={preview.isPending}>
            Join rows
          </Button>
        }
      >
        <SpaceBetween size="m">
          <FormField
            label="Rows"
            description={`Paste from a spreadsheet or a CSV file, at most ${mostRows}: ${heading}. Further columns are kept.`}
            constraintText={`${rows.length} ${rows.length === 1 ? "row" : "rows"}. Times are ISO 8601, UTC where no zone is named.`}
            errorText={rows.length > mostRows ? `At most ${mostRows} rows, these are ${rows.length}.` : undefined}
            stretch
          >
            <Textarea value={text} rows={6} spellcheck={false} onChange={({ detail }) => setText(detail.value)} />
          </FormField>
          <ColumnLayout columns={2}>
            <FormField label="Features to join">
              <Multiselect
                filteringType="auto"
                hideTokens
                placeholder={`${chosen.length} of ${options.length} chosen`}
                selectedOptions={options.filter(({ value }) => chosen.some((one) => one.value === value))}
                options={options}
                onChange={({ detail }) => setChosen(detail.selectedOptions)}
              />
            </FormField>
            <FormField label="Knowledge">
              <Select
                selectedOption={knowledges.find(({ value }) => value === knowledge) ?? null}
                options={knowledges}
                onChange={({ detail }) => setKnowledge(detail.selectedOption.value ?? "latest")}
              />
            </FormField>
          </ColumnLayout>
          {preview.error && <ErrorCard error={preview.error} retry={() => preview.mutate()} />}
          {found?.rows.some((row) => row.slice(-chosen.length).every((value) => value === null)) && (
            <Alert type="info">Rows without any value: the key is unknown, everything known of it is later, or it is older than the view's time to live.</Alert>
          )}
          {found && (
            <DataTable
              name="joined"
              title="Joined rows"
              filtering={false}
              items={found.rows.map((cells, index) => ({ index, cells }))}
              rowKey={({ index }) => String(index)}
              empty="No row."
              columns={[
                { id: "index", header: "Row", cell: ({ index }) => index + 1, sortBy: ({ index }) => index, isName: true },
                ...found.columns.map((name, place) => ({
                  id: `${place} ${name}`,
                  header: name,
                  cell: ({ cells }: { readonly cells: readonly (string | null)[] }) => (
                    <span className="number two-lines" title={cells[place] ?? "null"}>
                      {cells[place] ?? "-"}
                    </span>
                  ),
                })),
              ]}
            />
          )}
        </SpaceBetween>
      </Card>
    </form>
  );
}
