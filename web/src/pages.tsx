import { lazy } from "react";
import { Route, Switch } from "wouter";
import { NotFoundPage } from "./frame/not-found-page.tsx";

const HomePage = lazy(async () => ({ default: (await import("./home/home-page.tsx")).HomePage }));
const PipelinesPage = lazy(async () => ({ default: (await import("./pipelines/pipelines-page.tsx")).PipelinesPage }));
const ExecutionPage = lazy(async () => ({ default: (await import("./pipelines/execution-page.tsx")).ExecutionPage }));
const ApprovalPage = lazy(async () => ({ default: (await import("./pipelines/approval-page.tsx")).ApprovalPage }));
const StartPage = lazy(async () => ({ default: (await import("./pipelines/start-page.tsx")).StartPage }));
const EndpointsPage = lazy(async () => ({ default: (await import("./endpoints/endpoints-page.tsx")).EndpointsPage }));
const EndpointPage = lazy(async () => ({ default: (await import("./endpoints/endpoint-page.tsx")).EndpointPage }));
const RolloutPage = lazy(async () => ({ default: (await import("./endpoints/rollout-page.tsx")).RolloutPage }));
const ExperimentsPage = lazy(async () => ({ default: (await import("./experiment-list/experiments-page.tsx")).ExperimentsPage }));
const TrashPage = lazy(async () => ({ default: (await import("./experiment-list/trash-page.tsx")).TrashPage }));
const ExperimentPage = lazy(async () => ({ default: (await import("./experiments/experiment-page.tsx")).ExperimentPage }));
const RecentRunsPage = lazy(async () => ({ default: (await import("./recent-runs/recent-runs-page.tsx")).RecentRunsPage }));
const RunPage = lazy(async () => ({ default: (await import("./runs/run-page.tsx")).RunPage }));
const ComparePage = lazy(async () => ({ default: (await import("./compare/compare-page.tsx")).ComparePage }));
const LoggedModelPage = lazy(async () => ({ default: (await import("./logged-models/logged-model-page.tsx")).LoggedModelPage }));
const ModelsPage = lazy(async () => ({ default: (await import("./models/models-page.tsx")).ModelsPage }));
const ModelPage = lazy(async () => ({ default: (await import("./models/model-page.tsx")).ModelPage }));
const VersionPage = lazy(async () => ({ default: (await import("./models/version-page.tsx")).VersionPage }));
const DriftPage = lazy(async () => ({ default: (await import("./drift/drift-page.tsx")).DriftPage }));
const MonitorPage = lazy(async () => ({ default: (await import("./drift/monitor-page.tsx")).MonitorPage }));
const ReportPage = lazy(async () => ({ default: (await import("./drift/report-page.tsx")).ReportPage }));
const FeaturesPage = lazy(async () => ({ default: (await import("./features/features-page.tsx")).FeaturesPage }));
const ViewPage = lazy(async () => ({ default: (await import("./features/view-page.tsx")).ViewPage }));
const SettingsPage = lazy(async () => ({ default: (await import("./settings/settings-page.tsx")).SettingsPage }));

/** Which page an address shows; the code of a page is loaded when it is first opened. */
export function Pages() {
  return (
    <Switch>
      <Route path="/" component={HomePage} />
      <Route path="/pipelines" component={PipelinesPage} />
      <Route path="/pipelines/start" component={StartPage} />
      <Route path="/pipelines/executions/:name" component={ExecutionPage} />
      <Route path="/pipelines/approvals/:execution" component={ApprovalPage} />
      <Route path="/endpoints" component={EndpointsPage} />
      <Route path="/endpoints/:name" component={EndpointPage} />
      <Route path="/endpoints/:name/rollouts/:id" component={RolloutPage} />
      <Route path="/experiments" component={ExperimentsPage} />
      <Route path="/experiments/trash" component={TrashPage} />
      <Route path="/experiments/:id" component={ExperimentPage} />
      <Route path="/runs" component={RecentRunsPage} />
      <Route path="/runs/:id" component={RunPage} />
      <Route path="/logged-models/:id" component={LoggedModelPage} />
      <Route path="/compare" component={ComparePage} />
      <Route path="/models" component={ModelsPage} />
      <Route path="/models/:name" component={ModelPage} />
      <Route path="/models/:name/versions/:version" component={VersionPage} />
      <Route path="/drift" component={DriftPage} />
      <Route path="/drift/:name" component={MonitorPage} />
      <Route path="/drift/:name/reports/:id" component={ReportPage} />
      <Route path="/features" component={FeaturesPage} />
      <Route path="/features/:name" component={ViewPage} />
      <Route path="/settings" component={SettingsPage} />
      <Route component={NotFoundPage} />
    </Switch>
  );
}
