import { randomUUID } from "node:crypto";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { LoggedModelContext } from "#core/logged-models/logged-model.ts";
import type { RegistryContext } from "#core/registry/registry.ts";
import { registryTracking } from "#core/registry/registry-tracking.ts";
import { trackingContext } from "../tracking/tracking-context.ts";
import { modelNames } from "./model-names.ts";
import { registryStore } from "./registry-store.ts";

/** The registry over a tracking table, and the runs and logged models beside it: real clock, random ids. */
export const registryContext = (client: DynamoDBClient, tableName: string): RegistryContext => ({
  registry: registryStore(client, tableName),
  tracking: registryTracking(trackingContext(client, tableName)),
  now: Date.now,
  newId: () => randomUUID().replaceAll("-", ""),
});

/** Logged models over a tracking table. */
export const loggedModelContext = (client: DynamoDBClient, tableName: string): LoggedModelContext => ({
  ...trackingContext(client, tableName),
  modelNames: modelNames(client, tableName),
});
