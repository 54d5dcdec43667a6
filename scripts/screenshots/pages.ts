/** What the addresses of pages are made of, as one platform holds it. */
export interface Ids {
  readonly experiment: string;
  readonly run: string;
  /** Comma-separated. */
  readonly runs: string;
  readonly execution: string;
  readonly approval: string;
  readonly rollout: string;
  readonly report: string;
  readonly endpoint: string;
  readonly model: string;
  /** The logged model that the champion was registered from. */
  readonly loggedModel: string;
  readonly view: string;
  readonly monitor: string;
}

/** A page as a picture of the guide shows it. */
export interface Shot {
  /** Of the picture's file, without theme and ending. */
  readonly name: string;
  /** The console's own route that this shows; the first of a route is the page as it opens. */
  readonly route: string;
  readonly path: (ids: Ids) => string;
  /** The page is drawn when this can be read on it. */
  readonly text: (ids: Ids) => string;
}

const shot = (name: string, route: string, path: (ids: Ids) => string, text: (ids: Ids) => string): Shot => ({ name, route, path, text });

/** Every page of the console, and tabs of it that say something of their own. A test holds this against the console's routes. */
export const shots: readonly Shot[] = [
  shot(
    "home",
    "/",
    () => "/",
    () => "Point your clients here",
  ),
  shot(
    "experiments",
    "/experiments",
    () => "/experiments",
    ({ experiment }) => experiment && "diagnosis",
  ),
  shot(
    "experiments-trash",
    "/experiments/trash",
    () => "/experiments/trash",
    () => "Trash",
  ),
  shot(
    "recent-runs",
    "/runs",
    () => "/runs",
    () => "Under way",
  ),
  shot(
    "runs",
    "/experiments/:id",
    ({ experiment }) => `/experiments/${experiment}`,
    () => "Runs",
  ),
  shot(
    "run",
    "/runs/:id",
    ({ run }) => `/runs/${run}`,
    () => "Overview",
  ),
  shot(
    "run-charts",
    "/runs/:id",
    ({ run }) => `/runs/${run}?tab=charts`,
    () => "Smoothing",
  ),
  shot(
    "run-artifacts",
    "/runs/:id",
    ({ run }) => `/runs/${run}?tab=artifacts&file=confusion_matrix.json`,
    () => "Artifacts",
  ),
  shot(
    "compare",
    "/compare",
    ({ runs }) => `/compare?runs=${runs}`,
    () => "Comparison",
  ),
  shot(
    "compare-parallel",
    "/compare",
    ({ runs }) => `/compare?runs=${runs}&tab=parallel`,
    () => "Parallel coordinates",
  ),
  shot(
    "models",
    "/models",
    () => "/models",
    ({ model }) => model,
  ),
  shot(
    "model",
    "/models/:name",
    ({ model }) => `/models/${model}`,
    () => "Versions",
  ),
  shot(
    "version",
    "/models/:name/versions/:version",
    ({ model }) => `/models/${model}/versions/2`,
    () => "Signature",
  ),
  shot(
    "version-history",
    "/models/:name/versions/:version",
    ({ model }) => `/models/${model}/versions/2?tab=history`,
    () => "The newest first",
  ),
  shot(
    "version-lineage",
    "/models/:name/versions/:version",
    ({ model }) => `/models/${model}/versions/2?tab=lineage`,
    () => "Lineage",
  ),
  shot(
    "logged-model",
    "/logged-models/:id",
    ({ loggedModel }) => `/logged-models/${loggedModel}`,
    () => "Signature",
  ),
  shot(
    "endpoints",
    "/endpoints",
    () => "/endpoints",
    ({ endpoint }) => endpoint,
  ),
  shot(
    "endpoint",
    "/endpoints/:name",
    ({ endpoint }) => `/endpoints/${endpoint}`,
    () => "Variants",
  ),
  shot(
    "endpoint-try",
    "/endpoints/:name",
    ({ endpoint }) => `/endpoints/${endpoint}?tab=try`,
    () => "worst_area",
  ),
  shot(
    "endpoint-replay",
    "/endpoints/:name",
    ({ endpoint }) => `/endpoints/${endpoint}?tab=replay`,
    () => "Shares of the traffic",
  ),
  shot(
    "rollout",
    "/endpoints/:name/rollouts/:id",
    ({ endpoint, rollout }) => `/endpoints/${endpoint}/rollouts/${rollout}`,
    () => "Decisions",
  ),
  shot(
    "pipelines",
    "/pipelines",
    () => "/pipelines",
    ({ execution }) => execution,
  ),
  shot(
    "pipelines-start",
    "/pipelines/start",
    () => "/pipelines/start",
    () => "Source uri",
  ),
  shot(
    "execution",
    "/pipelines/executions/:name",
    ({ execution }) => `/pipelines/executions/${execution}`,
    () => "JoinFeatures",
  ),
  shot(
    "execution-time",
    "/pipelines/executions/:name",
    ({ execution }) => `/pipelines/executions/${execution}?view=time`,
    () => "JoinFeatures",
  ),
  shot(
    "approval",
    "/pipelines/approvals/:execution",
    ({ approval }) => `/pipelines/approvals/${approval}`,
    () => "Candidate and champion",
  ),
  shot(
    "features",
    "/features",
    () => "/features",
    ({ view }) => view,
  ),
  shot(
    "feature-view",
    "/features/:name",
    ({ view }) => `/features/${view}`,
    () => "Online lookup",
  ),
  shot(
    "drift",
    "/drift",
    () => "/drift",
    ({ monitor }) => monitor,
  ),
  shot(
    "monitor",
    "/drift/:name",
    ({ monitor }) => `/drift/${monitor}`,
    () => "Definition",
  ),
  shot(
    "report",
    "/drift/:name/reports/:id",
    ({ monitor, report }) => `/drift/${monitor}/reports/${report}`,
    () => "Columns",
  ),
  shot(
    "settings",
    "/settings",
    () => "/settings",
    () => "Access tokens",
  ),
];
