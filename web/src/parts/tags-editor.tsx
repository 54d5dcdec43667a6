import Button from "@cloudscape-design/components/button";
import { type Deed, useChange } from "../queries.ts";
import { DataTable } from "./data-table.tsx";
import { TagDialog } from "./tag-dialog.tsx";

export interface TagWrites {
  /** The request that sets a tag, and the one that removes it. */
  readonly set: (key: string, value: string) => Omit<Deed, "done">;
  readonly remove: (key: string) => Omit<Deed, "done">;
}
interface TagsEditorProps {
  readonly tags: readonly { readonly key: string; readonly value: string }[];
  readonly writes: TagWrites;
}

/** Tags of something: added, changed and taken away, each with a way back. */
export function TagsEditor({ tags, writes }: TagsEditorProps) {
  const change = useChange();
  const setting = (key: string, value: string, done: string) => ({ ...writes.set(key, value), done });
  const removing = (key: string, done: string) => ({ ...writes.remove(key), done });
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
