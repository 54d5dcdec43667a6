import * as z from "zod";
import { defineContract } from "../route.ts";
import { DataContract } from "./data-contract.ts";
import { DatasetManifest, datasetName } from "./dataset-tasks.ts";

export const Dataset = z
  .object({
    name: z.string(),
    description: z.string(),
    contract: DataContract.nullable(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    latestVersion: z.string().nullable(),
  })
  .meta({ id: "Dataset", description: "A named series of versions." });
export type Dataset = z.output<typeof Dataset>;

export const DatasetVersion = z
  .object({
    dataset: z.string(),
    version: z.string(),
    createdAt: z.iso.datetime(),
    rows: z.int(),
    bytes: z.int(),
    uri: z.string(),
    manifestUri: z.string(),
    parents: z.array(z.string()),
  })
  .meta({ id: "DatasetVersion", description: "One version of a dataset; the same content is the same version." });
export type DatasetVersion = z.output<typeof DatasetVersion>;

const fileName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/, "must be 1 to 128 letters, digits, dots, underscores or hyphens");
const byName = z.object({ dataset: datasetName });
const version = z
  .string()
  .regex(/^[A-Za-z0-9]{1,64}$/, "must be 1 to 64 letters or digits")
  .describe("A version, or `latest`.");
const byVersion = z.object({ dataset: datasetName, version });

export const datasetsContract = defineContract({
  name: "datasets",
  surface: "platform",
  summary: "Datasets, their versions and contracts.",
  routes: {
    listDatasets: {
      method: "GET",
      path: "/capstan/v1/datasets",
      summary: "List datasets, by name.",
      request: z.object({}),
      response: z.object({ datasets: z.array(Dataset) }),
      errors: [],
    },
    putDataset: {
      method: "PUT",
      path: "/capstan/v1/datasets/{dataset}",
      summary: "Create a dataset, or replace its description and contract. Its versions stay.",
      request: z.object({ dataset: datasetName, description: z.string().max(2000).default(""), contract: DataContract.nullable().default(null) }),
      response: Dataset,
      errors: ["INVALID_PARAMETER_VALUE"],
    },
    getDataset: {
      method: "GET",
      path: "/capstan/v1/datasets/{dataset}",
      summary: "Get a dataset.",
      request: byName,
      response: Dataset,
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
    listVersions: {
      method: "GET",
      path: "/capstan/v1/datasets/{dataset}/versions",
      summary: "List the versions of a dataset, the newest first.",
      request: byName,
      response: z.object({ versions: z.array(DatasetVersion) }),
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
    getVersion: {
      method: "GET",
      path: "/capstan/v1/datasets/{dataset}/versions/{version}",
      summary: "Get a version's manifest.",
      request: byVersion,
      response: DatasetManifest,
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
    previewVersion: {
      method: "GET",
      path: "/capstan/v1/datasets/{dataset}/versions/{version}/preview",
      summary: "The first rows of a version.",
      request: byVersion,
      response: z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.json())) }),
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
    createUpload: {
      method: "POST",
      path: "/capstan/v1/datasets/{dataset}/uploads",
      summary: "A URL to PUT a source file of any size to.",
      request: z.object({ dataset: datasetName, fileName }),
      response: z.object({ uploadUrl: z.string(), sourceUri: z.string(), expiresAt: z.iso.datetime() }),
      errors: ["INVALID_PARAMETER_VALUE"],
    },
    putContent: {
      method: "PUT",
      path: "/capstan/v1/datasets/{dataset}/uploads/{fileName}",
      summary: "Upload a small source file directly; larger ones need an upload URL.",
      body: "content",
      request: z.object({ dataset: datasetName, fileName }),
      response: z.object({ sourceUri: z.string(), bytes: z.int() }),
      errors: ["INVALID_PARAMETER_VALUE", "REQUEST_TOO_LARGE"],
    },
  },
});
