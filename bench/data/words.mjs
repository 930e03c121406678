// The vocabulary of the imagined company: a web shop with a customer portal, tested in browsers, on phones and over its APIs.

export const entities = [
  'Basket', 'Checkout', 'Invoice', 'Customer', 'Order', 'Voucher', 'Payment', 'Shipment', 'Return', 'Refund', 'Product', 'Category',
  'Wishlist', 'Address', 'Account', 'Login', 'Registration', 'Password', 'Newsletter', 'Consent', 'Search', 'Filter', 'Review', 'Rating',
  'Stock', 'Warehouse', 'Supplier', 'Price', 'Discount', 'Campaign', 'Loyalty', 'GiftCard', 'Subscription', 'Contract', 'Ticket', 'Claim',
  'Delivery', 'PickupPoint', 'TimeSlot', 'Locale', 'Currency', 'Tax', 'Report', 'Dashboard', 'Audit', 'Permission', 'Role', 'Tenant',
  'Notification', 'Mandate', 'Statement', 'Booking', 'Reservation', 'Upload', 'Attachment', 'Signature', 'Onboarding', 'Identity',
]

export const parts = [
  'Summary', 'Total', 'Header', 'Footer', 'List', 'Item', 'Row', 'Detail', 'Overview', 'History', 'Status', 'Amount', 'Date', 'Name',
  'Code', 'Count', 'Image', 'Title', 'Price', 'Hint', 'Note', 'Owner', 'Group', 'Step', 'Option', 'Method', 'Type', 'State', 'Limit',
  'Preview', 'Export', 'Import', 'Editor', 'Picker', 'Settings', 'Confirmation', 'Comment', 'Reference', 'Balance', 'Progress',
]

export const widgets = [
  'button', 'dialog', 'table', 'grid', 'dropdown', 'toast', 'banner', 'tab', 'card', 'menu', 'form', 'field', 'badge', 'tooltip',
  'panel', 'link', 'icon', 'checkbox', 'radio', 'slider', 'spinner', 'overlay', 'accordion', 'breadcrumb',
]

export const methods = [
  'open', 'load', 'submit', 'confirm', 'cancel', 'getRow', 'getTotal', 'selectOption', 'waitUntilVisible', 'clickSave', 'fillForm',
  'readStatus', 'scrollToEnd', 'closeDialog', 'expectHeading', 'removeItem', 'applyFilter', 'switchTab', 'uploadFile', 'refresh',
  'approve', 'decline', 'search', 'sortBy', 'nextPage', 'toggle',
]

export const verbs = ['create', 'update', 'delete', 'find', 'validate', 'calculate', 'publish', 'reserve', 'release', 'sync', 'render', 'resolve']

export const projects = ['SHOP', 'PAY', 'CRM', 'WMS', 'PIM', 'AUTH', 'B2B', 'MOB', 'SRCH', 'LOG', 'FIN', 'QA']

export const stages = ['dev', 'test', 'int', 'stage', 'preprod']

export const browsers = ['chrome', 'firefox', 'edge', 'safari', 'pixel-7', 'iphone-14']

export const layers = ['api', 'domain', 'service', 'persistence', 'client', 'messaging']

export const owners = ['team-basket', 'team-payment', 'team-search', 'team-identity', 'team-platform', 'team-mobile', 'team-backoffice']

/** Sentences of the shop's user interface; `{n}` is a number, `{c}` a code. */
export const sentences = [
  { locale: 'de-DE', text: 'Der Gutschein {c} wurde bereits eingelöst' },
  { locale: 'de-DE', text: 'Für diese Größe sind nur noch {n} Stück verfügbar' },
  { locale: 'de-DE', text: 'Bitte überprüfen Sie Ihre Straße und Hausnummer (Fehler {c})' },
  { locale: 'de-AT', text: 'Die Überweisung über {n} € konnte nicht ausgeführt werden' },
  { locale: 'fr-FR', text: 'Votre commande n’a pas pu être validée ({c})' },
  { locale: 'fr-FR', text: 'Veuillez sélectionner un créneau de livraison à partir de {n} h' },
  { locale: 'fr-CA', text: 'Désolé, une erreur est survenue : référence {c}' },
  { locale: 'es-ES', text: 'El código promocional {c} ya no es válido' },
  { locale: 'es-MX', text: '¿Está seguro de que desea eliminar {n} artículos?' },
  { locale: 'pl-PL', text: 'Płatność została odrzucona, spróbuj ponownie później (kod {c})' },
  { locale: 'pl-PL', text: 'Nie można zmienić zamówienia po {n} dniach' },
  { locale: 'cs-CZ', text: 'Příliš mnoho pokusů, zkuste to znovu za {n} minut' },
  { locale: 'tr-TR', text: 'Sipariş numarası {c} bulunamadı, lütfen şifrenizi kontrol edin' },
  { locale: 'ru-RU', text: 'Не удалось оформить заказ, код ошибки {c}' },
  { locale: 'ru-RU', text: 'На складе осталось {n} шт. — обновите корзину' },
  { locale: 'el-GR', text: 'Η πληρωμή απορρίφθηκε ({c})' },
  { locale: 'ja-JP', text: 'ご注文を完了できませんでした(エラー{c})' },
  { locale: 'zh-CN', text: '优惠券{c}已过期,请重新选择' },
  { locale: 'ko-KR', text: '결제가 거부되었습니다 (코드 {c})' },
  { locale: 'sv-SE', text: 'Försök igen om {n} minuter – åtgärden kunde inte slutföras' },
]

/** camelCase or PascalCase words as `kebab-case`, `snake_case`. */
export const kebab = name => name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase()
export const snake = name => kebab(name).replaceAll('-', '_')
export const camel = name => name[0].toLowerCase() + name.slice(1)
