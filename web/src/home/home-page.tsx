import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Grid from "@cloudscape-design/components/grid";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { statusContract } from "#contracts/platform/status.ts";
import type { ReplyOf } from "../client.ts";
import { Page } from "../frame/page.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { useRead } from "../queries.ts";
import { ClientSettings } from "./client-settings.tsx";
import { Dependencies } from "./dependencies.tsx";
import { Figures } from "./figures.tsx";
import { Headline } from "./headline.tsx";
import { Traffic } from "./traffic.tsx";
import { useWork } from "./use-work.ts";
import "./home.css";
import { Alarms, Failed, Running, Waiting } from "./work-lists.tsx";

const halves = [{ colspan: { default: 12, m: 6 } }, { colspan: { default: 12, m: 6 } }];

/** What is running, what failed and what waits for somebody; what endpoints do; how clients reach the platform, and how it is. */
export function HomePage() {
  const status = useRead<ReplyOf<typeof statusContract, "getStatus">>("/capstan/v1/status");
  const work = useWork();
  return (
    <Page title="Home" description={<Headline status={status.data} error={status.error} />}>
      <Figures work={work} />
      <Grid gridDefinition={halves}>
        <SpaceBetween size="l">
          <Waiting work={work} />
          <Running work={work} />
          <Failed work={work} />
        </SpaceBetween>
        <SpaceBetween size="l">
          <Alarms work={work} />
          <Traffic />
        </SpaceBetween>
      </Grid>
      {work.isSettled && <Loaded query={status}>{({ clients }) => <ClientSettings clients={clients} />}</Loaded>}
      {work.isSettled && status.data && (
        <ExpandableSection
          key={String(status.data.ok)}
          headerText="Health"
          headerDescription={`Capstan ${status.data.version}`}
          variant="container"
          defaultExpanded={!status.data.ok}
        >
          <Dependencies dependencies={status.data.dependencies} />
        </ExpandableSection>
      )}
    </Page>
  );
}
