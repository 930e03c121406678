//! How rare a literal is: judged by the list itself, and by a little that all error texts have in common.
//!
//! The texts are unknown when rules are loaded, but the rules were copied from such texts. So a stretch of bytes that
//! many rules share (`NoSuchElementError: `) is one that many texts have, and one that a single rule has is what tells
//! its failure from the others. What rules seldom mention although nearly every text has it, stack frames above all, is
//! in a background text that counts like some rules of its own.
//!
//! Stretches of twelve bytes, of eight and of four are counted, hashed into tables without regard to collisions: a count can be
//! too high. That costs a little of the filter's power; no answer depends on it. What a literal costs is the count of its rarest
//! stretch, of the longest that it has: names are made of words, and of `registration-owner-service` each eight bytes are in a
//! hundred rules of a long list, and twelve are in the two that are meant.

use memchr::memmem;

use crate::prefilter::extract::requirement::RequirementRef;
use crate::prefilter::fold::fold;
use crate::prefilter::hash::MULTIPLIER_64;
use crate::prefilter::lengths::{GRAMS, LONG, SHORT, STEP};

/// What nearly every error text has: the frames of Node's, browsers', Java's, Python's and .NET's stack traces.
const FRAMES: &str = "\
Error: \n    at async Object.<anonymous> (/home/user/project/node_modules/test/src/index.js:10:20)\n    at process.processTicksAndRejections \
(node:internal/process/task_queues:95:5)\n    at Context.<anonymous> (file:///builds/tests/specs/page.spec.ts:100:15)\n    at new Promise \
(<anonymous>)\n    at Function.execute (webpack:///./src/pages/component.mjs:1:1)\n    at runMicrotasks (<anonymous>)\n    at Runner.run \
(selenium-webdriver/lib/http.js:1:1)\n    at eval (eval at <anonymous>)\n@http://localhost:8080/static/js/main.chunk.js:1:1\n\
\tat java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1144)\n\tat java.lang.Thread.run(Thread.java:833)\n\
\tat org.springframework.framework.Service.invoke(Service.java:100)\n\tat com.example.Controller.Repository(Unknown Source)\n\
Caused by: java.lang.RuntimeException: Exception in thread \"main\" \n\t... 42 more\nSuppressed: java.io.IOException: \n\
Traceback (most recent call last):\n  File \"/usr/lib/python3/site-packages/tests.py\", line 100, in <module>\nraise Exception(\n\
   at System.Threading.Tasks.Task.Execute() in C:\\project\\src\\Program.cs:line 100\n--- End of stack trace\n";

/// What many error texts have, whatever they are about: test runners' words, browser drivers' and HTTP clients' messages, JSON,
/// times.
const MESSAGES: &str = "\
AssertionError: expected 'value' to equal 'undefined' but got null\n+ expected - actual\n  Expected: \"true\"\n  Received: \"false\"\n\
Timeout of 10000ms exceeded. For async tests and hooks, ensure \"done()\" is called\nTimeoutError: Waiting for element timed out after 30000 ms\n\
NoSuchElementError: no such element: Unable to locate element: {\"method\":\"css selector\",\"selector\":\"[data-testid=\"}\n\
StaleElementReferenceError: stale element reference: \n  (Session info: chrome=120.0.6099.109)\nWebDriverError: unknown error: \n\
TypeError: Cannot read properties of undefined (reading 'length')\nReferenceError: is not defined\nis not a function\n\
Request failed with status code 500\nGET https://www.service.example.com/api/v1/ 404 (Not Found)\nconnect ECONNREFUSED 127.0.0.1:443\n\
{\"status\":500,\"code\":\"error\",\"message\":\"failed\",\"id\":\"0\",\"timestamp\":\"2025-01-01T00:00:00.000Z\"}\n[INFO] [ERROR] WARN DEBUG \n\
0123456789 1000 2000 100000 ----------------------------------------                                        ========================";

/// Counts of the stretches of `N` bytes: four, eight or twelve.
struct Counts<const N: usize> {
    /// Below a count, above the last bits of the rule that was counted last: a rule counts once. In 16 bits the tables of a usual
    /// list stay in the second-level cache.
    slots: Vec<u16>,
    shift: u32,
}

/// Counts end here: what more rules than that share is common, and it does not matter how much.
const MAX_COUNT: u32 = u8::MAX as u32;

impl<const N: usize> Counts<N> {
    fn new(slot_bits: u32) -> Self {
        Self { slots: vec![0; 1 << slot_bits], shift: 64 - slot_bits }
    }

    /// Counts a stretch. `rule` tells the rules apart as long as they come one after the other.
    #[inline]
    fn add(&mut self, stretch: &[u8; N], rule: u8, weight: u32) {
        let slot = &mut self.slots[(hash(stretch) >> self.shift) as usize];
        let none = u16::from(rule) << 8;
        // it is not one to 255 with this rule on top
        if slot.wrapping_sub(none + 1) >= MAX_COUNT as u16 {
            let count = u32::from(*slot) & MAX_COUNT;
            *slot = none | (count + weight).min(MAX_COUNT) as u16;
        }
    }

    fn get(&self, stretch: &[u8; N]) -> u32 {
        u32::from(self.slots[(hash(stretch) >> self.shift) as usize] as u8)
    }

    /// The rarest stretch's count.
    fn least(&self, literal: &[u8]) -> Option<u32> {
        stretches(literal).map(|stretch| self.get(stretch)).min()
    }
}

