/** The nonce by which the page's policy lets CodeMirror's style sheet in; null where there is no policy. */
export function styleNonce(): string | null {
  const nonce = document.documentElement.dataset["nonce"] ?? "";
  return nonce === "" || nonce.startsWith("{{") ? null : nonce;
}
