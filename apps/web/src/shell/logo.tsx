export function Logo() {
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" fill="currentColor" aria-hidden="true">
      <ellipse cx="10" cy="15.2" rx="8" ry="2.6" />
      <ellipse cx="9.4" cy="9.7" rx="5.6" ry="2.2" />
      <ellipse cx="10.4" cy="5" rx="3.3" ry="1.8" />
    </svg>
  );
}
