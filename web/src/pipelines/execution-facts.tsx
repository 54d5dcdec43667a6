import type { Execution, ExecutionStep, pipelineContract } from "#contracts/platform/pipelines.ts";
import { address } from "../address.ts";
import type { ReplyOf } from "../client.ts";
import { Card } from "../parts/card.tsx";
import { Facts } from "../parts/facts.tsx";
import { duration } from "../parts/format.ts";
import { GoTo } from "../parts/go-to.tsx";
import { Moment } from "../parts/moment.tsx";
import { State } from "../parts/state.tsx";

interface ExecutionFactsProps {
  readonly execution: Execution;
  readonly request: ReplyOf<typeof pipelineContract, "getExecution">["request"];
  readonly steps: readonly ExecutionStep[];
}

const Retried = ({ at, times }: { readonly at: number; readonly times: number }) => (
  <>
    {times === 1 ? "once" : `${times} times`}, <Moment at={at} />
  </>
);

/** What an execution is and where its results are. */
export function ExecutionFacts({ execution: it, request, steps }: ExecutionFactsProps) {
  const link = (text: string, ...segments: readonly string[]) => (
    <GoTo key={segments[0]} href={address(segments)}>
      {text}
    </GoTo>
  );
  const isWaiting = steps.some(({ status }) => status === "waiting");
  const cached = steps.filter((step) => step.cached).length;
  return (
    <Card title="Overview">
      <Facts
        facts={[
          ["State", <State key="state" of={it.status} />],
          ["Approval", isWaiting ? link("waits for your word", "pipelines", "approvals", it.name) : undefined],
          ["Pipeline", it.pipeline],
          ["Started", <Moment key="started" at={it.startedAt} />],
          ["Took", duration((it.endedAt ?? Date.now()) - it.startedAt)],
          ["Trigger", `${it.trigger} (${it.startedBy})`],
          ["Why", it.reason],
          ["Run", it.runId === undefined ? undefined : link(it.runId, "runs", it.runId)],
          [
            "Model",
            it.modelVersion === undefined
              ? link(request.registeredModel, "models", request.registeredModel)
              : link(`${request.registeredModel} version ${it.modelVersion}`, "models", request.registeredModel, "versions", it.modelVersion),
          ],
          ["Endpoint", link(request.endpoint, "endpoints", request.endpoint)],
          ["Rollout", it.rolloutId === undefined ? undefined : link("its decisions", "endpoints", request.endpoint, "rollouts", it.rolloutId)],
          ["From the cache", cached === 0 ? undefined : `${cached} of ${steps.length} steps`],
          ["Retried", it.retriedAt === undefined ? undefined : <Retried key="retried" at={it.retriedAt} times={it.retries ?? 1} />],
          ["Outcome", it.outcome],
        ]}
      />
    </Card>
  );
}
