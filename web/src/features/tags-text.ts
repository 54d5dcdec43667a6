/** Tags as one line: `team: a, tier: gold`. */
export const tagsText = (tags: Readonly<Record<string, string>> | undefined): string =>
  Object.entries(tags ?? {})
    .map(([key, value]) => (value === "" ? key : `${key}: ${value}`))
    .join(", ");
