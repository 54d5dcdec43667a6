/** What a text says as JSON, or why it says nothing; an empty text is no value. */
export function readJson(text: string): { readonly value: unknown; readonly problem?: string } {
  if (text.trim() === "") return { value: undefined };
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    return { value: undefined, problem: `This is not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}
