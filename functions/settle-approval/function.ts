import { defineFunction } from "#contracts/function-spec.ts";
import { SettleApprovalInput, SettleApprovalOutput } from "#contracts/platform/pipeline-tasks.ts";

export const settleApproval = defineFunction({
  name: "settle-approval",
  summary: "Closes a request for approval whose time is over, and says what was decided.",
  task: { input: SettleApprovalInput, output: SettleApprovalOutput },
  tables: { platform: "readWrite" },
});
