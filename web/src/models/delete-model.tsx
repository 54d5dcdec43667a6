import { navigate } from "wouter/use-browser-location";
import { mlflow } from "../address.ts";
import { ConfirmDialog } from "../parts/confirm-dialog.tsx";
import { useChange } from "../queries.ts";

/** Removes a model with all of its versions; refused here while an endpoint serves one of them. */
export function DeleteModel({ model, versions, isServed }: { readonly model: string; readonly versions: number; readonly isServed: boolean }) {
  const change = useChange();
  const remove = () =>
    change.mutate(
      { method: "DELETE", path: mlflow("registered-models/delete", {}), body: { name: model }, done: `The model ${model} is deleted.` },
      { onSuccess: () => navigate("/models") },
    );
  return (
    <ConfirmDialog
      action="Delete model"
      typed={model}
      disabled={isServed}
      disabledReason="An endpoint serves it."
      question={`${model} and its ${versions} ${versions === 1 ? "version" : "versions"} go from the registry, with aliases and tags. Runs and their files stay. This cannot be taken back.`}
      confirm={remove}
    />
  );
}
