/** Tells the style sheets on which system the window is, before anything is drawn. */
export function markSystem(): void {
  if (/linux/iu.test(navigator.userAgent)) document.documentElement.dataset.os = "linux";
}
