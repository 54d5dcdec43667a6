import { datasetsContract } from "#contracts/platform/datasets.ts";
import { type DatasetContext, getDataset, getManifest, getPreview, listVersions, timestamp } from "#core/data/datasets.ts";
import { collect } from "#core/data/uploads.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import type { HttpHandler } from "#runtime/http.ts";
import { serve, serveRoutes } from "#runtime/serve-routes.ts";
import { dynamoDb, s3 } from "#stores/clients.ts";
import { datasetStore } from "#stores/dynamodb/data/datasets.ts";
import { datasetDocuments } from "#stores/s3/datasets.ts";
import { s3Objects } from "#stores/s3/objects.ts";
import { type Uploads, uploads } from "#stores/s3/uploads.ts";

/** The platform's /datasets operations. */
export const createHandler = (ctx: DatasetContext & { readonly uploads: Uploads }): HttpHandler =>
  serveRoutes(
    serve(datasetsContract, {
      listDatasets: async () => ({ datasets: await ctx.datasets.list() }),
      putDataset: async ({ dataset, description, contract }) => await ctx.datasets.put({ name: dataset, description, contract }, timestamp(ctx)),
      getDataset: async ({ dataset }) => await getDataset(ctx, dataset),
      listVersions: async ({ dataset }) => ({ versions: await listVersions(ctx, dataset) }),
      getVersion: async ({ dataset, version }) => await getManifest(ctx, dataset, version),
      previewVersion: async ({ dataset, version }) => await getPreview(ctx, dataset, version),
      createUpload: async ({ dataset, fileName }) => await ctx.uploads.presign(dataset, fileName, ctx.now()),
      putContent: async ({ dataset, fileName }, { body }) => await ctx.uploads.put(dataset, fileName, await collect(body)),
    }),
  );

export function create(env: FunctionEnv): HttpHandler {
  const objects = s3Objects(s3());
  const bucket = env.bucket("data");
  return createHandler({
    datasets: datasetStore(dynamoDb(), env.table("platform")),
    documents: datasetDocuments(objects, bucket),
    uploads: uploads(s3(), objects, bucket),
    now: Date.now,
  });
}
