// Messages of products in Russian, German, Japanese and Chinese, with a symbol now and then: no text is ASCII, some patterns have `u` or `i`.

import { literal } from '../author.mjs';
import { vocabularyWorkload } from './list.mjs';

const russian = {
  things:
    'заказ платёж договор счёт отчёт шаблон документ пользователь маршрут склад профиль тариф пароль каталог возврат купон адрес остаток'.split(
      ' ',
    ),
  states: 'заблокирован просрочен удалён недоступен отклонён изменён повреждён устарел'.split(' '),
  acts: 'сохранить загрузить удалить обновить отправить проверить создать открыть подписать рассчитать'.split(' '),
};
const german = {
  things:
    'Bestellung Überweisung Rechnung Größentabelle Lieferadresse Rückgabe Kündigung Prüfung Währung Gebühr Schlüssel Änderung Auftragsübersicht Zählerstand Vollmacht Gewähr'.split(
      ' ',
    ),
  states: 'gesperrt ungültig abgelaufen gelöscht überfällig unvollständig verfügbar zurückgestellt'.split(' '),
  acts: 'Öffnen Löschen Prüfen Übertragen Ändern Schließen Bestätigen Zurücksetzen Ausführen'.split(' '),
};
const japanese = {
  things: '注文 請求書 在庫 顧客 契約 支払い 配送先 商品 見積書 倉庫 返品 会員情報 クーポン パスワード カテゴリー レポート'.split(
    ' ',
  ),
  acts: '保存 削除 更新 送信 取得 登録 承認 変更 印刷 検索'.split(' '),
};
const chinese = {
  things: '订单 发票 库存 客户 合同 付款 收货地址 商品 报价单 仓库 退货 会员信息 优惠券 密码 分类 报表'.split(' '),
  acts: '保存 删除 更新 提交 获取 注册 审批 修改 打印 查询'.split(' '),
};
const symbols = ['❌', '⚠️', '🔥', '🚫', '💥', '⏱️'];
const code = (random) => `${random.upper(2)}${random.int(10, 99)}`;

/** @type {import('./list.mjs').Shapes} */
const ordinary = [
  [
    4,
    (random) => {
      const [act, thing, own] = [random.pick(russian.acts), random.pick(russian.things), code(random)];
      return {
        pattern: `Не удалось ${act} ${thing} №\\d+: .*код ${own}`,
        text: (random) => `Не удалось ${act} ${thing} №${random.int(1, 99_999)}: сервер ответил, код ${own}`,
      };
    },
  ],
  [
    3,
    (random) => {
      const [thing, other, state] = [random.pick(russian.things), random.pick(russian.things), random.pick(russian.states)];
      const flags = random.pick(['', '', 'i', 'u', 'iu']);
      const own = code(random);
      return {
        pattern: `${thing} (?:«[^»]*»|\\d+) ${state}, ${other} ${own} не найден`,
        flags,
        text: (random) => `${thing} «${random.hex(6)}» ${state}, ${other} ${own} не найден`,
      };
    },
  ],
  [
    3,
    (random) => {
      const [act, thing, state] = [random.pick(german.acts), random.pick(german.things), random.pick(german.states)];
      const own = code(random);
      return {
        pattern: `Fehler beim ${act} der ${thing} „[^“]+“ \\(${own}\\): ${state}`,
        text: (random) => `Fehler beim ${act} der ${thing} „${random.digits(5)}“ (${own}): ${state}`,
      };
    },
  ],
  [
    2,
    (random) => {
      const [thing, state, other] = [random.pick(german.things), random.pick(german.states), random.pick(german.things)];
      const own = code(random);
      return {
        pattern: `${thing} ist (?:bereits|noch) ${state} .* ${other} ${own}`,
        flags: random.pick(['', 'i']),
        text: (random) => `${thing} ist noch ${state} seit ${random.int(1, 28)}. März: ${other} ${own}`,
      };
    },
  ],
  [
    4,
    (random) => {
      const [thing, other, act] = [random.pick(japanese.things), random.pick(japanese.things), random.pick(japanese.acts)];
      const own = code(random);
      return {
        pattern: `${thing}「[^」]*」の${act}に失敗しました[：:]${other}(?:が|は)${own}`,
        text: (random) => `${thing}「${random.digits(4)}」の${act}に失敗しました：${other}が${own}です`,
      };
    },
  ],
  [
    4,
    (random) => {
      const [thing, other, act] = [random.pick(chinese.things), random.pick(chinese.things), random.pick(chinese.acts)];
      const own = code(random);
      return {
        pattern: `${act}${thing}失败[，,]错误码${own}.*${other}不存在`,
        text: (random) => `${act}${thing}失败，错误码${own}，${random.int(1, 999)} 号${other}不存在`,
      };
    },
  ],
  [
    2,
    (random) => {
      const [symbol, thing, act] = [random.pick(symbols), random.pick(chinese.things), random.pick(japanese.things)];
      const own = code(random);
      return {
        pattern: `${literal(symbol)} +${own} ${thing}/${act}`,
        flags: random.pick(['', 'u']),
        text: () => `${symbol} ${own} ${thing}/${act} × 3`,
      };
    },
  ],
];

