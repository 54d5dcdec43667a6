import SpaceBetween from "@cloudscape-design/components/space-between";
import { address } from "../address.ts";
import { Page } from "../frame/page.tsx";
import { useSegments } from "../frame/segments.ts";
import { Card } from "../parts/card.tsx";
import { DataTable } from "../parts/data-table.tsx";
import { Facts } from "../parts/facts.tsx";
import { number } from "../parts/format.ts";
import { GoTo } from "../parts/go-to.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { Moment } from "../parts/moment.tsx";
import { State } from "../parts/state.tsx";
import { useRead } from "../queries.ts";
import { ColumnDetail } from "./column-detail.tsx";
import { ColumnsTable } from "./columns-table.tsx";
import { thresholdSentences } from "./in-words.ts";
import { ReportActions } from "./report-actions.tsx";
import { ReportRows } from "./report-rows.tsx";
import { severityRank } from "./severity-order.ts";
import type { MonitorReply, ReportReply } from "./wire.ts";

/** What a monitor saw in one window: the verdict, what it rests on, and every column beside its reference. */
export function ReportPage() {
  const [, monitor = "", , id = ""] = useSegments();
  const query = useRead<ReportReply>(address(["capstan", "v1", "monitors", monitor, "reports", id]), { every: false });
  const definition = useRead<MonitorReply>(address(["capstan", "v1", "monitors", monitor]), { every: false }).data;
  return (
    <Page title={`Drift report ${id}`} actions={<ReportActions monitor={monitor} id={id} retrain={definition?.retrain} />}>
      <Loaded query={query}>
        {(it) => (
          <SpaceBetween size="l">
            <Card title="Verdict">
              <Facts
                facts={[
                  ["Severity", <State key="severity" of={it.status === "judged" ? it.severity : it.status} />],
                  ["Score", number(it.score)],
                  ["Muted", it.muted?.mutes.map(({ column, by, reason }) => `${column ?? "the whole monitor"} by ${by}: ${reason}`).join("; ")],
                  ["The alarm counted", it.muted && (it.muted.mutes.some(({ column }) => column === null) ? "nothing" : number(it.muted.score))],
                  ["Columns drifted", `${it.drifted} of ${it.tested}`],
                  ["Rows", `${number(it.current.rows)} beside ${number(it.reference.rows)}`],
                  [
                    "Monitor",
                    <GoTo key="monitor" href={address(["drift", monitor])}>
                      {monitor}
                    </GoTo>,
                  ],
                  [
                    "Endpoint",
                    <GoTo key="endpoint" href={address(["endpoints", it.endpoint])}>
                      {it.endpoint}
                    </GoTo>,
                  ],
                  ["Window began", <Moment key="from" at={it.window.from} />],
                  ["Window ended", <Moment key="to" at={it.window.to} />],
                ]}
              />
            </Card>
            <DataTable
              name="findings"
              title="Findings"
              filtering={false}
              items={it.findings}
              rowKey={({ rule, columns, message }) => `${rule} ${columns.join(" ")} ${message}`}
              empty="Nothing changed beyond its threshold."
              columns={[
                { id: "severity", header: "Severity", cell: ({ severity }) => <State of={severity} />, sortBy: ({ severity }) => severityRank(severity) },
                { id: "rule", header: "Rule", cell: ({ rule }) => rule },
                { id: "message", header: "Finding", cell: ({ message }) => <span className="name">{message}</span>, isName: true },
                { id: "columns", header: "Columns", cell: ({ columns }) => <span className="name">{columns.join(", ") || "all"}</span> },
                { id: "score", header: "Score", cell: ({ score }) => number(score), sortBy: ({ score }) => score },
              ]}
            />
            <ColumnDetail columns={it.columns} />
            <ColumnsTable columns={it.columns} />
            <ReportRows monitor={monitor} id={id} first={[...new Set(it.findings.flatMap(({ columns }) => columns))]} />
            <Card title="What counts as a change">
              <ul className="plain-list">
                {thresholdSentences(it.thresholds).map(([rule, sentence]) => (
                  <li key={rule}>{sentence}</li>
                ))}
              </ul>
            </Card>
          </SpaceBetween>
        )}
      </Loaded>
    </Page>
  );
}
