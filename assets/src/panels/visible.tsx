/// A text on one line, with labels for what cannot be seen.
import { visiblePieces } from "../editor"

export function Visible({ text }: { text: string }) {
  return (
    <>
      {visiblePieces(text).map((piece, i) =>
        typeof piece == "string" ? piece : (
          <span key={i} class="inv">
            {piece.label}
          </span>
        ),
      )}
    </>
  )
}
