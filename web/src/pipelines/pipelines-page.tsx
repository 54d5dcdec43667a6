import Button from "@cloudscape-design/components/button";
import { navigate } from "wouter/use-browser-location";
import { Page } from "../frame/page.tsx";
import { TabSet } from "../parts/tab-set.tsx";
import { ApprovalsTable } from "./approvals-table.tsx";
import { ExecutionsTable } from "./list/executions-table.tsx";

function StartButton() {
  return (
    <Button variant="primary" onClick={() => navigate("/pipelines/start")}>
      Start an execution
    </Button>
  );
}

/** Executions of the training pipelines, and the approvals that they asked for. */
export function PipelinesPage() {
  return (
    <Page title="Pipelines" description="From data to a model that answers: every execution, and every decision." actions={<StartButton />}>
      <TabSet
        label="Pipelines"
        tabs={[
          { id: "executions", label: "Executions", content: <ExecutionsTable /> },
          { id: "approvals", label: "Approvals", content: <ApprovalsTable /> },
        ]}
      />
    </Page>
  );
}
