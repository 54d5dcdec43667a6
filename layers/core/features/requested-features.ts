import { invalid } from "../errors.ts";
import type { DefinitionStore, FeatureView } from "./definitions.ts";
import { nameCollision, noFeatureService, noFeatureView } from "./refusals.ts";

/** A feature that was asked for, and the name of its column in the answer. */
export interface RequestedFeature {
  readonly view: FeatureView;
  readonly feature: FeatureView["features"][number];
  readonly column: string;
}

export interface FeatureRequest {
  /** `view:feature` */
  readonly features?: readonly string[] | null | undefined;
  /** Wins where both are given, as in Feast. */
  readonly featureService?: string | null | undefined;
  readonly fullFeatureNames?: boolean | null | undefined;
}

async function referencesOf(definitions: Pick<DefinitionStore, "find">, { features, featureService }: FeatureRequest): Promise<readonly string[]> {
  if (featureService == null) {
    if (features == null || features.length === 0) throw invalid("features is required, or a feature service");
    return features;
  }
  const service = await definitions.find("service", featureService);
  if (!service) throw noFeatureService(featureService);
  return service.definition.features;
}

/** Features in the order asked for. @throws DomainError for what does not exist, and for two columns of one name */
export async function requestedFeatures(definitions: Pick<DefinitionStore, "find">, request: FeatureRequest): Promise<RequestedFeature[]> {
  const references = await referencesOf(definitions, request);
  const views = new Map<string, FeatureView>();
  const seen = new Map<string, string>();
  const requested: RequestedFeature[] = [];
  for (const reference of references) {
    const [given = "", name, ...rest] = reference.split(":");
    const viewName = given.replace(/@latest$/, "");
    if (name === undefined || rest.length > 0) throw invalid(`features must be like view:feature, got ${reference}`);
    const view = views.get(viewName) ?? (await definitions.find("view", viewName))?.definition;
    if (!view) throw noFeatureView(viewName);
    views.set(viewName, view);
    const feature = view.features.find((candidate) => candidate.name === name);
    if (!feature) throw invalid(`feature ${name} is not in feature view ${viewName}, which has ${view.features.map((one) => one.name).join(", ")}`);
    const column = request.fullFeatureNames === true ? `${viewName}__${name}` : name;
    const other = seen.get(column);
    if (other !== undefined) throw nameCollision(`features ${other} and ${reference} would both be column ${column}: ask for one, or for full feature names`);
    seen.set(column, reference);
    requested.push({ view, feature, column });
  }
  return requested;
}
