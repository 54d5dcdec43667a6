import TokenGroup from "@cloudscape-design/components/token-group";
import type { ListColumn } from "./arrange.ts";
import { conditionsOf, without } from "./list-filter.ts";

interface FilterTokensProps<T> {
  readonly text: string;
  readonly columns: readonly ListColumn<T>[];
  readonly change: (text: string) => void;
}

/** The pieces of a filter that name a column, as they were understood; each can be taken away. */
export function FilterTokens<T>({ text, columns, change }: FilterTokensProps<T>) {
  const named = conditionsOf(text, columns).filter(({ column }) => column !== undefined);
  if (named.length === 0) return null;
  const labels = named.map(({ column, operator, value }) => `${columns.find(({ id }) => id === column)?.header} ${operator} ${value}`);
  return (
    <TokenGroup
      items={labels.map((label) => ({ label, dismissLabel: `Remove ${label}` }))}
      onDismiss={({ detail }) => {
        const gone = named[detail.itemIndex];
        if (gone) change(without(text, gone));
      }}
    />
  );
}
