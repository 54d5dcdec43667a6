import { DataTable } from "../parts/data-table.tsx";

interface ValuesTableProps {
  readonly name: string;
  readonly title: string;
  readonly values: readonly { readonly key: string; readonly value: string }[];
}

/** Keys with their values, shown as the text that they are. */
export function ValuesTable({ name, title, values }: ValuesTableProps) {
  return (
    <DataTable
      name={name}
      title={title}
      items={values}
      rowKey={({ key }) => key}
      empty="None was logged."
      columns={[
        { id: "key", header: "Key", cell: ({ key }) => <span className="name">{key}</span>, sortBy: ({ key }) => key, isName: true },
        { id: "value", header: "Value", cell: ({ value }) => <span className="name">{value}</span>, sortBy: ({ value }) => value },
      ]}
    />
  );
}
