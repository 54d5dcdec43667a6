import * as z from "zod";
import type { EndpointContext, ResolvedModel } from "#core/serving/serving-context.ts";
import type { Objects } from "#stores/s3/objects.ts";
import { operation } from "../aws/parse-input.ts";
import type { Operations } from "../aws/server.ts";
import type { Documents } from "./documents.ts";
import { isThere, type ModelData, modelAt } from "./model-data.ts";
import { arnOf, name, seconds, tags } from "./names.ts";
import { ListQuery, pageOf } from "./pages.ts";
import { asValidation, couldNotFind, existsAlready, refused } from "./refusals.ts";

const s3Uri = z.string().max(1024).startsWith("s3://", "must be like s3://bucket/key");
const S3ModelData = z.object({ S3Uri: s3Uri, S3DataType: z.enum(["S3Prefix", "S3Object"]), CompressionType: z.enum(["None", "Gzip"]) });
const Container = z.object({
  ContainerHostname: z.string().max(63).optional(),
  Image: z.string().max(255).optional(),
  Mode: z.literal("SingleModel", "Mode must be SingleModel on this machine").optional(),
  ModelDataUrl: s3Uri.optional(),
  ModelDataSource: z.object({ S3DataSource: S3ModelData }).optional(),
  Environment: z.record(z.string().max(1024), z.string().max(1024)).optional(),
  ModelPackageName: z.string().min(1).max(176).optional(),
});
type Container = z.output<typeof Container>;

const CreateModelInput = z.object({
  ModelName: name,
  PrimaryContainer: Container.optional(),
  Containers: z.array(Container).max(15).optional(),
  ExecutionRoleArn: z.string().min(20).max(2048).optional(),
  Tags: tags.optional(),
  EnableNetworkIsolation: z.boolean().optional(),
});

/** A model as a client made it. */
export interface HostedModel {
  readonly name: string;
  readonly createdAt: number;
  readonly request: z.output<typeof CreateModelInput>;
}

/** `name/version`, alone or at the end of an ARN: a version of the platform's own registry. */
function packageOf(text: string): { readonly modelName: string; readonly modelVersion: string } {
  const [, modelName, modelVersion] = /(?:^|:model-package\/)([^/:]+)\/(\d{1,9})$/.exec(text) ?? [];
  if (modelName === undefined || modelVersion === undefined)
    throw refused(`ModelPackageName must be <registered model>/<version> on this machine, got ${text}`);
  return { modelName, modelVersion };
}

function dataOf({ ModelDataUrl, ModelDataSource }: Container): ModelData {
  if (ModelDataSource) {
    const { S3Uri, CompressionType } = ModelDataSource.S3DataSource;
    return { uri: S3Uri, archive: CompressionType === "Gzip" };
  }
  if (ModelDataUrl === undefined)
    throw refused("one of ModelDataUrl, ModelDataSource and ModelPackageName must be given: on this machine a model is an ONNX file, whatever its image");
  return { uri: ModelDataUrl, archive: !ModelDataUrl.endsWith("/") && !ModelDataUrl.endsWith(".onnx") };
}

function containerOf({ PrimaryContainer, Containers = [] }: HostedModel["request"]): Container {
  const [container, another] = PrimaryContainer ? [PrimaryContainer, ...Containers] : Containers;
  if (!container || another) throw refused("a model must have one container on this machine");
  return container;
}

/** The registry's version behind a model package, else the files of the model's own container. @throws DomainError, or AwsError, when there is no such model */
export async function resolveHosted(
  ctx: Pick<EndpointContext, "resolveModelVersion">,
  objects: Objects,
  bucket: string,
  model: HostedModel,
): Promise<ResolvedModel> {
  const container = containerOf(model.request);
  if (container.ModelPackageName !== undefined) return ctx.resolveModelVersion(packageOf(container.ModelPackageName));
  return { modelName: model.name, modelVersion: "1", ...(await modelAt(objects, bucket, dataOf(container))) };
}

interface Parts {
  readonly models: Documents<HostedModel>;
  readonly resolver: () => Pick<EndpointContext, "resolveModelVersion">;
  readonly objects: () => Objects;
  readonly now: () => number;
}

/** SageMaker's model operations: names for ONNX files in buckets, and for versions of the registry. */
export function modelOperations({ models, resolver, objects, now }: Parts): Operations {
  async function check(container: Container): Promise<void> {
    if (container.ModelPackageName !== undefined) return void (await resolver().resolveModelVersion(packageOf(container.ModelPackageName)));
    const data = dataOf(container);
    if (!(await isThere(objects(), data))) throw refused(`Could not find model data at ${data.uri}.`);
  }
  const Named = z.object({ ModelName: name });
  return {
    "SageMaker.CreateModel": operation(CreateModelInput, async (request) => {
      await asValidation(check(containerOf(request)));
      const model = { name: request.ModelName, createdAt: now(), request };
      if (!(await models.insert(model))) throw existsAlready("model", model.name);
      return { ModelArn: arnOf("model", model.name) };
    }),
    "SageMaker.DescribeModel": operation(Named, async ({ ModelName }) => {
      const model = await models.find(ModelName);
      if (!model) throw couldNotFind("model", ModelName);
      const { Tags: _tags, ...request } = model.request;
      return { ...request, ModelArn: arnOf("model", ModelName), CreationTime: seconds(model.createdAt) };
    }),
    "SageMaker.DeleteModel": operation(Named, async ({ ModelName }) => {
      if (!(await models.remove(ModelName))) throw couldNotFind("model", ModelName);
      return undefined;
    }),
    "SageMaker.ListModels": operation(ListQuery, async (query) => {
      const { page, next } = pageOf(
        (await models.list()).map((model) => ({ ...model, modifiedAt: model.createdAt })),
        query,
        "Descending",
      );
      return {
        Models: page.map((model) => ({ ModelName: model.name, ModelArn: arnOf("model", model.name), CreationTime: seconds(model.createdAt) })),
        ...next,
      };
    }),
  };
}
