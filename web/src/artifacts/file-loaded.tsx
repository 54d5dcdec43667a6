import Alert from "@cloudscape-design/components/alert";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Refused } from "../client.ts";
import { Loaded } from "../parts/loaded.tsx";

/** `fetch` fails with a TypeError of its own words; everything else that is no refusal is about the file's content. */
const isOfTheNetwork = (error: Error) => error instanceof Refused || (error instanceof TypeError && /fetch|network|load failed/i.test(error.message));

/** What a file was read as; where its content is not what its name says, that is told instead. */
export function FileLoaded<T>({ query, children }: { readonly query: UseQueryResult<T>; readonly children: (data: T) => ReactNode }) {
  if (query.error && !isOfTheNetwork(query.error)) {
    return (
      <Alert type="warning" header="This file cannot be shown">
        <span className="name">{query.error.message.slice(0, 500)}</span>
      </Alert>
    );
  }
  return <Loaded query={query}>{children}</Loaded>;
}
