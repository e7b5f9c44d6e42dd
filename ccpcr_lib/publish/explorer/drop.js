event.preventDefault();
const files = event.dataTransfer.files, click = HTMLInputElement.prototype.click;
HTMLInputElement.prototype.click = function () { this.files = files; this.dispatchEvent(new Event('change')); };
try { this.closest('.ccpcr-check').querySelector('button.widget-upload').click(); }
finally { HTMLInputElement.prototype.click = click; }
