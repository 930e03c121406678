use super::*;
use crate::random::Random;
use regexp::text::transcoder::{MAX_BYTES, MAX_UNITS, Utf8Block, Utf16Block};

/// Characters of each length in UTF-8, their limits, and what is special.
const PIECES: [&[u16]; 12] = [
    &[0x61],
    &[0x61; 40],
    &[0x0A],
    &[0x7F, 0x80],
    &[0x444, 0x435, 0x440],
    &[0x7FF, 0x800],
    &[0x65E5, 0x672C],
    &[0x2028],
    &[0x2029, 0x202A, 0xFFFF],
    &[0xD83D, 0xDE00],
    &[0xD800, 0xDC00, 0xDBFF, 0xDFFF],
    &[0; 3],
];

const LONE: [&[u16]; 2] = [&[0xD83D], &[0xDE00]];

fn check(units: &[u16]) {
    let portable = Transcoder::default();
    for kernel in Kernel::all() {
        let transcoder = transcoder(kernel);
        let (mut bytes, mut expected) = (vec![1], vec![1]);
        let encoded = transcoder.push_utf8(units, &mut bytes);
        assert_eq!(encoded, portable.push_utf8(units, &mut expected), "{kernel:?} {units:x?}");
        assert_eq!(bytes, expected, "{kernel:?} {units:x?}");
        let mut back = vec![1];
        transcoder.push_utf16(&expected[1..], &mut back);
        assert_eq!(&back[1..], units, "{kernel:?}");
    }
}

#[test]
fn every_unit_is_converted_as_by_the_portable_code() {
    let all: Vec<u16> = (0..=u16::MAX).collect();
    check(&all);
    let pairs = (0x1_0000..0x11_0000_u32).filter_map(char::from_u32).step_by(0x61);
    check(&pairs.flat_map(|c| c.encode_utf16(&mut [0; 2]).to_vec()).collect::<Vec<_>>());
}

#[test]
fn every_text_is_converted_as_by_the_portable_code() {
    let mut random = Random::announced();
    let mut text = Vec::new();
    for _ in 0..20_000 {
        text.clear();
        let kinds = 1 + random.below(4);
        let mut kinds: Vec<&[u16]> = (0..kinds).map(|_| random.pick(&PIECES)).collect();
        if random.below(4) == 0 {
            kinds.push(random.pick(&LONE));
        }
        let most = random.pick(&[4, 40, 200]);
        let length = random.below(most);
        text.extend((0..length).flat_map(|_| random.pick(&kinds)));
        let from = random.below(text.len() + 1);
        check(&text[from..]);
    }
}

/// The blocks are as large as can be, and hold what gives the most.
#[test]
fn a_block_has_room_for_whatever_it_becomes() {
    for kernel in Kernel::all() {
        let transcoder = transcoder(kernel);
        for unit in [0, 0x61, 0x444, 0x65E5, 0xD83D, 0xDE00] {
            let mut block: Utf8Block = [0; _];
            let encoded = (transcoder.encode)(&[unit; MAX_UNITS], &mut block);
            assert!(encoded.length <= 3 * MAX_UNITS);
        }
        let mut random = Random::announced();
        for byte in 0..=u8::MAX {
            let mut text = [byte; MAX_BYTES + 9];
            for _ in 0..20 {
                let mut block: Utf16Block = [0; _];
                for from in 0..9 {
                    let text = &text[from..][..random.below(MAX_BYTES + 1)];
                    assert!((transcoder.decode)(text, &mut block) <= text.len());
                }
                text[random.below(text.len())] = random.below(0x100) as u8;
            }
        }
    }
}
