import * as z from "zod";
import { type ErrorCode, errorCatalog } from "#contracts/errors.ts";
import type { Contract, Route } from "#contracts/route.ts";

type Json = Record<string, unknown>;

/** JSON Schema 2020-12, which OpenAPI 3.1 takes as it is; named schemas are gathered under components. */
function schemaOf(schema: z.ZodType, io: "input" | "output", components: Map<string, Json>): Json {
  const document = z.toJSONSchema(schema, { io, unrepresentable: "any", reused: "inline" }) as Json & { $defs?: Record<string, Json> };
  const { $schema: _version, $defs = {}, ...rest } = document;
  const moved = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(moved)
      : typeof value === "object" && value !== null
        ? Object.fromEntries(
            Object.entries(value).map(([key, member]) => [
              key,
              key === "$ref" && typeof member === "string" ? member.replace("#/$defs/", "#/components/schemas/") : moved(member),
            ]),
          )
        : value;
  for (const [name, definition] of Object.entries($defs)) components.set(name, moved(definition) as Json);
  return moved(rest) as Json;
}

const pathParameters = (path: string) => [...path.matchAll(/\{(\w+)\+?\}/g)].map(([, name = ""]) => name);

function parameters(route: Route, components: Map<string, Json>): Json[] {
  const inPath = pathParameters(route.path);
  const { properties = {}, required = [] } = schemaOf(route.request, "input", components) as { properties?: Record<string, Json>; required?: string[] };
  const hasQuery = route.method === "GET" || route.body === "content";
  const path = inPath.map((name) => ({ name, in: "path", required: true, schema: properties[name] ?? { type: "string" } }));
  const query = hasQuery
    ? Object.entries(properties).flatMap(([name, schema]) => (inPath.includes(name) ? [] : [{ name, in: "query", required: required.includes(name), schema }]))
    : [];
  return [...path, ...query];
}

function requestBody(route: Route, components: Map<string, Json>): Json | undefined {
  if (route.body === "content") return { required: true, content: { "*/*": { schema: { type: "string", format: "binary" } } } };
  if (route.method === "GET") return undefined;
  const schema = schemaOf(route.request, "input", components) as { properties?: Json; required?: string[] };
  const inPath = new Set(pathParameters(route.path));
  const properties = Object.fromEntries(Object.entries(schema.properties ?? {}).filter(([name]) => !inPath.has(name)));
  const required = (schema.required ?? []).filter((name) => !inPath.has(name));
  if (Object.keys(properties).length === 0) return undefined;
  return {
    required: required.length > 0,
    content: { "application/json": { schema: { ...schema, properties, ...(required.length > 0 ? { required } : { required: undefined }) } } },
  };
}

/** Errors that any operation may answer, besides those that its contract names. */
const always: readonly ErrorCode[] = ["INVALID_PARAMETER_VALUE", "UNAUTHENTICATED", "REQUEST_LIMIT_EXCEEDED", "INTERNAL_ERROR", "TEMPORARILY_UNAVAILABLE"];

function responses(route: Route, components: Map<string, Json>): Json {
  const isContent = route.response.meta()?.["content"] === true;
  const ok = isContent
    ? { "*/*": { schema: { type: "string", format: "binary" } } }
    : { "application/json": { schema: schemaOf(route.response, "output", components) } };
  const codes = [...new Set([...route.errors, ...always])];
  const byStatus = Map.groupBy(codes, (code) => errorCatalog[code].status);
  const errors = [...byStatus]
    .sort(([a], [b]) => a - b)
    .map(([status, list]) => [
      String(status),
      { description: list.join(", "), content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } } },
    ]);
  return { 200: { description: "Done.", content: ok }, ...Object.fromEntries(errors) };
}

/** The OpenAPI 3.1 document of every contract. */
export function openApiDocument(contracts: readonly Contract[], version: string): Json {
  const components = new Map<string, Json>();
  components.set("Error", {
    type: "object",
    description: "How the platform and MLflow surfaces refuse; other surfaces have their own form.",
    properties: { error_code: { type: "string", enum: Object.keys(errorCatalog) }, message: { type: "string" } },
    required: ["error_code", "message"],
  });
  const paths: Record<string, Json> = {};
  for (const contract of contracts) {
    for (const [operation, route] of Object.entries(contract.routes)) {
      const path = route.path.replaceAll("+}", "}");
      const entry = {
        operationId: `${contract.name}.${operation}`,
        tags: [contract.name],
        summary: route.summary,
        parameters: parameters(route, components),
        requestBody: requestBody(route, components),
        responses: responses(route, components),
        ...(route.open === true && { security: [] }),
      };
      paths[path] = { ...paths[path], [route.method.toLowerCase()]: entry };
    }
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Capstan",
      version,
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
      description: "Every HTTP operation of the platform, generated from its contracts.",
    },
    servers: [{ url: "http://127.0.0.1:5000" }],
    security: [{}, { bearer: [] }, { basic: [] }],
    tags: contracts.map(({ name, summary }) => ({ name, description: summary })),
    paths,
    components: {
      securitySchemes: { bearer: { type: "http", scheme: "bearer" }, basic: { type: "http", scheme: "basic" } },
      schemas: Object.fromEntries([...components].sort(([a], [b]) => a.localeCompare(b, "en"))),
    },
  };
}
