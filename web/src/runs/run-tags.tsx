import { mlflow } from "../address.ts";
import type { Run } from "../experiments/wire.ts";
import { TagsEditor } from "../parts/tags-editor.tsx";

/** A run's tags, those that MLflow sets itself included. */
export function RunTags({ run: { info, data } }: { readonly run: Run }) {
  return (
    <TagsEditor
      tags={data.tags ?? []}
      writes={{
        set: (key, value) => ({ path: mlflow("runs/set-tag", {}), body: { run_id: info.run_id, key, value } }),
        remove: (key) => ({ path: mlflow("runs/delete-tag", {}), body: { run_id: info.run_id, key } }),
      }}
    />
  );
}
