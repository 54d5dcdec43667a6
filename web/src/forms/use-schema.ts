import { address } from "../address.ts";
import { useRead } from "../queries.ts";
import type { Schema } from "./schema.ts";

/** How the platform describes one of its request documents. It does not change while the platform runs. */
export const useSchema = (name: "TrainingRequest" | "RolloutPlan" | "MonitorDefinition") =>
  useRead<{ readonly schema: Schema }>(address(["capstan", "v1", "schemas", name]), { every: false });
