// @ts-check
// Drops on an element.

/**
 * @param {HTMLElement} element
 * @param {{ dragging(value: boolean): void, drop(transfer: DataTransfer): void }} tell
 */
export function listenForDrops(element, tell) {
  element.addEventListener('dragover', (event) => isOurs(event) && event.preventDefault());
  element.addEventListener('dragenter', (event) => isOurs(event) && tell.dragging(true));
  element.addEventListener('dragleave', (event) => {
    if (!(event.relatedTarget instanceof Node && element.contains(event.relatedTarget))) tell.dragging(false);
  });
  element.addEventListener('drop', (event) => {
    tell.dragging(false);
    if (!isOurs(event) || !event.dataTransfer) return;
    event.preventDefault();
    tell.drop(event.dataTransfer);
  });
}

/**
 * WebKitGTK gives the files of a drop to an input alone; there the event has to take its course.
 * @param {DragEvent} event
 */
function isOurs(event) {
  const onInput = event.composedPath()[0] instanceof HTMLInputElement;
  const webKitGtk = /Linux(?!.*Android).*AppleWebKit/.test(navigator.userAgent) && !/Chrom/.test(navigator.userAgent);
  return event.dataTransfer?.types.includes('Files') && !(onInput && webKitGtk);
}
