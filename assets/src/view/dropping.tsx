/// Files may be dropped anywhere on the page.
import { useEffect, useState } from "preact/hooks"
import { useApp } from "./context"

export function Dropping() {
  const app = useApp()
  const [over, setOver] = useState(false)
  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false
    const dragover = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setOver(true)
    }
    const dragleave = (event: DragEvent) => {
      if (!event.relatedTarget) setOver(false)
    }
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setOver(false)
      const files = event.dataTransfer!.files
      if (files.length > 1) app.model.notify("info", `Only the first of ${files.length} files was opened.`)
      if (files[0]) void app.files.open(files[0])
    }
    document.addEventListener("dragover", dragover)
    document.addEventListener("dragleave", dragleave)
    document.addEventListener("drop", drop)
    return () => {
      document.removeEventListener("dragover", dragover)
      document.removeEventListener("dragleave", dragleave)
      document.removeEventListener("drop", drop)
    }
  }, [])
  return over ? <div class="dropping">Drop the file to make it the test text</div> : null
}