/** @type {import('./list.mjs').Shape[]} */
const withoutLiteral = [
  (random) => ({
    pattern: `\\p{Lu}\\p{Ll}+ \\p{Lu}\\p{Ll}+ \\d{${random.int(5, 9)}}`,
    flags: 'u',
    text: (random) => `Иван Петров ${random.digits(9)}`,
  }),
  (random) => ({ pattern: `[\\u{1F300}-\\u{1F5FF}]{${random.int(2, 5)}}`, flags: 'u', text: () => '🔥🔥🔥🔥🔥' }),
  (random) => ({ pattern: `[\\u3041-\\u3096]{${random.int(9, 14)}}`, text: () => 'あいうえおかきくけこさしすせそ' }),
  (random) => ({ pattern: `[А-ЯЁ]{2,}-\\d{${random.int(4, 7)}}\\/[А-ЯЁ]`, text: () => 'ЗАК-1234567/Б' }),
  (random) => ({
    pattern: `^.{${random.int(1, 3)}}[:：]\\s*\\d{3},\\d{${random.int(3, 5)}}$`,
    flags: 'm',
    text: () => '計: 123,4567',
  }),
  (random) => ({ pattern: `[äöüß][a-z]{${random.int(9, 14)}}[äöüß]`, flags: 'i', text: () => 'Öabcdefghijklmö' }),
];

const lines = [
  (random) =>
    `    в ${random.pick(russian.acts)}_${random.pick(russian.things)} (служба/${random.pick(russian.things)}.ts:${random.int(10, 900)}:${random.int(1, 80)})`,
  (random) =>
    `    bei ${random.pick(german.things)}.${random.pick(german.acts)} (dienste/${random.pick(german.things)}.java:${random.int(10, 900)})`,
  (random) =>
    `    ${random.pick(japanese.things)}の${random.pick(japanese.acts)}処理 (サービス/${random.pick(japanese.things)}.kt:${random.int(10, 900)})`,
  (random) =>
    `    ${random.pick(chinese.acts)}${random.pick(chinese.things)}时 (服务/${random.pick(chinese.things)}.go:${random.int(10, 900)})`,
  (random) =>
    `    at ${random.pick(['render', 'submit', 'validate'])} (src/i18n/messages.${random.pick(['ru', 'de', 'ja', 'zh'])}.js:${random.int(10, 900)}:${random.int(1, 80)})`,
];

export const languages = vocabularyWorkload({
  name: 'languages',
  about: 'messages in Russian, German, Japanese and Chinese, 2 KB',
  rules: 2600,
  ordinary,
  withoutLiteral,
  shares: { withoutLiteral: 0.003, lookaround: 0.015, backReference: 0.001, ignoringCase: 0.1, scoped: 0.1 },
  wrap(piece, random) {
    const line = random.pick(lines);
    let text = random.chance(0.2) ? `${random.pick(symbols)} ${piece}` : piece;
    while (text.length < 1300) text += `\n${random.chance(0.8) ? line(random) : random.pick(lines)(random)}`;
    return text;
  },
});
