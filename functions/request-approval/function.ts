import { defineFunction } from "#contracts/function-spec.ts";
import { nothing, RequestApprovalInput } from "#contracts/platform/pipeline-tasks.ts";

export const requestApproval = defineFunction({
  name: "request-approval",
  summary: "Files the request for a person to approve a model version.",
  task: { input: RequestApprovalInput, output: nothing },
  tables: { platform: "readWrite" },
  machines: ["training"],
});
