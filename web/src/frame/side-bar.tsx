import SideNavigation from "@cloudscape-design/components/side-navigation";
import { useLocation } from "wouter";
import { navigate } from "wouter/use-browser-location";
import { sections } from "./sections.ts";

/** The parts of the console; the one that is open is marked. */
export function SideBar() {
  const [location] = useLocation();
  const [, first = ""] = location.split("/");
  const active = sections.find(({ owns }) => owns.includes(first))?.href ?? "";
  return (
    <SideNavigation
      activeHref={active}
      items={sections.map(({ text, href }) => ({ type: "link" as const, text, href }))}
      onFollow={(event) => {
        event.preventDefault();
        navigate(event.detail.href);
      }}
    />
  );
}
