/** A page opened from disk may load no module, and no lab can tell: this script is none, and says so. */
if (window.location.protocol === 'file:') {
  for (const told of document.querySelectorAll('.from-disk')) told.removeAttribute('hidden');
}
