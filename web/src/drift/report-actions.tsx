import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { navigate } from "wouter/use-browser-location";
import { address } from "../address.ts";
import { send } from "../client.ts";
import { useToasts } from "../frame/toasts.tsx";
import { ConfirmDialog } from "../parts/confirm-dialog.tsx";
import { download } from "../parts/download.ts";
import type { MonitorReply } from "./wire.ts";

interface ReportActionsProps {
  readonly monitor: string;
  readonly id: string;
  readonly retrain: MonitorReply["retrain"] | undefined;
}

/** What follows from a report: a file for who has no access, and a model that has learnt from newer data. */
export function ReportActions({ monitor, id, retrain }: ReportActionsProps) {
  const toasts = useToasts();
  const path = address(["capstan", "v1", "monitors", monitor, "reports", id]);
  const failed = (error: Error) => toasts.push({ type: "error", text: error.message });
  const start = () => {
    send<{ readonly execution: string }>("POST", `${path}/retrain`)
      .then(({ execution }) => {
        toasts.push({ type: "success", text: `Execution ${execution} trains anew.` });
        return navigate(address(["pipelines", "executions", execution]));
      })
      .catch(failed);
  };
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Button iconName="download" onClick={() => void download(`${path}/page`, `${monitor}-${id}.html`).catch(failed)}>
        Download HTML
      </Button>
      <ConfirmDialog
        action="Retrain"
        disabled={!retrain}
        disabledReason="The monitor's definition names no pipeline to retrain with."
        question={`Pipeline ${retrain?.pipeline ?? ""} runs again with its last good request${retrain && Object.keys(retrain.input).length > 0 ? ", changed as the monitor says" : ""}. A report starts one execution: pressing it again leads to the same.`}
        confirm={start}
      />
    </SpaceBetween>
  );
}
