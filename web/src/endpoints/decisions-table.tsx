import { DataTable } from "../parts/data-table.tsx";
import { number } from "../parts/format.ts";
import { Moment } from "../parts/moment.tsx";
import type { ArmReply, DecisionReply, RolloutReply } from "./wire.ts";

function Arm({ arm }: { readonly arm: ArmReply }) {
  const p95 = arm.p95Milliseconds === undefined ? "" : `, p95 ${number(arm.p95Milliseconds)} ms`;
  return (
    <span className="name">
      {number(arm.requests)} answered, {number(arm.errors + arm.refusals)} failed or refused, {number(arm.nullRows)} null{p95}
    </span>
  );
}

const words: Readonly<Record<DecisionReply["decision"], string>> = { continue: "stay", advance: "next step", promote: "promote", rollBack: "roll back" };

/** Every look at a rollout that changed something, and the last one, with what each side had done by then. */
export function DecisionsTable({ decisions }: Pick<RolloutReply, "decisions">) {
  return (
    <DataTable
      name="decisions"
      title="Decisions"
      filtering={false}
      items={decisions.toReversed()}
      rowKey={({ at }) => String(at)}
      empty="Not looked at yet."
      columns={[
        { id: "at", header: "When", cell: ({ at }) => <Moment at={at} />, isName: true },
        { id: "step", header: "Step", cell: ({ step }) => step + 1 },
        { id: "decision", header: "Decision", cell: ({ decision }) => words[decision] },
        { id: "reason", header: "Why", cell: ({ reason }) => <span className="name">{reason}</span> },
        { id: "canary", header: "Canary", cell: ({ canary }) => <Arm arm={canary} /> },
        { id: "baseline", header: "Baseline", cell: ({ baseline }) => <Arm arm={baseline} /> },
      ]}
    />
  );
}
