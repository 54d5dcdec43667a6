import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";

/** A line of code and a button that copies it. @param label says what is copied, for who cannot see it */
export function CopyLine({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <div className="copy-line">
      <CopyToClipboard variant="icon" copyButtonAriaLabel={label} textToCopy={text} copySuccessText="Copied" copyErrorText="The browser refused to copy" />
      <code>{text}</code>
    </div>
  );
}
