import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Toggle from "@cloudscape-design/components/toggle";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { read } from "../../client.ts";
import { ErrorCard } from "../../parts/error-card.tsx";
import { attributeColumns, isPattern, nameColumn, titleOf } from "./column-names.ts";
import { columnsPath } from "./table-address.ts";
import type { ColumnsReply } from "./table-cells.ts";
import type { TableState } from "./table-state.ts";

interface ColumnsDialogProps {
  readonly experimentId: string;
  readonly state: TableState;
  readonly shown: readonly string[];
  readonly change: (part: Partial<TableState>) => void;
  readonly close: () => void;
}

const listed = 200;

/** The columns asked for, by name, once they are no longer just the usual ones. */
function asked({ columns }: TableState, shown: readonly string[]): readonly string[] {
  return columns.length > 0 ? columns : shown.filter((name) => name !== nameColumn);
}

/** Chooses columns among any number: by search, one by one, or by a pattern that also takes those still to come. */
export function ColumnsDialog({ experimentId, state, shown, change, close }: ColumnsDialogProps) {
  const [search, setSearch] = useState("");
  const path = columnsPath(experimentId, state, { search, differing: state.differing, limit: listed });
  const { data, error, refetch } = useQuery({ queryKey: [path], queryFn: ({ signal }) => read<ColumnsReply>(path, signal), placeholderData: keepPreviousData });
  const now = asked(state, shown);
  const visible = new Set(shown);
  const show = (name: string, isShown: boolean) =>
    isShown
      ? change({ hidden: state.hidden.filter((one) => one !== name), ...(visible.has(name) || state.hidden.includes(name) ? {} : { columns: [...now, name] }) })
      : now.includes(name)
        ? change({ columns: now.filter((one) => one !== name) })
        : change({ hidden: [...state.hidden, name] });
  const text = search.trim();
  const pattern = isPattern(text) ? text : `*${text}*`;
  const add = () => change({ columns: [...now.filter((one) => one !== pattern), pattern] });
  const attributes = attributeColumns.filter((name) => titleOf(name).toLowerCase().includes(text.toLowerCase()));
  const rows = [...attributes.map((column) => ({ column, runs: null })), ...(data?.columns ?? [])];
  const { metrics = 0, params = 0, tags = 0 } = data?.counts ?? {};
  return (
    <Modal
      visible
      header="Columns"
      onDismiss={close}
      closeAriaLabel="Close"
      footer={<Button onClick={() => change({ columns: [], hidden: [] })}>Back to the usual ones</Button>}
    >
      <SpaceBetween size="m">
        <Box color="text-body-secondary">
          {`${metrics.toLocaleString("en")} metrics, ${params.toLocaleString("en")} params and ${tags.toLocaleString("en")} tags were logged.`}
        </Box>
        <Toggle checked={state.differing} onChange={({ detail }) => change({ differing: detail.checked })}>
          Only columns in which runs differ
        </Toggle>
        <FormField label="Find columns" constraintText="Any part of the name, or a pattern such as val/*" stretch>
          <Input type="search" value={search} autoFocus onChange={({ detail }) => setSearch(detail.value)} />
        </FormField>
        {error && <ErrorCard error={error} retry={() => void refetch()} />}
        <SpaceBetween direction="horizontal" size="xs">
          <Button disabled={text === "" || data?.total === 0} onClick={add}>
            {`Add all ${data && text !== "" ? `${data.total.toLocaleString("en")} of ` : ""}${text === "" ? "that match" : pattern}`}
          </Button>
        </SpaceBetween>
        {now.filter(isPattern).map((one) => (
          <Checkbox key={one} checked onChange={() => change({ columns: now.filter((name) => name !== one) })}>
            All of {one}
          </Checkbox>
        ))}
        <ul className="column-list" aria-label="Columns">
          {rows.map(({ column, runs }) => (
            <li key={column}>
              <Checkbox
                checked={visible.has(column)}
                onChange={({ detail }) => show(column, detail.checked)}
                {...(runs !== null && { description: `${runs.toLocaleString("en")} runs` })}
              >
                {column.startsWith("attributes.") ? titleOf(column) : column}
              </Checkbox>
            </li>
          ))}
        </ul>
        {data !== undefined && data.total > data.columns.length && (
          <Box color="text-body-secondary">{`${(data.total - data.columns.length).toLocaleString("en")} more; search to see them.`}</Box>
        )}
      </SpaceBetween>
    </Modal>
  );
}
