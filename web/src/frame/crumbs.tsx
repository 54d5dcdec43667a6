import BreadcrumbGroup from "@cloudscape-design/components/breadcrumb-group";
import { navigate, usePathname } from "wouter/use-browser-location";
import { type Crumb, usePlace } from "./place.ts";
import { sections } from "./sections.ts";
import { useSegments } from "./segments.ts";

/** What lies between a section and a page two steps below it, by the address: `/endpoints/a/rollouts/b` lies below the page of `a`. */
function trailOf([section = "", parent = "", , last]: readonly string[]): readonly Crumb[] {
  return last === undefined ? [] : [{ text: parent, href: `/${[section, parent].map(encodeURIComponent).join("/")}` }];
}

/** Where the page lies: by its address, and by what it says of itself once it is drawn. */
export function Crumbs() {
  const path = usePathname();
  const segments = useSegments();
  const place = usePlace();
  const section = sections.find(({ owns }) => owns.includes(segments[0] ?? ""));
  if (!section || section.href === "/") return null;
  const isKnown = place?.path === path;
  const isBelow = segments.length > 1 || segments[0] !== section.href.slice(1);
  const trail = isKnown && place.trail.length > 0 ? place.trail : trailOf(segments);
  const last = { text: isKnown ? place.title : (segments.at(-1) ?? ""), href: "" };
  const items = [{ text: "Capstan", href: "/" }, { text: section.text, href: section.href }, ...(isBelow ? [...trail, last] : [])];
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