/// Of up to sixteen bytes. What is computed of the first eight is shared by the hashes of longer stretches that begin there.
#[inline]
fn hash<const N: usize>(stretch: &[u8; N]) -> u64 {
    let word = |at: usize| {
        let mut word = [0; 8];
        let bytes = &stretch[at..N.min(at + 8)];
        word[..bytes.len()].copy_from_slice(bytes);
        u64::from_le_bytes(word)
    };
    let hash = word(0).wrapping_mul(MULTIPLIER_64);
    if N > 8 { (hash.rotate_left(32) ^ word(8)).wrapping_mul(MULTIPLIER_64) } else { hash }
}

fn stretches<const N: usize>(literal: &[u8]) -> impl Iterator<Item = &[u8; N]> {
    literal.windows(N).filter_map(<[u8]>::first_chunk)
}

/// Bytes of a literal that has a whole window wherever it begins. Each byte less costs as if one more rule shared it.
const WHOLE: usize = GRAMS * STEP + STEP - 1;

/// The cost of what is in nearly every text.
pub(crate) const HOPELESS: u32 = 1 << 30;

/// How many rules have which stretch of bytes.
pub(crate) struct NgramCounts {
    fours: Counts<4>,
    eights: Counts<8>,
    twelves: Counts<12>,
    background: Vec<u8>,
    /// As how many rules it counts.
    background_weight: u32,
    rules: u32,
}

impl NgramCounts {
    /// Of the literals that rules require, in list order. All stretches of a literal are counted while it is in the nearest cache.
    pub(crate) fn of<'r>(list: impl Iterator<Item = RequirementRef<'r>> + Clone) -> Self {
        let sizes = list.clone().map(|required| required.size());
        let (bytes, rules) = sizes.fold((0, 0), |(bytes, rules), size| (bytes + size, rules + 1));
        let mut rarity = Self::new(bytes, rules);
        for (rule, required) in (0_u32..).zip(list) {
            for literal in 0..required.literal_count() {
                rarity.add(required.literal(literal), rule as u8, 1);
            }
        }
        rarity
    }

    /// For literals of about `bytes` bytes altogether, of so many rules.
    fn new(bytes: usize, rules: u32) -> Self {
        // a slot for every second byte, most stretches being shared; up to 8 MB a table
        let slot_bits = bytes.max(2).ilog2().saturating_sub(1).clamp(10, 22);
        let background: Vec<u8> = FRAMES.bytes().chain(MESSAGES.bytes()).map(fold).collect();
        let (fours, eights, twelves) =
            (Counts::new(slot_bits), Counts::new(slot_bits), Counts::new(slot_bits));
        // as if every eighth rule had it, and more than a handful in a short list
        let weight = (rules / 8).clamp(8, MAX_COUNT / 2);
        let background_weight = weight;
        let mut rarity =
            Self { fours, eights, twelves, background: Vec::new(), background_weight, rules };
        rarity.add(&background, u8::MAX, weight);
        rarity.background = background;
        rarity
    }

    /// Counts the stretches of a text, see [`Counts::add`].
    fn add(&mut self, text: &[u8], rule: u8, weight: u32) {
        let Self { fours, eights, twelves, .. } = self;
        for at in 0..text.len() {
            let rest = &text[at..];
            let Some(four) = rest.first_chunk() else { break };
            fours.add(four, rule, weight);
            let Some(eight) = rest.first_chunk() else { continue };
            eights.add(eight, rule, weight);
            let Some(twelve) = rest.first_chunk() else { continue };
            twelves.add(twelve, rule, weight);
        }
    }

    /// What error texts have in common, folded.
    pub(crate) fn background(&self) -> &[u8] {
        &self.background
    }

    /// What it costs to look for a literal: how many rules' texts are expected to have it, in 1/64. At least
    /// [`HOPELESS`] where looking for it is worth nothing.
    ///
    /// A short literal is in more texts than the rules tell, for the less it says the more it occurs by chance and as a part of other
    /// words, and it is also more expensive to look for.
    pub(crate) fn cost(&self, literal: &[u8]) -> u32 {
        let length = literal.len();
        if length < SHORT || length < LONG && memmem::find(&self.background, literal).is_some() {
            return HOPELESS;
        }
        let shared = match self.shared(literal) {
            Some(count) => count,
            None if length >= LONG => 4 * self.fours.least(literal).unwrap_or(0),
            None => {
                64 * (LONG - length) as u32
                    + 4 * self.fours.least(literal).unwrap_or(self.rules / 4)
            }
        };
        let missing = WHOLE.saturating_sub(length) as u32;
        64 * (shared + missing) + (64 - length.min(64) as u32)
    }

    /// How many rules share a literal, about. `None` if it is too short to tell.
    pub(crate) fn shared(&self, literal: &[u8]) -> Option<u32> {
        self.twelves.least(literal).or_else(|| self.eights.least(literal))
    }

    /// Whether nearly every text has a literal, which so many rules share.
    pub(crate) fn is_usual(&self, literal: &[u8], shared: u32) -> bool {
        shared >= self.background_weight
            && memmem::find(&self.background[..FRAMES.len()], literal).is_some()
    }

    /// At each place of a literal, how many rules share the eight bytes that begin there; much where it has fewer.
    pub(crate) fn shared_eights(&self, literal: &[u8], shared: &mut Vec<u32>) {
        shared.clear();
        shared.extend(stretches(literal).map(|stretch| self.eights.get(stretch)));
        shared.resize(literal.len(), MAX_COUNT);
    }
}
