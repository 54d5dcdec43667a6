/** One element: its name and its content. Elements without content (`undefined`) are left out; lists nest. */
export type XmlElement = readonly [name: string, content: string | number | boolean | undefined | readonly XmlElement[]];

/** Text as it may stand inside an element. Control characters become references, so that line ends in keys survive a parser. */
export const escapeText = (text: string): string =>
  text.replaceAll(/[&<>"\p{Cc}]/gu, (character) => {
    if (character === "&") return "&amp;";
    if (character === "<") return "&lt;";
    if (character === ">") return "&gt;";
    return character === '"' ? "&quot;" : `&#${character.charCodeAt(0)};`;
  });

const render = ([name, content]: XmlElement): string => {
  if (content === undefined) return "";
  return `<${name}>${Array.isArray(content) ? content.map(render).join("") : escapeText(String(content))}</${name}>`;
};

/** A document whose root element is in S3's namespace. */
export const xmlDocument = (root: string, content: readonly XmlElement[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${content.map(render).join("")}</${root}>`;

/** A document without a namespace: S3 sends its errors so. */
export const plainDocument = (root: string, content: readonly XmlElement[]): string => `<?xml version="1.0" encoding="UTF-8"?>\n${render([root, content])}`;
