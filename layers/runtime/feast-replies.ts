import { errorCatalog } from "#contracts/errors.ts";
import type { Content } from "#contracts/route.ts";
import { DomainError } from "#core/errors.ts";
import { FeatureRefusal, type FeatureRefusalKind } from "#core/features/refusals.ts";
import { formatJson } from "./exact-json.ts";

/** A JSON document as a reply. */
export const json = (status: number, document: unknown): Content => ({ status, headers: { "content-type": "application/json" }, body: formatJson(document) });
/** Feast's answer to a push. */
export const empty: Content = { status: 200, headers: {}, body: "" };
/** Feast's answer to a write. */
export const nothing = json(200, null);

/** Exceptions of feast.errors (0.67) and the statuses that Feast's server sends them under. */
const exceptions: Readonly<Record<FeatureRefusalKind, { readonly name: string; readonly status: number }>> = {
  featureView: { name: "FeatureViewNotFoundException", status: 404 },
  featureService: { name: "FeatureServiceNotFoundException", status: 404 },
  pushSource: { name: "PushSourceNotFoundException", status: 422 },
  nameCollision: { name: "FeatureNameCollisionError", status: 400 },
};

/** What went wrong as JSON in a JSON text: Feast's client (rest_error_handler.py) rebuilds the exception that it names. */
function refused(error: DomainError): Content {
  const known = error instanceof FeatureRefusal ? exceptions[error.kind] : undefined;
  const status = known?.status ?? errorCatalog[error.code].status;
  return json(status, JSON.stringify({ module: "feast.errors", class: known?.name ?? "FeastError", message: error.message }));
}

/** Answers with what `work` makes, or with its refusal in Feast's form. */
export async function answering(work: () => Promise<Content>): Promise<Content> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DomainError) return refused(error);
    throw error;
  }
}
