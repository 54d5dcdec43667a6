import BreadcrumbGroup from "@cloudscape-design/components/breadcrumb-group";
import { navigate } from "wouter/use-browser-location";
import { sections } from "./sections.ts";
import { useSegments } from "./segments.ts";

/** Where the page lies, read from its address. */
export function Crumbs() {
  const segments = useSegments();
  const [first, ...rest] = segments;
  const section = sections.find(({ owns }) => owns.includes(first ?? ""));
  if (!section || section.href === "/") return null;
  const last = rest.at(-1);
  const items = [{ text: "Capstan", href: "/" }, { text: section.text, href: section.href }, ...(last === undefined ? [] : [{ text: last, href: "" }])];
  return (
    <BreadcrumbGroup
      items={items}
      ariaLabel="Where this page lies"
      onFollow={(event) => {
        event.preventDefault();
        if (event.detail.href !== "") navigate(event.detail.href);
      }}
    />
  );
}
