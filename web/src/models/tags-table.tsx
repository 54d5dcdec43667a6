import { mlflow } from "../address.ts";
import { TagsEditor } from "../parts/tags-editor.tsx";

interface TagsTableProps {
  readonly of: "registered-models" | "model-versions";
  readonly id: { readonly name: string; readonly version?: string };
  readonly tags: readonly { readonly key: string; readonly value: string }[];
}

/** Tags of a model or a version. */
export function TagsTable({ of, id, tags }: TagsTableProps) {
  return (
    <TagsEditor
      tags={tags}
      writes={{
        set: (key, value) => ({ path: mlflow(`${of}/set-tag`, {}), body: { ...id, key, value } }),
        remove: (key) => ({ method: "DELETE", path: mlflow(`${of}/delete-tag`, {}), body: { ...id, key } }),
      }}
    />
  );
}
