//! Verdicts on their way to JavaScript: many in one call.
//!
//! The numbers of a bundle go through an array that Rust writes, the texts that were matched are
//! joined to one string, everything else is an argument. The script in `promises.js` reads all of
//! it in the order in which [`VerdictWriter`] writes it: by group, the verdicts of one completion.

use napi::Env;

use crate::calls::packed;
use crate::node::number_buffer::NumberBuffer;
use crate::node::value::{Thrown, Value};
use crate::queue::call_id::CallId;
use crate::queue::verdicts::{self, MAX_NUMBERS, MatchedTexts, Verdicts};
use crate::queue::verdicts::{NEW_RULE, REASON_MASK, REASONS, TEXT_SHIFT, WITH_UNDECIDED, code};
use matcher::{ActiveRule, Hit, Matcher, Reason, RuleIndex, Verdict};

/// Verdicts that one delivery takes before the event loop gets its turn, or a few more: those of
/// its last completion. Each verdict of a `classify` may run code of the caller's.
pub(crate) const DELIVERY_VERDICTS: usize = 64;
/// Items of a `classifyAll` that are copied at a time, and come back in one completion at most.
pub(crate) const WINDOW_ITEMS: usize = 1024;
/// The most verdicts of a bundle.
const MAX_VERDICTS: usize = DELIVERY_VERDICTS + WINDOW_ITEMS;
/// The numbers before those of a group's verdicts: the call, the index of the first verdict's item,
/// how many verdicts there are, and 1 if the version of the rules comes with them.
const GROUP_NUMBERS: usize = 4;

/// The most numbers that the scripts and Rust hand each other at a time.
const NUMBERS: usize = MAX_VERDICTS * (GROUP_NUMBERS + MAX_NUMBERS);
const _: () = assert!(packed::max_numbers(WINDOW_ITEMS) <= NUMBERS);

/// Verdicts that settle in one call, at most [`MAX_VERDICTS`].
pub(crate) struct Bundle<'s> {
    env: &'s Env,
    groups: u32,
    /// Numbers that are written.
    numbers: usize,
    texts: MatchedTexts,
    /// The number of groups, the joined texts, then everything else that is not a number.
    arguments: Vec<Value<'s>>,
}

/// Writes the verdicts of an environment.
pub(crate) struct VerdictWriter {
    numbers: NumberBuffer,
    sent: SentState,
}

/// What the script knows of the rules that gave the last verdict. Verdicts that come together are
/// mostly by the same rules.
#[derive(Default)]
struct SentState {
    /// The number of their load, 0 if none were ever loaded. `None`: the script does not know.
    load: Option<u64>,
    /// By the index of a rule 1 more than its number among those of which the script knows the
    /// issue, the id and the url; 0: it does not know them.
    numbers: Vec<u32>,
    /// How many rules it knows.
    known: u32,
}

impl SentState {
    /// The number by which the script knows a rule. `None`: it does not know it, and will know it
    /// by the next number.
    fn number_of(&mut self, rule: RuleIndex) -> Option<u32> {
        let index = rule.0 as usize;
        if index >= self.numbers.len() {
            self.numbers.resize(index + 1, 0);
        }
        let number = self.numbers[index].checked_sub(1);
        if number.is_none() {
            self.known += 1;
            self.numbers[index] = self.known;
        }
        number
    }
}

/// The verdicts of one completion.
struct Group<'v> {
    call: CallId,
    /// The index of the first verdict's item.
    first: u32,
    count: u32,
    /// See [`verdicts::numbers`].
    numbers: &'v [u32],
}

impl<'s> Bundle<'s> {
    /// An empty bundle.
    pub(crate) fn new(env: &'s Env) -> Self {
        let undefined = Value::undefined(env);
        let texts = MatchedTexts::default();
        Self { env, groups: 0, numbers: 0, texts, arguments: vec![undefined; 2] }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.groups == 0
    }

    /// The arguments of the script's function.
    pub(crate) fn into_arguments(mut self) -> Result<Vec<Value<'s>>, Thrown<'s>> {
        self.arguments[0] = Value::number(self.env, self.groups)?;
        self.arguments[1] = match &self.texts {
            MatchedTexts::Latin1(bytes) => Value::latin1_string(self.env, bytes)?,
            MatchedTexts::Wide(units) => Value::utf16_string(self.env, units)?,
        };
        Ok(self.arguments)
    }
}

