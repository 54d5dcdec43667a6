import { useEffect, useState } from "react";

/** An image that was fetched with the reader's credentials. */
export function ViewedImage({ blob, name }: { readonly blob: Blob; readonly name: string }) {
  const [url, setUrl] = useState("");
  useEffect(() => {
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return url === "" ? null : <img className="viewed-image" src={url} alt={name} />;
}
