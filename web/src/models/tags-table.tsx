import Button from "@cloudscape-design/components/button";
import { mlflow } from "../client.ts";
import { DataTable } from "../parts/data-table.tsx";
import { useChange } from "../queries.ts";
import { TagDialog } from "./tag-dialog.tsx";

interface TagsTableProps {
  readonly of: "registered-models" | "model-versions";
  readonly id: { readonly name: string; readonly version?: string };
  readonly tags: readonly { readonly key: string; readonly value: string }[];
}

/** Tags of a model or a version: added, changed and taken away, each with a way back. */
export function TagsTable({ of, id, tags }: TagsTableProps) {
  const change = useChange();
  const setting = (key: string, value: string, done: string) => ({ path: mlflow(`${of}/set-tag`, {}), body: { ...id, key, value }, done });
  const removing = (key: string, done: string) => ({ method: "DELETE" as const, path: mlflow(`${of}/delete-tag`, {}), body: { ...id, key }, done });
  const set = (key: string, value: string) => {
    const before = tags.find((tag) => tag.key === key);
    const undo = before ? setting(key, before.value, `The tag ${key} is as it was.`) : removing(key, `The tag ${key} is gone again.`);
    change.mutate({ ...setting(key, value, `The tag ${key} is set.`), undo });
  };
  const remove = (key: string, value: string) =>
    change.mutate({ ...removing(key, `The tag ${key} is removed.`), undo: setting(key, value, `The tag ${key} is back.`) });
  return (
    <DataTable
      name="tags"
      title="Tags"
      items={tags}
      filtering={tags.length > 10}
      rowKey={({ key }) => key}
      empty="No tag."
      actions={<TagDialog action="Add tag" submit={set} />}
      columns={[
        { id: "key", header: "Key", cell: ({ key }) => <span className="name">{key}</span>, sortBy: ({ key }) => key, isName: true },
        { id: "value", header: "Value", cell: ({ value }) => <span className="name">{value}</span>, sortBy: ({ value }) => value },
        {
          id: "change",
          header: "Change",
          cell: ({ key, value }) => (
            <>
              <TagDialog action={`Change tag ${key}`} icon="edit" initial={{ key, value }} submit={set} />
              <Button variant="inline-icon" iconName="close" ariaLabel={`Remove tag ${key}`} onClick={() => remove(key, value)} />
            </>
          ),
        },
      ]}
    />
  );
}
