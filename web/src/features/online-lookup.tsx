import Button from "@cloudscape-design/components/button";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { send } from "../client.ts";
import { Card } from "../parts/card.tsx";
import { DataTable } from "../parts/data-table.tsx";
import { ErrorCard } from "../parts/error-card.tsx";
import { Moment } from "../parts/moment.tsx";
import type { OnlineReply, ViewReply } from "./wire.ts";

const isWrong = (valueType: string, text = "") => valueType !== "STRING" && text !== "" && !/^-?\d+$/.test(text.trim());

/** Asks the online store what a model would be given now for one key. */
export function OnlineLookup({ view }: { readonly view: ViewReply["view"] }) {
  const [keys, setKeys] = useState<Readonly<Record<string, string>>>({});
  const entities = Object.fromEntries(view.joinKeys.map(({ name, valueType }) => [name, [valueType === "STRING" ? (keys[name] ?? "") : Number(keys[name])]]));
  const incomplete = view.joinKeys.some(({ name, valueType }) => !keys[name] || isWrong(valueType, keys[name]));
  const features = view.features.map(({ name }) => `${view.name}:${name}`);
  const lookup = useMutation({ mutationFn: () => send<OnlineReply>("POST", "/get-online-features", { features, entities }) });
  const rows = lookup.data?.metadata.feature_names.map((name, index) => ({ name, found: lookup.data?.results[index] }));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!incomplete) lookup.mutate();
      }}
    >
      <Card
        title="Online lookup"
        actions={
          <Button disabled={incomplete} loading={lookup.isPending}>
            Look up
          </Button>
        }
      >
        <SpaceBetween size="m">
          <ColumnLayout columns={3}>
            {view.joinKeys.map(({ name, valueType }) => (
              <FormField key={name} label={name} constraintText={valueType} errorText={isWrong(valueType, keys[name]) ? "Must be a whole number." : undefined}>
                <Input
                  value={keys[name] ?? ""}
                  inputMode={valueType === "STRING" ? "text" : "numeric"}
                  onChange={({ detail }) => setKeys({ ...keys, [name]: detail.value })}
                />
              </FormField>
            ))}
          </ColumnLayout>
          {lookup.error && <ErrorCard error={lookup.error} retry={() => lookup.mutate()} />}
          {rows && (
            <DataTable
              name="found"
              title="Served now"
              filtering={false}
              items={rows}
              rowKey={({ name }) => name}
              empty="Nothing."
              columns={[
                { id: "name", header: "Name", cell: ({ name }) => name, isName: true },
                { id: "value", header: "Value", cell: ({ found }) => <span className="name">{JSON.stringify(found?.values[0])}</span> },
                { id: "status", header: "State", cell: ({ found }) => found?.statuses[0]?.toLowerCase() ?? "-" },
                { id: "at", header: "Event time", cell: ({ found }) => <Moment at={found?.event_timestamps[0]} /> },
              ]}
            />
          )}
        </SpaceBetween>
      </Card>
    </form>
  );
}
