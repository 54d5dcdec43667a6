import * as z from "zod";
import { defineContract, type Route } from "../route.ts";

const scalarTypes = ["BYTES", "STRING", "INT32", "INT64", "DOUBLE", "FLOAT", "BOOL", "UNIX_TIMESTAMP"] as const;
/** Feast's names (feast.value_type.ValueType, 0.67). A list may hold nulls. */
export const valueTypes = [...scalarTypes, ...scalarTypes.map((type) => `${type}_LIST` as const)] as const;
export type ScalarType = (typeof scalarTypes)[number];
export type ValueType = (typeof valueTypes)[number];
export const keyTypes = ["STRING", "INT32", "INT64"] as const;
export type KeyType = (typeof keyTypes)[number];

/** `__` joins view and feature in full feature names, so that no name may hold it. */
export const name = z
  .string()
  .regex(/^(?!.*__)[A-Za-z][A-Za-z0-9_]{0,62}$/, "must be a letter and then at most 62 letters, digits or single underscores")
  .describe("A letter, then letters, digits and single underscores; at most 63.");
const column = z
  .string()
  .regex(/^(?!.*__)[A-Za-z_][A-Za-z0-9_]{0,62}$/, "must be a column name: a letter or underscore, then at most 62 letters, digits or single underscores");
const described = {
  description: z.string().max(1000).default(""),
  owner: z.string().max(200).default(""),
  tags: z.record(z.string().min(1).max(128), z.string().max(256)).default({}),
};
const stamps = {
  createdAt: z.int().describe("Milliseconds since the epoch."),
  updatedAt: z.int().describe("Milliseconds since the epoch."),
};
/** `view:feature` */
export const featureReference = z.string().regex(/^[A-Za-z]\w{0,62}:[A-Za-z]\w{0,62}$/, "must be like view:feature");

const entityFields = {
  joinKey: name.describe("The column that holds the key in rows of features and of training sets."),
  valueType: z.enum(keyTypes),
  ...described,
};
export const Entity = z.object({ name, ...entityFields, ...stamps }).meta({ id: "Entity", description: "What features are about: a driver, a shop." });

export const Feature = z
  .object({ name, valueType: z.enum(valueTypes), description: z.string().max(1000).default(""), tags: described.tags })
  .meta({ id: "Feature", description: "One column of a feature view." });

export const FeatureSource = z
  .object({
    prefix: z
      .string()
      .max(500)
      .regex(/^(?!\/)(?!.*\/\.\.?\/)(?!.*\/\/).+\/$/, "must be a key prefix that ends in / and has no empty, . or .. segment")
      .refine((prefix) => !prefix.startsWith("features/"), "must not be under features/, where the platform writes")
      .optional()
      .describe("Keys of the bucket `data` below which *.parquet files hold rows made elsewhere. Without it only pushed rows are read."),
    eventTimestampColumn: column.default("event_timestamp"),
    createdTimestampColumn: column
      .nullable()
      .default("created")
      .describe("Breaks ties of the event time: the row that was made last wins. null: there is none."),
  })
  .meta({ id: "FeatureSource", description: "Where the history of a feature view is read." });

const viewFields = {
  entities: z.array(name).min(1).max(10).describe("Names of entities; their join keys together are the key of a row."),
  features: z.array(Feature).min(1).max(500),
  ttlSeconds: z.int().min(0).max(3_153_600_000).default(0).describe("Age of a row, by event time, up to which it is served and joined; 0: any age."),
  source: FeatureSource.prefault({}),
  pushSource: name.optional().describe("Feast's name for the stream that feeds the view; its own name where absent."),
  ...described,
};
export const FeatureView = z
  .object({
    name,
    ...viewFields,
    joinKeys: z.array(z.object({ entity: name, name, valueType: z.enum(keyTypes) })),
    generation: z.string().describe("Changes with the entities or a feature's type; rows of another generation are not read."),
    materializedTo: z.int().optional().describe("Milliseconds since the epoch: source files up to then are in the online store."),
    ...stamps,
  })
  .meta({ id: "FeatureView", description: "Features that are written together under one key, with their time to live and their source." });

