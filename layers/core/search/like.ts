const width = (text: string, at: number) => ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);

/** Whether `text` as a whole has the form of `pattern`: `%` is any text, `_` one character. Time is at most the product of both lengths. */
function matches(pattern: string, text: string): boolean {
  let at = 0;
  let from = 0;
  let afterAny = -1;
  let retry = 0;
  while (at < text.length) {
    const wanted = pattern.charAt(from);
    if (wanted === "%") {
      from += 1;
      afterAny = from;
      retry = at;
    } else if (wanted === "_") {
      from += 1;
      at += width(text, at);
    } else if (wanted !== "" && wanted === text.charAt(at)) {
      from += 1;
      at += 1;
    } else if (afterAny >= 0) {
      retry += width(text, retry);
      at = retry;
      from = afterAny;
    } else return false;
  }
  while (pattern.charAt(from) === "%") from += 1;
  return from === pattern.length;
}

/** The test of SQL's LIKE (case counts) or ILIKE (it does not) for one pattern. */
export function likeMatcher(pattern: string, ignoreCase = false): (text: string) => boolean {
  if (!ignoreCase) return (text) => matches(pattern, text);
  const lower = pattern.toLowerCase();
  return (text) => matches(lower, text.toLowerCase());
}
