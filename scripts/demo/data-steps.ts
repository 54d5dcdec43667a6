import * as z from "zod";
import { feastOnlineContract } from "#contracts/feast/feature-server.ts";
import { datasetsContract } from "#contracts/platform/datasets.ts";
import { featureContract } from "#contracts/platform/features.ts";
import { type Client, verify } from "./client.ts";
import { laboratoryCsv, looked, reported, type Sample } from "./data.ts";
import { names } from "./names.ts";

/** Feast's reply, as far as it is read here. */
const OnlineReply = z.object({ metadata: z.object({ feature_names: z.array(z.string()) }), results: z.array(z.object({ values: z.array(z.unknown()) })) });

/** Uploads the laboratory's CSV and declares what it promises. @returns the address that the pipeline ingests */
export async function uploadData(api: Client, columns: readonly string[], samples: readonly Sample[], fileName: string): Promise<string> {
  const rule = (name: string, type: "string" | "timestamp" | "number") => ({ name, type, nullable: false });
  await api.call(datasetsContract, "putDataset", {
    dataset: names.dataset,
    description: "Breast cancer (Wisconsin, diagnostic), UCI, CC BY 4.0: reported means and diagnosis.",
    contract: {
      columns: [
        { ...rule("sample_id", "string"), unique: true },
        rule("event_timestamp", "timestamp"),
        ...reported(columns).map((column) => ({ ...rule(column, "number"), min: 0 })),
        { name: "target", type: "integer", nullable: false, allowed: ["0", "1"] },
      ],
      minRows: 100,
    },
  });
  const csv = laboratoryCsv(columns, samples);
  const { sourceUri, bytes } = await api.call(datasetsContract, "putContent", { dataset: names.dataset, fileName }, csv);
  verify(bytes === Buffer.byteLength(csv), "every byte of the CSV was stored");
  return sourceUri;
}

/** Defines entity and feature view and pushes every measurement, at the time it was made. */
export async function pushFeatures(api: Client, columns: readonly string[], samples: readonly Sample[]): Promise<number> {
  await api.call(featureContract, "putEntity", { name: names.entity, joinKey: "sample_id", valueType: "STRING", description: "A fine-needle aspirate." });
  await api.call(featureContract, "putFeatureView", {
    name: names.view,
    entities: [names.entity],
    features: looked(columns).map((name) => ({ name, valueType: "DOUBLE" as const })),
    ttlSeconds: 10 * 365 * 86_400,
    description: "Errors and worst values of the measurements of cell nuclei.",
  });
  const rows = samples.map(({ sampleId, measuredAt, values }) => ({
    sample_id: sampleId,
    event_timestamp: measuredAt,
    created: measuredAt,
    ...Object.fromEntries(looked(columns).map((column) => [column, values[column]])),
  }));
  const pushed = await api.call(featureContract, "pushFeatureRows", { name: names.view, rows });
  verify(pushed.rows === samples.length, "every pushed row was taken");
  return pushed.rows;
}

/** Reads one sample online, as Feast's SDK does, and compares it with what was pushed. */
export async function readOnline(api: Client, { sampleId, values }: Sample, feature: string): Promise<number> {
  const text = await api.call(feastOnlineContract, "getOnlineFeatures", { features: [`${names.view}:${feature}`], entities: { sample_id: [sampleId] } });
  const reply = OnlineReply.parse(text);
  const index = reply.metadata.feature_names.indexOf(feature);
  const [value] = reply.results[index]?.values ?? [];
  verify(value === values[feature], `the online value of ${feature} is what was pushed`);
  return Number(value);
}
