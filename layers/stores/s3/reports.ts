import { DriftReport } from "#contracts/platform/drift-report.ts";
import type { ReportDocuments } from "#core/monitoring/monitors.ts";
import { formatS3Uri, type Objects } from "./objects.ts";

/** Drift reports in the data bucket: `reports/<monitor>/<id>.json`. */
export function reportDocuments(objects: Objects, bucket: string): ReportDocuments {
  const address = (monitor: string, id: string) => ({ bucket, key: `reports/${encodeURIComponent(monitor)}/${encodeURIComponent(id)}.json` });
  return {
    async write(report) {
      const at = address(report.monitor, report.id);
      await objects.put(at, JSON.stringify(report), "application/json");
      return formatS3Uri(at);
    },
    async find(monitor, id) {
      const bytes = await objects.get(address(monitor, id));
      return bytes === undefined ? undefined : DriftReport.parse(JSON.parse(Buffer.from(bytes).toString("utf8")));
    },
  };
}