const serviceFields = { features: z.array(featureReference).min(1).max(500), ...described };
export const FeatureService = z.object({ name, ...serviceFields, ...stamps }).meta({ id: "FeatureService", description: "The features that one model reads." });

const page = {
  pageSize: z.coerce.number().int().min(1).max(1000).default(100),
  pageToken: z.string().max(100).optional().describe("nextPageToken of the page before."),
};
const byName = z.object({ name });
const refused = ["INVALID_PARAMETER_VALUE", "RESOURCE_CONFLICT"] as const;

/** The four operations that each kind of definition has. */
function definitionRoutes<const P extends string, const S extends z.ZodRawShape, T extends z.ZodObject, const F extends string>(
  plural: P,
  what: string,
  shape: S,
  definition: T,
  field: F,
) {
  const path = `/capstan/v1/features/${plural}` as const;
  const one = z.object({ [field]: definition } as Record<F, T>);
  return {
    put: {
      method: "PUT",
      path: `${path}/{name}`,
      summary: `Create or replace ${what}; the same request twice changes nothing.`,
      request: z.object({ name, ...shape }),
      response: one,
      errors: refused,
    },
    get: { method: "GET", path: `${path}/{name}`, summary: `Get ${what}.`, request: byName, response: one, errors: ["RESOURCE_DOES_NOT_EXIST"] },
    remove: {
      method: "DELETE",
      path: `${path}/{name}`,
      summary: `Delete ${what}. Refused while another definition refers to it.`,
      request: byName,
      response: z.object({}),
      errors: ["RESOURCE_DOES_NOT_EXIST", "RESOURCE_CONFLICT"],
    },
    list: {
      method: "GET",
      path,
      summary: `List, by name, every definition that is ${what}.`,
      request: z.object(page),
      response: z.object({ [plural]: z.array(definition), nextPageToken: z.string().optional() } as Record<P, z.ZodArray<T>> & {
        nextPageToken: z.ZodOptional<z.ZodString>;
      }),
      errors: ["INVALID_PARAMETER_VALUE"],
    },
  } as const satisfies Record<string, Route>;
}

const entities = definitionRoutes("entities", "an entity", entityFields, Entity, "entity");
const views = definitionRoutes("views", "a feature view", viewFields, FeatureView, "view");
const services = definitionRoutes("services", "a feature service", serviceFields, FeatureService, "service");

export const featureContract = defineContract({
  name: "features",
  surface: "platform",
  summary: "Definitions of the feature store, and rows pushed into it.",
  routes: {
    putEntity: entities.put,
    getEntity: entities.get,
    deleteEntity: entities.remove,
    listEntities: entities.list,
    putFeatureView: views.put,
    getFeatureView: views.get,
    deleteFeatureView: views.remove,
    listFeatureViews: views.list,
    putFeatureService: services.put,
    getFeatureService: services.get,
    deleteFeatureService: services.remove,
    listFeatureServices: services.list,
    pushFeatureRows: {
      method: "POST",
      path: "/capstan/v1/features/views/{name}/rows",
      summary: "Write rows to the history and to the online store, where a row never replaces a newer one. Safe to repeat.",
      request: z.object({
        name,
        rows: z
          .array(z.record(z.string(), z.unknown()))
          .min(1)
          .max(10_000)
          .describe(
            "Join keys, features and the time columns of the source, by column name. Times are ISO 8601 (UTC where no zone is named) or epoch seconds.",
          ),
      }),
      response: z.object({
        rows: z.int(),
        written: z.int().describe("Keys whose online row was replaced."),
        stale: z.int().describe("Keys that hold the same or a newer row already."),
        uri: z.string().describe("The Parquet file that holds the rows."),
      }),
      errors: ["INVALID_PARAMETER_VALUE", "RESOURCE_DOES_NOT_EXIST"],
    },
  },
});
