import { navigate } from "wouter/use-browser-location";
import { address, mlflow } from "../address.ts";
import { ConfirmDialog } from "../parts/confirm-dialog.tsx";
import { useChange } from "../queries.ts";
import type { Endpoint } from "./wire.ts";

/** Removes a version from the registry; refused here while an endpoint has it. */
export function DeleteVersion({ name, version, serving }: { readonly name: string; readonly version: string; readonly serving: readonly Endpoint[] }) {
  const change = useChange();
  const remove = () =>
    change.mutate(
      { method: "DELETE", path: mlflow("model-versions/delete", {}), body: { name, version }, done: `Version ${version} of ${name} is deleted.` },
      { onSuccess: () => navigate(address(["models", name])) },
    );
  return (
    <ConfirmDialog
      action="Delete version"
      disabled={serving.length > 0}
      disabledReason={`It is a variant of ${serving.map((it) => it.name).join(", ")}.`}
      question={`Version ${version} of ${name} goes from the registry with the aliases that point at it; its number is not used again. Its run and files stay. This cannot be taken back.`}
      confirm={remove}
    />
  );
}
