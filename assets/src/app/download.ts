/// Files that the page makes.

/// Offers a file to be saved.
export function download(name: string, content: Blob): void {
  const link = document.createElement("a")
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  // The browser reads it in a task of its own.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

/// Draws an SVG file of this size in CSS pixels as PNG.
export async function toPng(svg: string, width: number, height: number, ratio: number): Promise<Blob> {
  const image = new Image()
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(svg)
  await image.decode()
  const canvas = document.createElement("canvas")
  canvas.width = Math.max(1, Math.floor(width * ratio))
  canvas.height = Math.max(1, Math.floor(height * ratio))
  canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The browser could not draw the picture."))), "image/png")
  })
}
