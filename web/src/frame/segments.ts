import { usePathname } from "wouter/use-browser-location";

function plain(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** The names in the page's path, unescaped one by one: a name may hold any character. */
export const useSegments = (): readonly string[] => usePathname().split("/").slice(1).map(plain);
