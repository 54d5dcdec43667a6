/** A view of the table under a name, as all who open the experiment see it. */
export interface SavedView {
  readonly id: string;
  readonly name: string;
  /** The query of the page's address. */
  readonly query: string;
}

const prefix = "capstan.view.";
const defaultKey = "capstan.default-view";
export const viewKey = (id: string): string => `${prefix}${id}`;
export const defaultViewKey: string = defaultKey;

interface Tag {
  readonly key: string;
  readonly value: string;
}

function viewOf({ key, value }: Tag): readonly SavedView[] {
  try {
    const { name, query } = JSON.parse(value) as { readonly name?: unknown; readonly query?: unknown };
    return typeof name === "string" && typeof query === "string" ? [{ id: key.slice(prefix.length), name, query }] : [];
  } catch {
    return [];
  }
}

/** The views that an experiment's tags hold, by name; a tag that somebody else wrote there is none. */
export const savedViews = (tags: readonly Tag[]): readonly SavedView[] =>
  tags
    .filter(({ key }) => key.startsWith(prefix))
    .flatMap(viewOf)
    .toSorted((a, b) => a.name.localeCompare(b.name, "en"));

/** The view that opens when the address names nothing. */
export const defaultView = (tags: readonly Tag[]): SavedView | undefined => {
  const id = tags.find(({ key }) => key === defaultKey)?.value;
  return savedViews(tags).find((view) => view.id === id);
};

export const viewValue = ({ name, query }: Pick<SavedView, "name" | "query">): string => JSON.stringify({ name, query });
