import { defineFunction } from "#contracts/function-spec.ts";
import { monitorPreviewContract } from "#contracts/platform/monitor-previews.ts";
import { monitorsContract } from "#contracts/platform/monitors.ts";

export const monitors = defineFunction({
  name: "monitors",
  summary: "Drift monitors and their reports.",
  contracts: [monitorsContract, monitorPreviewContract],
  tables: { platform: "readWrite" },
  buckets: { data: "read" },
  machines: ["training"],
  events: true,
});
