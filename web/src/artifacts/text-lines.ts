/** Some bytes of a file. */
export interface Piece {
  readonly bytes: Uint8Array;
  /** Where the bytes lie in the file: the end is not theirs any more. */
  readonly from: number;
  readonly to: number;
  /** The file's size when they were read. */
  readonly size: number;
}

export interface TextPart {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly size: number;
}
const newline = 10;
const isContinuation = (byte: number | undefined) => byte !== undefined && (byte & 0b1100_0000) === 0b1000_0000;

/** The whole lines of some bytes of a file as text. A line that fills all of them is cut between characters. */
export function wholeLines({ bytes, from, to, size }: Piece): TextPart {
  let [start, end] = [0, bytes.length];
  const firstEnd = bytes.indexOf(newline);
  const lastEnd = bytes.lastIndexOf(newline);
  if (from > 0 && firstEnd >= 0 && firstEnd < bytes.length - 1) start = firstEnd + 1;
  else if (from > 0) while (isContinuation(bytes[start])) start += 1;
  if (to < size && lastEnd >= start) end = lastEnd + 1;
  else if (to < size) {
    let lead = end - 1;
    while (lead > start && isContinuation(bytes[lead])) lead -= 1;
    if ((bytes[lead] ?? 0) >= 0b1100_0000) end = lead;
  }
  return { text: new TextDecoder().decode(bytes.subarray(start, end)), from: from + start, to: from + end, size };
}

/** Where a text is found, without regard to case. */
export function placesOf(text: string, wanted: string, most: number): readonly number[] {
  if (wanted === "") return [];
  const [all, part] = [text.toLowerCase(), wanted.toLowerCase()];
  const found: number[] = [];
  for (let at = all.indexOf(part); at >= 0 && found.length < most; at = all.indexOf(part, at + part.length)) found.push(at);
  return found;
}
