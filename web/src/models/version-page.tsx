import Alert from "@cloudscape-design/components/alert";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { Page } from "../frame/page.tsx";
import { useSegments } from "../frame/segments.ts";
import { Loaded } from "../parts/loaded.tsx";
import { Moment } from "../parts/moment.tsx";
import { TabSet } from "../parts/tab-set.tsx";
import { ChampionComparison } from "./champion-comparison.tsx";
import { DeleteVersion } from "./delete-version.tsx";
import { HistoryTable } from "./history-table.tsx";
import { LineageTab } from "./lineage-tab.tsx";
import { ModelCardTab } from "./model-card-tab.tsx";
import { RevokeVersion } from "./revoke-version.tsx";
import { useVersion } from "./use-version.ts";
import { VersionApprovals } from "./version-approvals.tsx";
import { VersionFiles } from "./version-files.tsx";
import { VersionOverview } from "./version-overview.tsx";

/** One version: what it is, what it came from, how it compares, who let it through, and where it answers. */
export function VersionPage() {
  const [, name = "", , version = ""] = useSegments();
  const facts = useVersion(name, version);
  const { revocation, endpoints } = facts;
  const serving = endpoints.filter(({ variants }) => variants.some((it) => it.modelName === name && it.modelVersion === version));
  return (
    <Page
      title={`${name} version ${version}`}
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <RevokeVersion name={name} version={version} serving={serving} isRevoked={revocation !== undefined} />
          <DeleteVersion name={name} version={version} serving={serving} />
        </SpaceBetween>
      }
    >
      <Loaded query={facts.query}>
        {() => (
          <SpaceBetween size="l">
            {revocation && (
              <Alert type="error" header="Revoked: no endpoint answers with this version, and none takes it any more">
                <span className="name">{revocation.reason}</span> - {revocation.by}, <Moment at={revocation.at} />
              </Alert>
            )}
            <TabSet
              label="Version"
              tabs={[
                { id: "overview", label: "Overview", content: <VersionOverview facts={facts} /> },
                { id: "comparison", label: "Comparison", content: <ChampionComparison facts={facts} /> },
                { id: "approvals", label: "Approvals", content: <VersionApprovals approvals={facts.approvals} /> },
                { id: "history", label: "History", content: <HistoryTable model={name} version={version} /> },
                { id: "lineage", label: "Lineage", content: <LineageTab facts={facts} /> },
                { id: "card", label: "Model card", content: <ModelCardTab facts={facts} /> },
                { id: "files", label: "Files", content: <VersionFiles name={name} version={version} /> },
              ]}
            />
          </SpaceBetween>
        )}
      </Loaded>
    </Page>
  );
}
