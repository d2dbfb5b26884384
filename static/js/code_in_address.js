// A letter's QR code carries the code behind the "#", which no server is sent. It is put in the
// field, and taken out of the address bar and the browser's memory of where it has been.

const field = document.getElementById("code");
const code = location.hash.slice(1);

if (field && /^[0-9A-Za-z -]{16,30}$/.test(code)) {
  history.replaceState(null, "", location.pathname + location.search);
  field.value = code.toUpperCase();
  field.form.querySelector("button[type=submit], button:not([type])")?.focus();
}
