import { datasetsContract } from "#contracts/platform/datasets.ts";
import { canary, registerBadVersion } from "./bad-version.ts";
import { type Client, verify } from "./client.ts";
import { readSamples } from "./data.ts";
import { pushFeatures, readOnline, uploadData } from "./data-steps.ts";
import { alarm, drifted, retraining, watch } from "./drift-steps.ts";
import { names } from "./names.ts";
import { accuracyOnline, endpoint, rollout, rolloutEnded, sendTraffic, shares, underTraffic } from "./serving-steps.ts";
import type { Story } from "./story.ts";
import { approveWhenAsked, championVersion, ended, metricsOf, passed, read, start, trainingRequest } from "./training-steps.ts";

/** The platform's main job from data to retraining. Every step reads back what it did; the first that cannot throws. */
export async function demo(api: Client, { step }: Story): Promise<void> {
  const { columns, samples } = readSamples();
  const early = samples.slice(0, 380);
  const stamp = Date.now().toString(36);
  const [first, second] = [`first-${stamp}`, `second-${stamp}`];
  const page = (path: string) => `${api.url}${path}`;

  const sourceUri = await step("Ingest a real CSV: the first 380 of 569 breast cancer samples", async () => {
    const result = await uploadData(api, columns, early, `early-${stamp}.csv`);
    return { result, found: result, link: page(`/capstan/v1/datasets/${names.dataset}`) };
  });
  await step("Define a feature view and push every measurement at the time it was made", async () => {
    const rows = await pushFeatures(api, columns, samples);
    const value = await readOnline(api, samples[7] ?? early[0] ?? { sampleId: "", measuredAt: "", values: {}, target: 0 }, "worst_area");
    return { result: undefined, found: `${rows} rows; worst_area of s0007 read online: ${value}`, link: page(`/capstan/v1/features/views/${names.view}`) };
  });
  await step("Validate and version the data", async () => {
    await start(api, first, trainingRequest(columns, sourceUri, { training: { algorithm: "linear", seed: 1 } }));
    await passed(api, first, "Version", 60);
    const { versions } = await api.call(datasetsContract, "listVersions", { dataset: names.dataset });
    return {
      result: undefined,
      found: `version ${versions[0]?.version.slice(0, 12)} by content hash, its contract kept`,
      link: page(`/capstan/v1/datasets/${names.dataset}/versions`),
    };
  });
  await step("Join features point in time, train, track the run, register version, deploy: the champion", async () => {
    const { runId = "" } = await ended(api, first, 90, ["succeeded"]);
    const { steps } = await read(api, first);
    verify(
      steps.some(({ name, status }) => name === "JoinFeatures" && status === "succeeded"),
      "features were joined",
    );
    const metrics = await metricsOf(api, runId);
    const accuracy = await accuracyOnline(api, samples.slice(0, 50));
    return {
      result: undefined,
      found: `test accuracy ${Number(metrics.get("test_accuracy")).toFixed(3)}; answers online, ${accuracy * 100} % of 50 known samples right`,
      link: page(`/capstan/v1/executions/${first}`),
    };
  });

  const champion = await championVersion(api);
  const request = trainingRequest(columns, await uploadData(api, columns, samples, `all-${stamp}.csv`), {
    training: { algorithm: "auto", seed: 2 },
    comparison: { minimumImprovement: -0.05 },
    approval: { mode: "manual", timeoutSeconds: 600 },
    rollout: { steps: [0.1], bakeSeconds: 5, evaluateEverySeconds: 1, guardrails: { minimumRequests: 30 } },
  });
  await step("Train a challenger on all data, and approve it", async () => {
    await start(api, second, request);
    const asked = await approveWhenAsked(api, second, 90);
    return {
      result: undefined,
      found: `version ${asked.modelVersion}: ${JSON.stringify(asked.evidence["comparison"])}`,
      link: page(`/capstan/v1/approvals/${second}`),
    };
  });
  // The scheduler takes up to a minute and a quarter to judge a window: one laboratory's measurements drift from now on, while other steps go on.
  const { versions } = await api.call(datasetsContract, "listVersions", { dataset: names.dataset });
  await watch(api, columns, versions[0]?.version ?? "");
  const since = Date.now();
  const changed = sendTraffic(api, samples, drifted);
  try {
    await step("Deploy it as a 10 % canary beside the champion, send real traffic, watch, promote", async () => {
      const { result: done, traffic } = await underTraffic(api, samples, () => rolloutEnded(api, second, 90));
      verify(done.status === "promoted", `the rollout should be promoted, it is ${done.status}: ${done.reason}`);
      verify(traffic.failed === 0, "every request was answered");
      verify((traffic.byVariant.get(done.canary) ?? 0) > 0, "the canary had traffic");
      await ended(api, second, 30, ["succeeded"]);
      const now = await championVersion(api);
      verify(now === done.modelVersion && now !== champion, "the alias champion moved");
      return {
        result: undefined,
        found: `${traffic.requests} requests (${shares(traffic)}); ${done.reason}`,
        link: page(`/capstan/v1/endpoints/${names.endpoint}/rollouts/${second}`),
      };
    });

    const promoted = await championVersion(api);
    await step("Canary a deliberately bad version: it rolls back by itself", async () => {
      const version = await registerBadVersion(api);
      const id = await canary(api, version);
      const done = await rolloutEnded(api, id, 90);
      verify(done.status === "rolledBack", `the bad version should be rolled back, it is ${done.status}: ${done.reason}`);
      const { variants } = await endpoint(api);
      verify(variants.find(({ weight }) => weight === 1)?.modelVersion === promoted, "the champion has all traffic again");
      verify((await championVersion(api)) === promoted, "the alias champion did not move");
      return {
        result: undefined,
        found: `version ${version}: ${(await rollout(api, id)).reason}`,
        link: page(`/capstan/v1/endpoints/${names.endpoint}/rollouts/${id}`),
      };
    });
    await step("Wait for the scheduler: its minutely drift job judges the window and raises the alarm", async () => {
      const report = await alarm(api, 200);
      verify(report.drifted > 0, "columns drifted");
      const after = Math.round((Date.parse(report.createdAt) - since) / 1000);
      return {
        result: undefined,
        found: `${report.drifted} of ${report.tested} columns, severity ${report.severity}; judged by the scheduler's run at ${report.createdAt.slice(11, 19)} UTC, ${after} s after the traffic changed`,
        link: page(`/capstan/v1/monitors/${names.monitor}/reports/${report.id}/page`),
      };
    });
  } finally {
    await changed.stop();
  }
  await step("The alarm starts retraining", async () => {
    const started = await retraining(api, since, 30);
    await passed(api, started.name, "Train", 60);
    return { result: undefined, found: `${started.name}: ${started.reason}`, link: page(`/capstan/v1/executions/${started.name}`) };
  });
}
