import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Toggle from "@cloudscape-design/components/toggle";
import { relativeDifference } from "../experiments/relative-difference.ts";
import { useUrlState } from "../frame/url-state.ts";
import { DataTable } from "../parts/data-table.tsx";
import { number, percent } from "../parts/format.ts";
import { type ComparedRun, differs, namesOf, numberIn, type Value, type ValueName } from "./values.ts";

/** Runs that fit beside each other; of more, these are shown and the others are on further pages. */
const columnsShown = 20;

const textOf = (value: Value | undefined) => (typeof value === "number" ? number(value) : (value ?? "-"));
const signed = (share: number) => `${share > 0 ? "+" : ""}${percent(share)}`;

function Cell({ value, base }: { readonly value: Value | undefined; readonly base: Value | undefined }) {
  const relative = relativeDifference(numberIn(value), numberIn(base));
  return (
    <span className="number" title={value === undefined ? undefined : String(value)}>
      {textOf(value)}
      {relative !== undefined && relative !== 0 && <span className="secondary"> {signed(relative)}</span>}
    </span>
  );
}

/** Every value as a row and every run as a column; by default only rows that differ, numbers measured by a run that is chosen. */
export function DifferencesTab({ runs }: { readonly runs: readonly ComparedRun[] }) {
  const [all, setAll] = useUrlState("all");
  const [base, setBase] = useUrlState("base");
  const [from, setFrom] = useUrlState("from", "0");
  const baseline = runs.find(({ id }) => id === base);
  const first = Math.min(Math.max(0, Number(from) || 0), Math.max(0, runs.length - 1));
  const page = runs.slice(first, first + columnsShown);
  const shown = baseline && !page.includes(baseline) ? [baseline, ...page] : page;
  const names = namesOf(runs).filter((name) => all === "1" || differs(runs, name));
  const options = [{ value: "", label: "No baseline" }, ...runs.map(({ id, name }) => ({ value: id, label: name }))];
  const pages = Array.from({ length: Math.ceil(runs.length / columnsShown) }, (_, index) => ({
    value: String(index * columnsShown),
    label: `Runs ${index * columnsShown + 1} to ${Math.min(runs.length, (index + 1) * columnsShown)}`,
  }));
  return (
    <DataTable
      name="differences"
      title={all === "1" ? "Values" : "Differences"}
      description={`Over all ${runs.length} runs${baseline ? `; shares are of ${baseline.name}` : ""}.`}
      items={names}
      rowKey={(name) => name}
      empty="The runs do not differ."
      actions={
        <SpaceBetween direction="horizontal" size="xs" alignItems="center">
          <Toggle checked={all !== "1"} onChange={({ detail }) => setAll(detail.checked ? "" : "1")}>
            Only what differs
          </Toggle>
          <Select
            ariaLabel="Baseline"
            filteringType="auto"
            selectedOption={options.find(({ value }) => value === base) ?? options[0] ?? null}
            options={options}
            onChange={({ detail }) => setBase(detail.selectedOption.value ?? "")}
          />
          {pages.length > 1 && (
            <Select
              ariaLabel="Runs shown"
              selectedOption={pages.find(({ value }) => Number(value) === first) ?? null}
              options={pages}
              onChange={({ detail }) => setFrom(detail.selectedOption.value ?? "0")}
            />
          )}
        </SpaceBetween>
      }
      columns={[
        { id: "value", header: "Value", cell: (name) => <span className="named">{name}</span>, sortBy: (name) => name, isName: true },
        ...shown.map((run) => ({
          id: run.id,
          header: run === baseline ? `${run.name} (baseline)` : run.name,
          cell: (name: ValueName) => <Cell value={run.values.get(name)} base={run === baseline ? undefined : baseline?.values.get(name)} />,
        })),
      ]}
    />
  );
}
