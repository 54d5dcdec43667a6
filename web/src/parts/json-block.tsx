/** A document as indented text, which a screen reader and a keyboard can scroll. */
export function JsonBlock({ label, value }: { readonly label: string; readonly value: unknown }) {
  return <TextBlock label={label} text={JSON.stringify(value, null, 2)} />;
}

export function TextBlock({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section aria-label={label} className="text-block" tabIndex={0}>
      {text}
    </section>
  );
}
