/** HTML that was escaped or built here; only {@link html} makes it, so that a name from a request can never become markup. */
export interface Html {
  readonly markup: string;
}
type Value = Html | string | number | readonly Html[];

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
const isMarkup = (value: Value): value is Html => typeof value === "object" && "markup" in value;

function markupOf(value: Value): string {
  if (typeof value === "string") return escaped(value);
  if (typeof value === "number") return String(value);
  return isMarkup(value) ? value.markup : value.map(({ markup }) => markup).join("");
}

/** A template whose values are escaped for text and for quoted attributes. */
export const html = (texts: TemplateStringsArray, ...values: readonly Value[]): Html => ({
  markup: texts.map((text, k) => (k === 0 ? text : `${markupOf(values[k - 1] ?? "")}${text}`)).join(""),
});
