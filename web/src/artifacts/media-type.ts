const types: Readonly<Record<string, string>> = {
  mp3: "audio/mpeg",
  wav: "audio/wav",
  oga: "audio/ogg",
  ogg: "audio/ogg",
  flac: "audio/flac",
  m4a: "audio/mp4",
  mp4: "video/mp4",
  webm: "video/webm",
  mov: "video/quicktime",
  ogv: "video/ogg",
};

/** The type that a file of sound or moving pictures has by its name; empty for others. */
export const mediaType = (path: string): string => types[path.slice(path.lastIndexOf(".") + 1).toLowerCase()] ?? "";