impl VerdictWriter {
    pub(crate) fn new(env: &Env) -> Result<Self, Thrown<'_>> {
        Ok(Self { numbers: NumberBuffer::new(env, NUMBERS)?, sent: SentState::default() })
    }

    /// The array that the scripts share with Rust.
    pub(crate) fn numbers(&self) -> &NumberBuffer {
        &self.numbers
    }

    /// The parameters of the script, in its order.
    pub(crate) fn parameters<'s>(&self, env: &'s Env) -> Result<[Value<'s>; 7], Thrown<'s>> {
        let reasons = REASONS.map(|reason| Value::string(env, reason.as_str()));
        let number = |number| Value::number(env, number);
        Ok([
            self.numbers.array(env),
            Value::array(env, reasons)?,
            number(code(Reason::Matched))?,
            number(REASON_MASK)?,
            number(NEW_RULE)?,
            number(WITH_UNDECIDED)?,
            number(TEXT_SHIFT)?,
        ])
    }

    /// The environment is ending.
    pub(crate) fn release(self, env: &Env) {
        self.numbers.release(env);
    }

    /// Adds the verdict of a `classify` by `rules`.
    pub(crate) fn add_one<'s>(
        &mut self,
        bundle: &mut Bundle<'s>,
        call: CallId,
        verdict: &Verdict,
        rules: Option<&Matcher>,
    ) -> Result<(), Thrown<'s>> {
        let numbers = verdicts::numbers(verdict);
        let numbers = &numbers[..verdicts::count_numbers(numbers[0])];
        let group = Group { call, first: 0, count: 1, numbers };
        self.add_group(bundle, &group, [&verdict.undecided].into_iter(), rules)?;
        if let Some(hit) = &verdict.hit {
            bundle.texts.push(&hit.text);
        }
        Ok(())
    }

    /// Adds verdicts of a `classifyAll` by `rules`.
    pub(crate) fn add_all<'s>(
        &mut self,
        bundle: &mut Bundle<'s>,
        call: CallId,
        verdicts: &Verdicts,
        rules: Option<&Matcher>,
    ) -> Result<(), Thrown<'s>> {
        let Verdicts { first, ref numbers, ref texts, ref undecided, .. } = *verdicts;
        let group = Group { call, first, count: verdicts.len() as u32, numbers };
        self.add_group(bundle, &group, undecided.iter(), rules)?;
        bundle.texts.append(texts);
        Ok(())
    }

    fn add_group<'s, 'v>(
        &mut self,
        bundle: &mut Bundle<'s>,
        group: &Group<'_>,
        undecided: impl Iterator<Item = &'v Vec<RuleIndex>>,
        rules: Option<&Matcher>,
    ) -> Result<(), Thrown<'s>> {
        let arguments = bundle.arguments.len();
        self.write(bundle, group, undecided, rules).inspect_err(|_| {
            bundle.arguments.truncate(arguments);
            self.forget();
        })
    }

    fn write<'s, 'v>(
        &mut self,
        bundle: &mut Bundle<'s>,
        group: &Group<'_>,
        mut undecided: impl Iterator<Item = &'v Vec<RuleIndex>>,
        rules: Option<&Matcher>,
    ) -> Result<(), Thrown<'s>> {
        let Bundle { env, .. } = *bundle;
        let Group { call, first, count, mut numbers } = *group;
        let load = rules.map_or(0, |rules| rules.ticket().number());
        let is_new = self.sent.load != Some(load);
        if is_new {
            let version = rules.map_or("0", Matcher::version);
            bundle.arguments.push(Value::string(env, version)?);
            self.sent = SentState { load: Some(load), ..SentState::default() };
        }
        let mut at = bundle.numbers;
        self.numbers.write(at, &[call.number(), first, count, u32::from(is_new)]);
        at += GROUP_NUMBERS;
        // all at once, and then what the script knows otherwise
        self.numbers.write(at, numbers);
        while let Some(&what) = numbers.first() {
            let (verdict, rest) = numbers.split_at(verdicts::count_numbers(what));
            numbers = rest;
            if what & WITH_UNDECIDED != 0 {
                let indexes = undecided.next().into_iter().flatten();
                let indexes = indexes.map(|rule| Value::number(env, rule.0));
                bundle.arguments.push(Value::array(env, indexes)?);
            }
            if let Some(&rule) = verdict.get(1) {
                let rule = RuleIndex(rule);
                if let Some(number) = self.sent.number_of(rule) {
                    self.numbers.write(at + 1, &[number]);
                } else {
                    let known = rules.and_then(|rules| rules.rule(rule));
                    bundle.arguments.extend(fields_of(env, known)?);
                    self.numbers.write(at, &[what | NEW_RULE]);
                }
            }
            at += verdict.len();
        }
        bundle.numbers = at;
        bundle.groups += 1;
        Ok(())
    }

    /// Forgets what the script knows: a bundle has not reached it.
    pub(crate) fn forget(&mut self) {
        self.sent = SentState::default();
    }
}

/// The issue, the id and the url of a rule.
fn fields_of<'s>(env: &'s Env, rule: Option<&ActiveRule>) -> Result<[Value<'s>; 3], Thrown<'s>> {
    Ok([
        Value::utf16_string(env, &rule.map(|rule| rule.issue.units()).unwrap_or_default())?,
        string_or_null(env, rule.and_then(|rule| Some(rule.id.as_ref()?.units())).as_deref())?,
        string_or_null(env, rule.and_then(|rule| rule.url()))?,
    ])
}

fn string_or_null<'s>(env: &'s Env, text: Option<&[u16]>) -> Result<Value<'s>, Thrown<'s>> {
    text.map_or(Ok(Value::null(env)), |text| Value::utf16_string(env, text))
}

/// The arguments of the script's function that makes one verdict at once, by `rules`. It shares
/// nothing with the bundles, one of which may be half written.
pub(crate) fn verdict_arguments<'s>(
    env: &'s Env,
    verdict: &Verdict,
    rules: Option<&Matcher>,
) -> Result<Vec<Value<'s>>, Thrown<'s>> {
    let number = |number| Value::number(env, number);
    let undecided = verdict.undecided.iter().map(|rule| number(rule.0));
    let version = rules.map_or("0", Matcher::version);
    let mut arguments = vec![
        number(code(verdict.reason))?,
        Value::array(env, undecided)?,
        Value::string(env, version)?,
    ];
    if let Some(Hit { rule, start, end, text }) = &verdict.hit {
        let known = rules.and_then(|rules| rules.rule(*rule));
        arguments.push(number(rule.0)?);
        arguments.extend(fields_of(env, known)?);
        arguments.extend([number(*start)?, number(*end)?, Value::utf16_string(env, text)?]);
    }
    Ok(arguments)
}
