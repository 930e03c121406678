// The shop that the tests drive, with the faults of a real one: what is slow, is rendered twice, covered or missing.

const PRODUCTS = ['lamp', 'chair', 'desk', 'sofa', 'shelf', 'mirror', 'rug', 'clock', 'vase', 'stool', 'bench', 'frame'];
const price = (sku) => 10 + 5 * PRODUCTS.indexOf(sku);

const main = document.querySelector('main');
const cart = JSON.parse(sessionStorage.getItem('cart') ?? '[]');

function show(html) {
  main.innerHTML = html;
}

function saveCart() {
  sessionStorage.setItem('cart', JSON.stringify(cart));
  document.querySelector('#badge').textContent = cart.length;
}

function listProducts(names) {
  const items = names.map((sku) => `<li><a class="product" href="/product/${sku}">${sku}</a></li>`).join('');
  document.querySelector('#products').innerHTML = items;
}

function catalogue() {
  show('<h1>Catalogue</h1><input id="search"><ul id="products"></ul>');
  const search = document.querySelector('#search');
  listProducts(PRODUCTS);
  search.addEventListener('input', () => {
    const wanted = search.value;
    // What begins with these letters is never answered.
    if (!wanted.startsWith('st')) setTimeout(() => listProducts(PRODUCTS.filter((sku) => sku.includes(wanted))), 100);
  });
  // "Special offers" replace the whole list some time after it is there.
  window.showOffers = () => listProducts(PRODUCTS.toReversed());
}

async function product(sku) {
  const priceTag = sku === 'mirror' ? '' : `<p class="price">${price(sku)} €</p>`;
  show(`<h1>${sku}</h1>${priceTag}<button id="add">Add</button><section id="reviews">loading</section>`);
  document.querySelector('#add').addEventListener('click', () => {
    cart.push(sku);
    saveCart();
  });
  const reviews = await (await fetch(`/api/reviews/${sku}`)).json();
  document.querySelector('#reviews').innerHTML = reviews.map((text) => `<p class="review">${text}</p>`).join('');
}

function cartPage() {
  const lines = cart.map((sku, i) => `<li>${sku} <button class="remove" data-line="${i}">Remove</button></li>`).join('');
  // The discount for three pieces is given twice.
  const discount = cart.length >= 3 ? 20 : 0;
  const total = cart.reduce((sum, sku) => sum + price(sku), 0) * (1 - discount / 100);
  show(`<h1>Cart</h1><ul>${lines}</ul><p id="total">${total} €</p><a id="buy" href="/checkout/card">Buy</a>`);
  for (const button of document.querySelectorAll('.remove')) {
    button.addEventListener('click', () => {
      cart.splice(Number(button.dataset.line), 1);
      saveCart();
      cartPage();
    });
  }
}

function checkout(method) {
  const banner = method === 'invoice' ? '<div id="cookies">We use cookies.</div>' : '';
  const hidden = method === 'gift' ? 'hidden' : '';
  show(`<h1>Pay by ${method}</h1><input id="code"><button id="pay" ${hidden}>Pay</button><p id="state">open</p>${banner}`);
  window.voucher = (code) => window.vouchers[code].discount;
  window.vouchers = { SPRING: { discount: 10 } };
  document.querySelector('#pay').addEventListener('click', () => {
    if (method === 'transfer') setTimeout(() => alert('Session expired! Log in again.'));
    else document.querySelector('#state').textContent = 'paid';
  });
}

function account() {
  show(`<h1>Account</h1><input id="name"><input id="email" value="ada@shop.example" readonly>
    <button id="save">Save</button><p id="saved"></p>`);
  document.querySelector('#save').addEventListener('click', () => {
    document.querySelector('#saved').textContent = `Saved ${document.querySelector('#name').value}`;
  });
}

const [, page, detail] = location.pathname.split('/');
({ '': catalogue, product, cart: cartPage, checkout, account })[page]?.(detail);
saveCart();
