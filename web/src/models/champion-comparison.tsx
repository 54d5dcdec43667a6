import Alert from "@cloudscape-design/components/alert";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Toggle from "@cloudscape-design/components/toggle";
import type { Run } from "../experiments/wire.ts";
import { useUrlState } from "../frame/url-state.ts";
import { DataTable } from "../parts/data-table.tsx";
import { Empty } from "../parts/empty.tsx";
import { number, percent } from "../parts/format.ts";
import { GoTo } from "../parts/go-to.tsx";
import { Evidence } from "../pipelines/evidence.tsx";
import { metricPairs, paramPairs } from "./champion-differences.ts";
import { versionPage } from "./names.ts";
import { dataOf } from "./trained-on.ts";
import type { VersionFacts } from "./use-version.ts";

function sameData(ours: Run, theirs: Run): boolean | undefined {
  const [left, right] = [dataOf(ours), dataOf(theirs)].map((all) =>
    all
      .map(({ name, digest }) => `${name}@${digest}`)
      .toSorted()
      .join(" "),
  );
  return left === "" || right === "" ? undefined : left === right;
}

const verdicts = {
  same: ["info", "Both runs read the same version of the data."],
  different: [
    "warning",
    "The runs read different versions of the data, so their own test metrics were not taken on the same rows. Where there was an approval, its evidence below was.",
  ],
  unknown: ["warning", "At least one run does not say which data it read: whether these metrics were taken on the same rows is not known."],
} as const;

/** A version beside the champion: metrics, parameters, and what an approval rested on. */
export function ChampionComparison({ facts: { version, rival, run, rivalRun, approvals = [] } }: { readonly facts: VersionFacts }) {
  const [all, setAll] = useUrlState("all");
  if (!version) return null;
  const decided = approvals.find(({ evidence }) => evidence["candidate"] !== undefined);
  const evidence = decided && <Evidence evidence={decided.evidence} />;
  if (!rival)
    return (
      <SpaceBetween size="l">
        <Empty
          text={version.aliases?.includes("champion") ? "This version is the champion." : "No version is the champion: the alias champion points at none."}
        />
        {evidence}
      </SpaceBetween>
    );
  if (!run || !rivalRun) return <Empty text="Only versions of runs can be compared, and one of the two has none." />;
  const same = sameData(run, rivalRun);
  const [type, text] = verdicts[same === undefined ? "unknown" : same ? "same" : "different"];
  const params = paramPairs(run, rivalRun).filter(({ differs }) => all === "1" || differs);
  const [ours, theirs] = [`Version ${version.version}`, `Champion, version ${rival.version}`];
  return (
    <SpaceBetween size="l">
      <Alert type={type}>{text}</Alert>
      <DataTable
        name="metrics"
        title="Metrics"
        items={metricPairs(run, rivalRun)}
        rowKey={({ key }) => key}
        empty="Neither run logged a metric."
        actions={<GoTo href={versionPage(rival.name, rival.version)}>Champion, version {rival.version}</GoTo>}
        columns={[
          { id: "key", header: "Metric", cell: ({ key }) => <span className="name">{key}</span>, sortBy: ({ key }) => key, isName: true },
          { id: "ours", header: ours, cell: (it) => <span title={String(it.ours ?? "")}>{number(it.ours)}</span>, sortBy: (it) => it.ours },
          { id: "theirs", header: theirs, cell: (it) => <span title={String(it.theirs ?? "")}>{number(it.theirs)}</span>, sortBy: (it) => it.theirs },
          { id: "difference", header: "Difference", cell: ({ difference }) => number(difference), sortBy: ({ difference }) => difference },
          {
            id: "relative",
            header: "Relative difference",
            cell: ({ relative }) => (relative === undefined ? "-" : percent(relative)),
            sortBy: ({ relative }) => relative,
          },
        ]}
      />
      <DataTable
        name="params"
        title={all === "1" ? "Params" : "Params that differ"}
        items={params}
        rowKey={({ key }) => key}
        empty="The params are the same."
        filtering={params.length > 10}
        actions={
          <Toggle checked={all !== "1"} onChange={({ detail }) => setAll(detail.checked ? "" : "1")}>
            Only what differs
          </Toggle>
        }
        columns={[
          { id: "key", header: "Param", cell: ({ key }) => <span className="name">{key}</span>, sortBy: ({ key }) => key, isName: true },
          { id: "ours", header: ours, cell: (it) => <span className="name">{it.ours ?? "-"}</span>, sortBy: (it) => it.ours },
          { id: "theirs", header: theirs, cell: (it) => <span className="name">{it.theirs ?? "-"}</span>, sortBy: (it) => it.theirs },
        ]}
      />
      {evidence}
    </SpaceBetween>
  );
}
