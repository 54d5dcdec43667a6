import type { ErrorCode } from "#contracts/errors.ts";
import { DomainError } from "../errors.ts";

/** Refusals for which Feast's clients have an exception of their own. */
export type FeatureRefusalKind = "featureView" | "featureService" | "pushSource" | "nameCollision";

/** A {@link DomainError} that also says what it is about. */
export class FeatureRefusal extends DomainError {
  readonly kind: FeatureRefusalKind;
  constructor(kind: FeatureRefusalKind, code: ErrorCode, message: string) {
    super(code, message);
    this.kind = kind;
  }
}

export const noFeatureView = (name: string) => new FeatureRefusal("featureView", "RESOURCE_DOES_NOT_EXIST", `feature view ${name} does not exist`);
export const noFeatureService = (name: string) => new FeatureRefusal("featureService", "RESOURCE_DOES_NOT_EXIST", `feature service ${name} does not exist`);
export const noPushSource = (name: string) =>
  new FeatureRefusal("pushSource", "RESOURCE_DOES_NOT_EXIST", `push source ${name} does not exist: no feature view names it`);
export const nameCollision = (message: string) => new FeatureRefusal("nameCollision", "INVALID_PARAMETER_VALUE", message);
