import { type ReactNode, useEffect, useRef, useState } from "react";

/** Draws its content while it is in view or nearly; out of view it only keeps the place, so that a page of a thousand charts costs what is seen. */
export function InView({ height, label, children }: { readonly height: number; readonly label: string; readonly children: ReactNode }) {
  const host = useRef<HTMLElement>(null);
  const [isSeen, setSeen] = useState(false);
  const [taken, setTaken] = useState(height);
  useEffect(() => {
    const element = host.current;
    if (!element) return undefined;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (!entry) return;
        if (!entry.isIntersecting && entry.boundingClientRect.height > 0) setTaken(entry.boundingClientRect.height);
        setSeen(entry.isIntersecting);
      },
      { rootMargin: "300px" },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <section ref={host} aria-label={label} style={isSeen ? undefined : { minHeight: taken }}>
      {isSeen && children}
    </section>
  );
}
