/** How well a text answers what was typed, the more the better; undefined when its letters are not there in this order. */
export function match(text: string, typed: string): number | undefined {
  const [where, wanted] = [text.toLowerCase(), typed.trim().toLowerCase()];
  if (wanted === "") return 0;
  const at = where.indexOf(wanted);
  if (at === 0) return 100 - where.length / 100;
  if (at > 0) return (isWordStart(where, at) ? 80 : 60) - where.length / 100;
  return scattered(where, wanted);
}

const isWordStart = (text: string, at: number) => at === 0 || /[^a-z0-9]/.test(text.charAt(at - 1));

/** Letters in order with others between them: better the fewer the gaps and the more of them start words. */
function scattered(where: string, wanted: string): number | undefined {
  let at = -1;
  let score = 40;
  for (const letter of wanted.replaceAll(/\s+/g, "")) {
    const next = where.indexOf(letter, at + 1);
    if (next < 0) return undefined;
    if (next !== at + 1) score -= isWordStart(where, next) ? 1 : 4;
    at = next;
  }
  return score > 0 ? score : undefined;
}
