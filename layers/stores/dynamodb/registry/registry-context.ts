import { randomUUID } from "node:crypto";
import type { RegistryContext, RegistryTracking } from "#core/registry/registry.ts";
import { dynamoDb } from "../../clients.ts";
import { registryStore } from "./registry-store.ts";

/** The registry of one table, with the real clock and real randomness. */
export const registryContext = (table: string, tracking: RegistryTracking): RegistryContext => ({
  registry: registryStore(dynamoDb(), table),
  tracking,
  now: Date.now,
  newId: () => randomUUID().replaceAll("-", ""),
});
