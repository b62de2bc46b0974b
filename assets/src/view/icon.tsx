/// Small drawings in the colour of the text; decoration only.
const paths = {
  brand: "M3 19h18M6 13.5a1.5 1.5 0 1 0 0-.1M16 4v9M12 6.2l8 4.6M20 6.2l-8 4.6",
  invisibles: "M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12ZM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6",
  link: "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
  system: "M3 5h18v12H3ZM8 21h8M12 17v4",
  light: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2v2M12 20v2M4.9 4.9l1.4 1.4M17.7 17.7l1.4 1.4M2 12h2M20 12h2M4.9 19.1l1.4-1.4M17.7 6.3l1.4-1.4",
  dark: "M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5Z",
  file: "M6 2h8l5 5v15H6ZM14 2v5h5",
  previous: "M6 15l6-6 6 6",
  next: "M6 9l6 6 6-6",
  warning: "M12 4 21 20H3ZM12 10v5M12 17.5v.1",
  refresh: "M20 5v5h-5M4 19v-5h5M5.5 9.5a7 7 0 0 1 12-3.5l2.5 4M18.5 14.5a7 7 0 0 1-12 3.5l-2.5-4",
  examples: "M4 5h7v14H4ZM13 5h7v14h-7ZM6.5 9h2M15.5 9h2M6.5 12h2M15.5 12h2",
  commands: "M4 6l5 5-5 5M11 18h9",
  settings: "M4 7h10M18 7h2M16 5v4M4 17h4M12 17h8M10 15v4",
  close: "M6 6l12 12M18 6L6 18",
}

export function Icon({ name }: { name: keyof typeof paths }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" width="18" height="18" aria-hidden="true">
      <path d={paths[name]} fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  )
}
