import Link from "@cloudscape-design/components/link";
import type { ReactNode } from "react";
import { navigate } from "wouter/use-browser-location";

/** A link to another page of the console. */
export function GoTo({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return (
    <Link
      href={href}
      onFollow={(event) => {
        event.preventDefault();
        navigate(href);
      }}
    >
      {children}
    </Link>
  );
}
