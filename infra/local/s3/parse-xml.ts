import { refusal } from "./errors.ts";

/** A parsed element: the name without its namespace prefix, the text directly inside, the elements inside. */
export interface XmlNode {
  readonly name: string;
  text: string;
  readonly children: XmlNode[];
}

const malformed = () => refusal("MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema");
const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function resolveReferences(text: string): string {
  return text.replaceAll(/&([^;&]*);|&/g, (_all, reference: string | undefined) => {
    if (reference === undefined) throw malformed();
    const plain = named[reference];
    if (plain !== undefined) return plain;
    const digits = /^#(?:x([0-9a-f]{1,6})|([0-9]{1,7}))$/i.exec(reference);
    const code = digits?.[1] !== undefined ? Number.parseInt(digits[1], 16) : Number(digits?.[2] ?? Number.NaN);
    if (!(code > 0 && code <= 0x10ffff) || (code >= 0xd800 && code <= 0xdfff)) throw malformed();
    return String.fromCodePoint(code);
  });
}

// Declarations, comments and processing instructions are skipped; a document type is not matched and so refused: no entity can be defined.
const token = /<\?[^>]*\?>|<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/y;

/** Reads a request document. @throws S3Error MalformedXML when it is not well-formed, names another root, or has a document type */
export function parseXml(text: string, root: string): XmlNode {
  const top: XmlNode = { name: "", text: "", children: [] };
  const open: XmlNode[] = [top];
  const source = text.replace(/^\uFEFF/, "");
  token.lastIndex = 0;
  while (token.lastIndex < source.length) {
    const match = token.exec(source);
    const parent = open.at(-1);
    if (match === null || parent === undefined) throw malformed();
    const [, cdata, closing, qualified, , selfClosing, characters] = match;
    if (characters !== undefined) parent.text += resolveReferences(characters);
    else if (cdata !== undefined) parent.text += cdata;
    else if (qualified !== undefined) {
      const name = qualified.slice(qualified.indexOf(":") + 1);
      if (closing === "/") {
        if (open.length === 1 || parent.name !== name) throw malformed();
        open.pop();
        continue;
      }
      const node: XmlNode = { name, text: "", children: [] };
      parent.children.push(node);
      if (selfClosing !== "/") open.push(node);
    }
  }
  const [node, ...others] = top.children;
  if (open.length !== 1 || node?.name !== root || others.length > 0 || top.text.trim() !== "") throw malformed();
  return node;
}

/** The elements of one name. */
export const childrenOf = (node: XmlNode, name: string): XmlNode[] => node.children.filter((child) => child.name === name);
/** The text of the first element of that name. */
export const textOf = (node: XmlNode, name: string): string | undefined => node.children.find((child) => child.name === name)?.text;
/** The same. @throws S3Error MalformedXML where it is missing */
export function requiredText(node: XmlNode, name: string): string {
  const text = textOf(node, name);
  if (text === undefined) throw malformed();
  return text;
}
