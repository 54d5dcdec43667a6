import { type Load, measureLoad } from "../load/measure-load.ts";
import type { Figure } from "../measurement.ts";
import { history } from "./runs.ts";
import { get, post, type Reply, type Subject } from "./subject.ts";

/** "The best runs of one learning rate": a filter on a metric and a param, ordered by a metric, first 100. */
const search = (experimentId: string) => ({
  experiment_ids: [experimentId],
  filter: "metrics.acc > 0.9 and params.lr = '0.1'",
  order_by: ["metrics.loss ASC"],
  max_results: 100,
});

const searchUrl = ({ url }: Subject) => `${url}/api/2.0/mlflow/runs/search`;

/** The median of a search by some clients at once, in milliseconds. */
export async function warmSearch(subject: Subject, clients: number, seconds: number): Promise<Figure> {
  const load: Load = { url: searchUrl(subject), connections: clients, seconds, body: JSON.stringify(search(subject.experimentId)), leastRequests: 5 };
  const figure = await measureLoad(load, subject.pid);
  return { ...figure, value: figure.p50 ?? Number.NaN };
}

const timed = async <T>(work: () => Promise<T>): Promise<readonly [number, T]> => {
  const began = performance.now();
  const result = await work();
  return [performance.now() - began, result];
};

/** One search as it comes, in milliseconds. */
export const searchOnce = async (subject: Subject): Promise<number> => (await timed(() => post(subject, "runs/search", search(subject.experimentId))))[0];

/** The first search of these runs in a process that has answered another search: code is loaded, data are not. */
export async function coldSearch(subject: Subject): Promise<Figure> {
  await post(subject, "runs/search", search(subject.emptyId));
  const [value, { runs }] = await timed(() => post(subject, "runs/search", search(subject.experimentId)));
  if (runs?.length !== 100) throw new Error(`the search should find 100 runs, got ${runs?.length ?? 0}`);
  return { value };
}

/** Reads page by page to the end. @returns milliseconds, after a check of how much came */
async function walk(expected: number, page: (token: string | undefined) => Promise<Reply>, count: (reply: Reply) => number): Promise<Figure> {
  let found = 0;
  const [value] = await timed(async () => {
    let token: string | undefined;
    do {
      const reply = await page(token);
      found += count(reply);
      token = reply.next_page_token === "" ? undefined : reply.next_page_token;
    } while (token !== undefined);
  });
  if (found !== expected) throw new Error(`${expected} should be found page by page, got ${found}`);
  return { value };
}

/** All runs of the experiment in pages of 1,000. */
export const walkRuns = (subject: Subject, runs: number): Promise<Figure> =>
  walk(
    runs,
    (page_token) =>
      post(subject, "runs/search", { experiment_ids: [subject.experimentId], max_results: 1_000, ...(page_token !== undefined && { page_token }) }),
    (reply) => reply.runs?.length ?? 0,
  );

const longMetric = ({ historyRunId }: Subject) => ({ run_id: historyRunId, metric_key: history.key });

/** All points of the long history in pages of 25,000, as MLflow's own client asks for them. */
export const wholeHistory = (subject: Subject): Promise<Figure> =>
  walk(
    history.points,
    (page_token) => get(subject, "metrics/get-history", { ...longMetric(subject), max_results: "25000", ...(page_token !== undefined && { page_token }) }),
    (reply) => reply.metrics?.length ?? 0,
  );

/** The long history as a chart of MLflow's pages asks for it: 2,500 of its points. */
export async function chart(subject: Subject): Promise<Figure> {
  const fields = { run_ids: subject.historyRunId, metric_key: history.key, max_results: "2500" };
  const [value, { metrics = [] }] = await timed(() => get(subject, "metrics/get-history-bulk-interval", fields, "ajax-api"));
  if (metrics.length < 2_000) throw new Error(`a chart of 2,500 points should come, got ${metrics.length}`);
  return { value };
}
