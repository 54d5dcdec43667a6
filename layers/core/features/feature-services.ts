import { applyDefinition, getDefinition } from "./apply-definition.ts";
import type { FeatureContext, FeatureService } from "./definitions.ts";
import { requestedFeatures } from "./requested-features.ts";

export type FeatureServiceFields = Omit<FeatureService, "createdAt" | "updatedAt">;

/** Creates or replaces a feature service. @throws DomainError for a feature that does not exist or is named twice */
export const putFeatureService = (ctx: FeatureContext, { name, features, description, owner, tags }: FeatureServiceFields): Promise<FeatureService> =>
  applyDefinition(ctx, "service", name, async () => {
    await requestedFeatures(ctx.definitions, { features, fullFeatureNames: true });
    return { name, features, description, owner, tags };
  });

export async function deleteFeatureService(ctx: FeatureContext, name: string): Promise<Record<string, never>> {
  await getDefinition(ctx, "service", name);
  await ctx.definitions.remove("service", name);
  return {};
}
