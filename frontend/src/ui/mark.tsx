/**
 * The mark: a road from one dot to a yellow one. It is drawn, since a picture file could not follow the ink's colour.
 * Where whoever runs the site gave a logo, which the server then names as the page's icon, it is that.
 */
export function Mark() {
  const logo = document.querySelector<HTMLLinkElement>("[href^='/brand/logo']");
  return logo ? (
    <img src={logo.href} alt="" height="28" />
  ) : (
    <svg viewBox="0 0 34 18" width="34" height="18" aria-hidden="true">
      <path
        d="M4 13C10 1 18 17 29 6"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.5"
        strokeLinecap="round"
      />
      <circle cx="4" cy="13" r="3.2" fill="currentColor" />
      <circle cx="29" cy="6" r="4" fill="var(--point)" stroke="currentColor" strokeWidth="2" />
    </svg>
  );
}
