import { useEffect, useState } from "react";
import { address } from "../address.ts";
import { runTime } from "../experiments/run-time.ts";
import { plain, type Run } from "../experiments/wire.ts";
import { Card } from "../parts/card.tsx";
import { Facts } from "../parts/facts.tsx";
import { duration } from "../parts/format.ts";
import { GoTo } from "../parts/go-to.tsx";
import { Moment } from "../parts/moment.tsx";
import { State } from "../parts/state.tsx";
import { tagOf } from "./wire.ts";

/** How long a run took; of one that still runs, second by second. */
function Took({ run }: { readonly run: Run }) {
  const isLive = run.info.status === "RUNNING";
  const [, tick] = useState(0);
  useEffect(() => {
    if (!isLive) return undefined;
    const timer = window.setInterval(() => tick((count) => count + 1), 1000);
    return () => window.clearInterval(timer);
  }, [isLive]);
  return <>{duration(runTime(run))}</>;
}

/** What a run is and where it came from. */
export function RunFacts({ run }: { readonly run: Run }) {
  const { info } = run;
  const [execution, parent, commit] = ["capstan.execution", "mlflow.parentRunId", "mlflow.source.git.commit"].map((key) => tagOf(run, key));
  return (
    <Card title="Run">
      <Facts
        facts={[
          ["State", <State key="state" of={info.status} />],
          ["Started", <Moment key="started" at={plain(info.start_time)} />],
          ["Took", <Took key="took" run={run} />],
          ["By", info.user_id || tagOf(run, "mlflow.user")],
          ["Run id", info.run_id],
          [
            "Experiment",
            <GoTo key="experiment" href={address(["experiments", info.experiment_id])}>
              {info.experiment_id}
            </GoTo>,
          ],
          [
            "Parent run",
            parent && (
              <GoTo key="parent" href={address(["runs", parent])}>
                {parent}
              </GoTo>
            ),
          ],
          [
            "Execution",
            execution && (
              <GoTo key="execution" href={address(["pipelines", "executions", execution])}>
                {execution}
              </GoTo>
            ),
          ],
          ["Source", tagOf(run, "mlflow.source.name")],
          ["Kind of source", tagOf(run, "mlflow.source.type")?.toLowerCase()],
          ["Git commit", commit],
          ["Artifacts", info.artifact_uri],
        ]}
      />
    </Card>
  );
}
