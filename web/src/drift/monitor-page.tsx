import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { address } from "../address.ts";
import { Page } from "../frame/page.tsx";
import { useSegments } from "../frame/segments.ts";
import { Card } from "../parts/card.tsx";
import { Facts } from "../parts/facts.tsx";
import { GoTo } from "../parts/go-to.tsx";
import { JsonBlock } from "../parts/json-block.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { Moment } from "../parts/moment.tsx";
import { State } from "../parts/state.tsx";
import { useChange, useRead } from "../queries.ts";
import { alarmSentences } from "./in-words.ts";
import { LastSeverity } from "./last-severity.tsx";
import { MonitorForm } from "./monitor-form.tsx";
import { MutesCard } from "./mutes-card.tsx";
import { ReportsTable } from "./reports-table.tsx";
import { SeverityHistory } from "./severity-history.tsx";
import { ThresholdsPreview } from "./thresholds-preview.tsx";
import type { MonitorReply, ReportsReply } from "./wire.ts";

/** One monitor: its alarm, its reports, and what it compares with what. */
export function MonitorPage() {
  const [, name = ""] = useSegments();
  const path = address(["capstan", "v1", "monitors", name]);
  const query = useRead<MonitorReply>(path);
  const reports = useRead<ReportsReply>(address(["capstan", "v1", "monitors", name, "reports"], { limit: 200 }));
  const change = useChange();
  const run = () => change.mutate({ path: `${path}/run`, done: "The window that ends now is being judged; its report will show below." });
  return (
    <Page
      title={name}
      actions={
        <Button onClick={run} loading={change.isPending}>
          Run now
        </Button>
      }
    >
      <Loaded query={query}>
        {({ status, createdAt: _created, updatedAt, mutes: _mutes, ...definition }) => (
          <SpaceBetween size="l">
            <Card title="Alarm" description={alarmSentences({ alarm: definition.alarm, status }).map((sentence) => <div key={sentence}>{sentence}</div>)}>
              <Facts
                facts={[
                  ["State", <State key="state" of={status.state} />],
                  ["Last window showed", <LastSeverity key="last" status={status} />],
                  ["Raised", status.raisedAt && <Moment key="raised" at={status.raisedAt} />],
                  [
                    "Endpoint",
                    <GoTo key="endpoint" href={address(["endpoints", definition.endpoint])}>
                      {definition.endpoint}
                    </GoTo>,
                  ],
                  ["Schedule", definition.schedule],
                  ["Window", `${definition.windowMinutes} min`],
                  ["Empty windows", String(status.emptyWindows)],
                  ["Defined", <Moment key="defined" at={updatedAt} />],
                ]}
              />
            </Card>
            {query.data && <MutesCard monitor={query.data} />}
            <SeverityHistory monitor={name} reports={reports.data?.reports ?? []} />
            <ReportsTable monitor={name} />
            <Card
              title="Definition"
              actions={
                <MonitorForm action="Edit" title={`Edit ${name}`} definition={definition} name={name} done={() => {}}>
                  {(wanted) => <ThresholdsPreview monitor={name} definition={wanted} />}
                </MonitorForm>
              }
            >
              <JsonBlock label="Definition" value={definition} />
            </Card>
          </SpaceBetween>
        )}
      </Loaded>
    </Page>
  );
}
