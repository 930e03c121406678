//! Unicode 17.0.0 as tables. Written by `scripts/unicode-tables.mjs`; do not edit.
//!
//! Lists of names have a line for each item, canonical name first; item n's set of code points
//! begins at the nth offset in `BLOB`.

use super::case_run::{CaseRun, case_run};

/// The Unicode version of all the data of this module.
pub const UNICODE_VERSION: &str = "17.0.0";

/// Sets and strings; `blob.rs` reads them.
pub(super) static BLOB: &[u8] = include_bytes!("tables.bin");

/// Binary properties.
pub(super) const BINARY_NAMES: &str = "\
ASCII_Hex_Digit AHex\n\
Alphabetic Alpha\n\
Bidi_Control Bidi_C\n\
Bidi_Mirrored Bidi_M\n\
Case_Ignorable CI\n\
Cased\n\
Changes_When_Casefolded CWCF\n\
Changes_When_Casemapped CWCM\n\
Changes_When_Lowercased CWL\n\
Changes_When_NFKC_Casefolded CWKCF\n\
Changes_When_Titlecased CWT\n\
Changes_When_Uppercased CWU\n\
Dash\n\
Default_Ignorable_Code_Point DI\n\
Deprecated Dep\n\
Diacritic Dia\n\
Emoji\n\
Emoji_Component EComp\n\
Emoji_Modifier EMod\n\
Emoji_Modifier_Base EBase\n\
Emoji_Presentation EPres\n\
Extended_Pictographic ExtPict\n\
Extender Ext\n\
Grapheme_Base Gr_Base\n\
Grapheme_Extend Gr_Ext\n\
Hex_Digit Hex\n\
IDS_Binary_Operator IDSB\n\
IDS_Trinary_Operator IDST\n\
ID_Continue IDC\n\
ID_Start IDS\n\
Ideographic Ideo\n\
Join_Control Join_C\n\
Logical_Order_Exception LOE\n\
Lowercase Lower\n\
Math\n\
Noncharacter_Code_Point NChar\n\
Pattern_Syntax Pat_Syn\n\
Pattern_White_Space Pat_WS\n\
Quotation_Mark QMark\n\
Radical\n\
Regional_Indicator RI\n\
Sentence_Terminal STerm\n\
Soft_Dotted SD\n\
Terminal_Punctuation Term\n\
Unified_Ideograph UIdeo\n\
Uppercase Upper\n\
Variation_Selector VS\n\
White_Space WSpace space\n\
XID_Continue XIDC\n\
XID_Start XIDS";

/// Offsets of the binary properties.
#[rustfmt::skip]
pub(super) static BINARY_SETS: [u16; 50] = [0, 7, 1599, 1610, 1854, 2843, 3193, 4480, 4769, 6030, 7782, 9073, 10367, 10428, 10480, 10505, 10999, 11322, 11353, 11358, 11447, 11623, 11957, 12076, 13969, 14795, 14810, 14819, 14823, 16499, 17938, 18007, 18011, 18030, 19412, 19717, 19789, 19857, 19869, 19903, 19912, 19917, 20143, 20225, 20512, 20562, 21909, 21924, 21948, 23638];

/// Values of `General_Category` that a code point may have.
pub(super) const CATEGORY_NAMES: &str = "\
Close_Punctuation Pe\n\
Connector_Punctuation Pc\n\
Control Cc cntrl\n\
Currency_Symbol Sc\n\
Dash_Punctuation Pd\n\
Decimal_Number Nd digit\n\
Enclosing_Mark Me\n\
Final_Punctuation Pf\n\
Format Cf\n\
Initial_Punctuation Pi\n\
Letter_Number Nl\n\
Line_Separator Zl\n\
Lowercase_Letter Ll\n\
Math_Symbol Sm\n\
Modifier_Letter Lm\n\
Modifier_Symbol Sk\n\
Nonspacing_Mark Mn\n\
Open_Punctuation Ps\n\
Other_Letter Lo\n\
Other_Number No\n\
Other_Punctuation Po\n\
Other_Symbol So\n\
Paragraph_Separator Zp\n\
Private_Use Co\n\
Space_Separator Zs\n\
Spacing_Mark Mc\n\
Surrogate Cs\n\
Titlecase_Letter Lt\n\
Unassigned Cn\n\
Uppercase_Letter Lu";

/// Offsets of the categories.
#[rustfmt::skip]
pub(super) static CATEGORY_SETS: [u16; 30] = [25091, 25256, 25273, 25278, 25339, 25391, 25580, 25596, 25620, 25679, 25705, 25744, 25748, 27102, 27258, 27458, 27534, 28321, 28492, 29641, 29826, 30275, 30730, 30734, 30750, 30768, 31186, 31192, 31215, 32781];

/// Values of `General_Category` that unite others.
pub(super) const GROUP_NAMES: &str = "\
Cased_Letter LC\n\
Letter L\n\
Mark M Combining_Mark\n\
Number N\n\
Other C\n\
Punctuation P punct\n\
Separator Z\n\
Symbol S";

/// The categories that a group unites, as a bit set of their numbers.
#[rustfmt::skip]
pub(super) static GROUP_PARTS: [u32; 8] = [0x2800_1000, 0x2804_5000, 0x0201_0040, 0x0008_0420, 0x1480_0104, 0x0012_0293, 0x0140_0800, 0x0020_A008];

/// Values of `Script` and `Script_Extensions`.
pub(super) const SCRIPT_NAMES: &str = "\
Adlam Adlm\n\
Ahom\n\
Anatolian_Hieroglyphs Hluw\n\
Arabic Arab\n\
Armenian Armn\n\
Avestan Avst\n\
Balinese Bali\n\
Bamum Bamu\n\
Bassa_Vah Bass\n\
Batak Batk\n\
Bengali Beng\n\
Beria_Erfe Berf\n\
Bhaiksuki Bhks\n\
Bopomofo Bopo\n\
Brahmi Brah\n\
Braille Brai\n\
Buginese Bugi\n\
Buhid Buhd\n\
Canadian_Aboriginal Cans\n\
Carian Cari\n\
Caucasian_Albanian Aghb\n\
Chakma Cakm\n\
Cham\n\
Cherokee Cher\n\
Chorasmian Chrs\n\
Common Zyyy\n\
Coptic Copt Qaac\n\
Cuneiform Xsux\n\
Cypriot Cprt\n\
Cypro_Minoan Cpmn\n\
Cyrillic Cyrl\n\
Deseret Dsrt\n\
Devanagari Deva\n\
Dives_Akuru Diak\n\
Dogra Dogr\n\
Duployan Dupl\n\
Egyptian_Hieroglyphs Egyp\n\
Elbasan Elba\n\
Elymaic Elym\n\
Ethiopic Ethi\n\
Garay Gara\n\
Georgian Geor\n\
Glagolitic Glag\n\
Gothic Goth\n\
Grantha Gran\n\
Greek Grek\n\
Gujarati Gujr\n\
Gunjala_Gondi Gong\n\
Gurmukhi Guru\n\
Gurung_Khema Gukh\n\
Han Hani\n\
Hangul Hang\n\
Hanifi_Rohingya Rohg\n\
Hanunoo Hano\n\
Hatran Hatr\n\
Hebrew Hebr\n\
Hiragana Hira\n\
Imperial_Aramaic Armi\n\
Inherited Zinh Qaai\n\
Inscriptional_Pahlavi Phli\n\
Inscriptional_Parthian Prti\n\
Javanese Java\n\
Kaithi Kthi\n\
Kannada Knda\n\
Katakana Kana\n\
Kawi\n\
Kayah_Li Kali\n\
Kharoshthi Khar\n\
Khitan_Small_Script Kits\n\
Khmer Khmr\n\
Khojki Khoj\n\
Khudawadi Sind\n\
Kirat_Rai Krai\n\
Lao Laoo\n\
Latin Latn\n\
Lepcha Lepc\n\
Limbu Limb\n\
Linear_A Lina\n\
Linear_B Linb\n\
Lisu\n\
Lycian Lyci\n\
Lydian Lydi\n\
Mahajani Mahj\n\
Makasar Maka\n\
Malayalam Mlym\n\
Mandaic Mand\n\
Manichaean Mani\n\
Marchen Marc\n\
Masaram_Gondi Gonm\n\
Medefaidrin Medf\n\
Meetei_Mayek Mtei\n\
Mende_Kikakui Mend\n\
Meroitic_Cursive Merc\n\
Meroitic_Hieroglyphs Mero\n\
Miao Plrd\n\
Modi\n\
Mongolian Mong\n\
Mro Mroo\n\
Multani Mult\n\
Myanmar Mymr\n\
Nabataean Nbat\n\
Nag_Mundari Nagm\n\
Nandinagari Nand\n\
New_Tai_Lue Talu\n\
Newa\n\
Nko Nkoo\n\
Nushu Nshu\n\
Nyiakeng_Puachue_Hmong Hmnp\n\
Ogham Ogam\n\
Ol_Chiki Olck\n\
Ol_Onal Onao\n\
Old_Hungarian Hung\n\
Old_Italic Ital\n\
Old_North_Arabian Narb\n\
Old_Permic Perm\n\
Old_Persian Xpeo\n\
Old_Sogdian Sogo\n\
Old_South_Arabian Sarb\n\
Old_Turkic Orkh\n\
Old_Uyghur Ougr\n\
Oriya Orya\n\
Osage Osge\n\
Osmanya Osma\n\
Pahawh_Hmong Hmng\n\
Palmyrene Palm\n\
Pau_Cin_Hau Pauc\n\
Phags_Pa Phag\n\
Phoenician Phnx\n\
Psalter_Pahlavi Phlp\n\
Rejang Rjng\n\
Runic Runr\n\
Samaritan Samr\n\
Saurashtra Saur\n\
Sharada Shrd\n\
Shavian Shaw\n\
Siddham Sidd\n\
Sidetic Sidt\n\
SignWriting Sgnw\n\
Sinhala Sinh\n\
Sogdian Sogd\n\
Sora_Sompeng Sora\n\
Soyombo Soyo\n\
Sundanese Sund\n\
Sunuwar Sunu\n\
Syloti_Nagri Sylo\n\
Syriac Syrc\n\
Tagalog Tglg\n\
Tagbanwa Tagb\n\
Tai_Le Tale\n\
Tai_Tham Lana\n\
Tai_Viet Tavt\n\
Tai_Yo Tayo\n\
Takri Takr\n\
Tamil Taml\n\
Tangsa Tnsa\n\
Tangut Tang\n\
Telugu Telu\n\
Thaana Thaa\n\
Thai\n\
Tibetan Tibt\n\
Tifinagh Tfng\n\
Tirhuta Tirh\n\
Todhri Todr\n\
Tolong_Siki Tols\n\
Toto\n\
Tulu_Tigalari Tutg\n\
Ugaritic Ugar\n\
Unknown Zzzz\n\
Vai Vaii\n\
Vithkuqi Vith\n\
Wancho Wcho\n\
Warang_Citi Wara\n\
Yezidi Yezi\n\
Yi Yiii\n\
Zanabazar_Square Zanb";

/// Offsets of the scripts.
#[rustfmt::skip]
pub(super) static SCRIPT_SETS: [u16; 175] = [34116, 34125, 34134, 34140, 34263, 34275, 34282, 34288, 34298, 34305, 34311, 34341, 34348, 34359, 34368, 34377, 34382, 34388, 34392, 34404, 34409, 34416, 34423, 34434, 34444, 34449, 34857, 34866, 34879, 34894, 34899, 34932, 34937, 34953, 34972, 34977, 34990, 34999, 35004, 35009, 35088, 35097, 35121, 35137, 35142, 35175, 35258, 35288, 35303, 35337, 35342, 35409, 35447, 35454, 35458, 35467, 35489, 35508, 35515, 35597, 35604, 35611, 35620, 35627, 35655, 35692, 35701, 35708, 35727, 35738, 35749, 35756, 35763, 35768, 35792, 35880, 35888, 35900, 35910, 35927, 35936, 35941, 35948, 35953, 35958, 35974, 35980, 35987, 35996, 36013, 36018, 36028, 36036, 36045, 36050, 36059, 36066, 36082, 36091, 36104, 36119, 36126, 36131, 36140, 36150, 36157, 36163, 36173, 36184, 36188, 36192, 36199, 36208, 36215, 36220, 36225, 36232, 36237, 36242, 36247, 36252, 36282, 36289, 36296, 36309, 36314, 36319, 36324, 36331, 36340, 36347, 36353, 36359, 36366, 36374, 36379, 36386, 36391, 36401, 36431, 36436, 36443, 36448, 36455, 36462, 36467, 36478, 36484, 36492, 36498, 36510, 36517, 36526, 36533, 36573, 36580, 36593, 36621, 36625, 36631, 36647, 36655, 36662, 36667, 36674, 36679, 36704, 36711, 38270, 38276, 38295, 38302, 38309, 38318, 38326];

/// Offsets of the scripts with their extensions.
#[rustfmt::skip]
pub(super) static SCRIPT_EXTENSION_SETS: [u16; 175] = [38331, 34125, 34134, 38351, 38469, 38484, 34282, 34288, 34298, 34305, 38497, 34341, 34348, 38557, 34368, 34377, 38594, 38604, 34392, 38610, 38626, 38640, 34423, 38653, 34444, 38674, 39041, 34866, 39068, 39090, 39098, 34932, 39147, 34953, 39175, 39187, 34990, 39213, 35004, 39224, 39306, 39322, 39356, 39401, 39416, 39474, 39574, 39613, 39634, 39677, 39685, 39799, 39852, 39871, 35458, 39875, 39900, 35508, 39944, 35597, 35604, 40016, 40025, 40042, 40090, 35692, 40145, 35708, 35727, 35738, 40150, 40164, 35763, 35768, 40178, 35880, 40320, 40335, 40348, 40371, 40388, 40396, 40409, 35953, 40424, 40454, 40463, 35987, 40473, 36013, 36018, 36028, 36036, 40493, 36050, 40501, 40512, 36082, 40532, 40548, 36119, 36126, 40566, 36140, 40594, 40617, 36163, 36173, 36184, 36188, 40634, 40644, 36208, 36215, 40663, 36225, 36232, 36237, 40681, 40692, 40703, 40743, 36289, 36296, 36309, 36314, 40759, 36324, 40775, 36340, 40787, 40791, 36359, 40800, 40830, 36379, 36386, 36391, 40838, 40874, 36436, 36443, 36448, 40882, 40902, 40913, 40955, 40963, 40973, 36498, 36510, 36517, 40989, 41003, 36573, 41062, 41081, 41123, 41142, 41157, 41176, 41193, 41216, 36667, 41234, 41242, 36704, 36711, 38270, 38276, 38295, 38302, 41282, 41300, 38326];

/// Properties of strings. `RGI_Emoji` is the union of all.
pub(super) const SEQUENCE_NAMES: &str = "\
Basic_Emoji\n\
Emoji_Keycap_Sequence\n\
RGI_Emoji_Flag_Sequence\n\
RGI_Emoji_Modifier_Sequence\n\
RGI_Emoji_Tag_Sequence\n\
RGI_Emoji_ZWJ_Sequence";

/// Offsets of the properties of strings.
#[rustfmt::skip]
pub(super) static SEQUENCE_SETS: [u16; 6] = [41746, 41754, 41821, 42378, 43920, 43960];

/// The code points of which strings are made, but for the first of those that end in U+FE0F.
#[rustfmt::skip]
pub(super) static SEQUENCE_LETTERS: [u32; 255] = [0x200D, 0xFE0F, 0x0001_F3FB, 0x0001_F3FC, 0x0001_F3FD, 0x0001_F3FE, 0x0001_F3FF, 0x0001_F468, 0x0001_F469, 0x0001_F9D1, 0x2640, 0x2642, 0x2764, 0x27A1, 0x0001_F48B, 0x0001_F91D, 0x0001_F430, 0x0001_FAEF, 0x0001_F1F2, 0x0001_F9AF, 0x0001_F9BC, 0x0001_F9BD, 0x0001_F3C3, 0x0001_F6B6, 0x0001_F9CE, 0x0001_F1EC, 0x0001_F1F8, 0x0001_F1E6, 0x0001_F1E8, 0x0001_F1F9, 0x0001_F1E7, 0x0001_F466, 0x0001_F467, 0x0001_FAF1, 0x0001_FAF2, 0x0001_F1EA, 0x0001_F1F3, 0x0001_F1EE, 0x0001_F1F0, 0x0001_F1F1, 0x0001_F1F5, 0x0001_F1F7, 0x2695, 0x2696, 0x2708, 0x0001_F33E, 0x0001_F373, 0x0001_F37C, 0x0001_F393, 0x0001_F3A4, 0x0001_F3A8, 0x0001_F3EB, 0x0001_F3ED, 0x0001_F4BB, 0x0001_F4BC, 0x0001_F527, 0x0001_F52C, 0x0001_F680, 0x0001_F692, 0x0001_F9B0, 0x0001_F9B1, 0x0001_F9B2, 0x0001_F9B3, 0x26F9, 0x0001_F1FA, 0x0001_F3C4, 0x0001_F3CA, 0x0001_F3CB, 0x0001_F3CC, 0x0001_F46E, 0x0001_F46F, 0x0001_F470, 0x0001_F471, 0x0001_F473, 0x0001_F477, 0x0001_F481, 0x0001_F482, 0x0001_F486, 0x0001_F487, 0x0001_F575, 0x0001_F645, 0x0001_F646, 0x0001_F647, 0x0001_F64B, 0x0001_F64D, 0x0001_F64E, 0x0001_F6A3, 0x0001_F6B4, 0x0001_F6B5, 0x0001_F926, 0x0001_F935, 0x0001_F937, 0x0001_F938, 0x0001_F939, 0x0001_F93C, 0x0001_F93D, 0x0001_F93E, 0x0001_F9B8, 0x0001_F9B9, 0x0001_F9CD, 0x0001_F9CF, 0x0001_F9D4, 0x0001_F9D6, 0x0001_F9D7, 0x0001_F9D8, 0x0001_F9D9, 0x0001_F9DA, 0x0001_F9DB, 0x0001_F9DC, 0x0001_F9DD, 0x0001_F1E9, 0x0001_F1EB, 0x0001_F1ED, 0x0001_F1F4, 0x0001_F1FB, 0x0001_F1FF, 0x20E3, 0x0001_F1FC, 0x0001_F1FE, 0x0001_F9D2, 0x0001_F1EF, 0x0001_F1F6, 0x0001_F384, 0x0001_FA70, 0x261D, 0x270A, 0x270B, 0x270C, 0x270D, 0x0001_F1FD, 0x0001_F385, 0x0001_F3C2, 0x0001_F3C7, 0x0001_F442, 0x0001_F443, 0x0001_F446, 0x0001_F447, 0x0001_F448, 0x0001_F449, 0x0001_F44A, 0x0001_F44B, 0x0001_F44C, 0x0001_F44D, 0x0001_F44E, 0x0001_F44F, 0x0001_F450, 0x0001_F46B, 0x0001_F46C, 0x0001_F46D, 0x0001_F472, 0x0001_F474, 0x0001_F475, 0x0001_F476, 0x0001_F478, 0x0001_F47C, 0x0001_F483, 0x0001_F485, 0x0001_F48F, 0x0001_F491, 0x0001_F4AA, 0x0001_F574, 0x0001_F57A, 0x0001_F590, 0x0001_F595, 0x0001_F596, 0x0001_F64C, 0x0001_F64F, 0x0001_F6C0, 0x0001_F6CC, 0x0001_F90C, 0x0001_F90F, 0x0001_F918, 0x0001_F919, 0x0001_F91A, 0x0001_F91B, 0x0001_F91C, 0x0001_F91E, 0x0001_F91F, 0x0001_F930, 0x0001_F931, 0x0001_F932, 0x0001_F933, 0x0001_F934, 0x0001_F936, 0x0001_F977, 0x0001_F9B5, 0x0001_F9B6, 0x0001_F9BB, 0x0001_F9D3, 0x0001_F9D5, 0x0001_FAC3, 0x0001_FAC4, 0x0001_FAC5, 0x0001_FAF0, 0x0001_FAF3, 0x0001_FAF4, 0x0001_FAF5, 0x0001_FAF6, 0x0001_FAF7, 0x0001_FAF8, 0x0001_F3F4, 0x000E_0067, 0x000E_0062, 0x000E_007F, 0x2B1B, 0x0001_F3F3, 0x0001_F426, 0x0001_F525, 0x0001_F642, 0x0001_F9DE, 0x0001_F9DF, 0x000E_0073, 0x23, 0x2A, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x2194, 0x2195, 0x2620, 0x26A7, 0x26D3, 0x2744, 0x0001_F308, 0x0001_F32B, 0x0001_F344, 0x0001_F34B, 0x0001_F408, 0x0001_F415, 0x0001_F43B, 0x0001_F441, 0x0001_F4A5, 0x0001_F4A8, 0x0001_F4AB, 0x0001_F5E8, 0x0001_F62E, 0x0001_F635, 0x0001_F636, 0x0001_F7E9, 0x0001_F7EB, 0x0001_F9BA, 0x0001_FA79, 0x000E_0063, 0x000E_0065, 0x000E_006C, 0x000E_006E, 0x000E_0074, 0x000E_0077];

/// Simple case folding.
#[rustfmt::skip]
pub(super) static FOLDING: [CaseRun; 209] = [
    case_run(0x41, 0x5A, 1, 32),
    case_run(0xB5, 0xB5, 1, 775),
    case_run(0xC0, 0xD6, 1, 32),
    case_run(0xD8, 0xDE, 1, 32),
    case_run(0x100, 0x12E, 2, 1),
    case_run(0x132, 0x136, 2, 1),
    case_run(0x139, 0x147, 2, 1),
    case_run(0x14A, 0x176, 2, 1),
    case_run(0x178, 0x178, 1, -121),
    case_run(0x179, 0x17D, 2, 1),
    case_run(0x17F, 0x17F, 1, -268),
    case_run(0x181, 0x181, 1, 210),
    case_run(0x182, 0x184, 2, 1),
    case_run(0x186, 0x186, 1, 206),
    case_run(0x187, 0x187, 1, 1),
    case_run(0x189, 0x18A, 1, 205),
    case_run(0x18B, 0x18B, 1, 1),
    case_run(0x18E, 0x18E, 1, 79),
    case_run(0x18F, 0x18F, 1, 202),
    case_run(0x190, 0x190, 1, 203),
    case_run(0x191, 0x191, 1, 1),
    case_run(0x193, 0x193, 1, 205),
    case_run(0x194, 0x194, 1, 207),
    case_run(0x196, 0x196, 1, 211),
    case_run(0x197, 0x197, 1, 209),
    case_run(0x198, 0x198, 1, 1),
    case_run(0x19C, 0x19C, 1, 211),
    case_run(0x19D, 0x19D, 1, 213),
    case_run(0x19F, 0x19F, 1, 214),
    case_run(0x1A0, 0x1A4, 2, 1),
    case_run(0x1A6, 0x1A6, 1, 218),
    case_run(0x1A7, 0x1A7, 1, 1),
    case_run(0x1A9, 0x1A9, 1, 218),
    case_run(0x1AC, 0x1AC, 1, 1),
    case_run(0x1AE, 0x1AE, 1, 218),
    case_run(0x1AF, 0x1AF, 1, 1),
    case_run(0x1B1, 0x1B2, 1, 217),
    case_run(0x1B3, 0x1B5, 2, 1),
    case_run(0x1B7, 0x1B7, 1, 219),
    case_run(0x1B8, 0x1B8, 1, 1),
    case_run(0x1BC, 0x1BC, 1, 1),
    case_run(0x1C4, 0x1C4, 1, 2),
    case_run(0x1C5, 0x1C5, 1, 1),
    case_run(0x1C7, 0x1C7, 1, 2),
    case_run(0x1C8, 0x1C8, 1, 1),
    case_run(0x1CA, 0x1CA, 1, 2),
    case_run(0x1CB, 0x1DB, 2, 1),
    case_run(0x1DE, 0x1EE, 2, 1),
    case_run(0x1F1, 0x1F1, 1, 2),
    case_run(0x1F2, 0x1F4, 2, 1),
    case_run(0x1F6, 0x1F6, 1, -97),
    case_run(0x1F7, 0x1F7, 1, -56),
    case_run(0x1F8, 0x21E, 2, 1),
    case_run(0x220, 0x220, 1, -130),
    case_run(0x222, 0x232, 2, 1),
    case_run(0x23A, 0x23A, 1, 10795),
    case_run(0x23B, 0x23B, 1, 1),
    case_run(0x23D, 0x23D, 1, -163),
    case_run(0x23E, 0x23E, 1, 10792),
    case_run(0x241, 0x241, 1, 1),
    case_run(0x243, 0x243, 1, -195),
    case_run(0x244, 0x244, 1, 69),
    case_run(0x245, 0x245, 1, 71),
    case_run(0x246, 0x24E, 2, 1),
    case_run(0x345, 0x345, 1, 116),
    case_run(0x370, 0x372, 2, 1),
    case_run(0x376, 0x376, 1, 1),
    case_run(0x37F, 0x37F, 1, 116),
    case_run(0x386, 0x386, 1, 38),
    case_run(0x388, 0x38A, 1, 37),
    case_run(0x38C, 0x38C, 1, 64),
    case_run(0x38E, 0x38F, 1, 63),
    case_run(0x391, 0x3A1, 1, 32),
    case_run(0x3A3, 0x3AB, 1, 32),
    case_run(0x3C2, 0x3C2, 1, 1),
    case_run(0x3CF, 0x3CF, 1, 8),
    case_run(0x3D0, 0x3D0, 1, -30),
    case_run(0x3D1, 0x3D1, 1, -25),
    case_run(0x3D5, 0x3D5, 1, -15),
    case_run(0x3D6, 0x3D6, 1, -22),
    case_run(0x3D8, 0x3EE, 2, 1),
    case_run(0x3F0, 0x3F0, 1, -54),
    case_run(0x3F1, 0x3F1, 1, -48),
    case_run(0x3F4, 0x3F4, 1, -60),
    case_run(0x3F5, 0x3F5, 1, -64),
    case_run(0x3F7, 0x3F7, 1, 1),
    case_run(0x3F9, 0x3F9, 1, -7),
    case_run(0x3FA, 0x3FA, 1, 1),
    case_run(0x3FD, 0x3FF, 1, -130),
    case_run(0x400, 0x40F, 1, 80),
    case_run(0x410, 0x42F, 1, 32),
    case_run(0x460, 0x480, 2, 1),
    case_run(0x48A, 0x4BE, 2, 1),
    case_run(0x4C0, 0x4C0, 1, 15),
    case_run(0x4C1, 0x4CD, 2, 1),
    case_run(0x4D0, 0x52E, 2, 1),
    case_run(0x531, 0x556, 1, 48),
    case_run(0x10A0, 0x10C5, 1, 7264),
    case_run(0x10C7, 0x10C7, 1, 7264),
    case_run(0x10CD, 0x10CD, 1, 7264),
    case_run(0x13F8, 0x13FD, 1, -8),
    case_run(0x1C80, 0x1C80, 1, -6222),
    case_run(0x1C81, 0x1C81, 1, -6221),
    case_run(0x1C82, 0x1C82, 1, -6212),
    case_run(0x1C83, 0x1C84, 1, -6210),
    case_run(0x1C85, 0x1C85, 1, -6211),
    case_run(0x1C86, 0x1C86, 1, -6204),
    case_run(0x1C87, 0x1C87, 1, -6180),
    case_run(0x1C88, 0x1C88, 1, 35267),
    case_run(0x1C89, 0x1C89, 1, 1),
    case_run(0x1C90, 0x1CBA, 1, -3008),
    case_run(0x1CBD, 0x1CBF, 1, -3008),
    case_run(0x1E00, 0x1E94, 2, 1),
    case_run(0x1E9B, 0x1E9B, 1, -58),
    case_run(0x1E9E, 0x1E9E, 1, -7615),
    case_run(0x1EA0, 0x1EFE, 2, 1),
    case_run(0x1F08, 0x1F0F, 1, -8),
    case_run(0x1F18, 0x1F1D, 1, -8),
    case_run(0x1F28, 0x1F2F, 1, -8),
    case_run(0x1F38, 0x1F3F, 1, -8),
    case_run(0x1F48, 0x1F4D, 1, -8),
    case_run(0x1F59, 0x1F5F, 2, -8),
    case_run(0x1F68, 0x1F6F, 1, -8),
    case_run(0x1F88, 0x1F8F, 1, -8),
    case_run(0x1F98, 0x1F9F, 1, -8),
    case_run(0x1FA8, 0x1FAF, 1, -8),
    case_run(0x1FB8, 0x1FB9, 1, -8),
    case_run(0x1FBA, 0x1FBB, 1, -74),
    case_run(0x1FBC, 0x1FBC, 1, -9),
    case_run(0x1FBE, 0x1FBE, 1, -7173),
    case_run(0x1FC8, 0x1FCB, 1, -86),
    case_run(0x1FCC, 0x1FCC, 1, -9),
    case_run(0x1FD3, 0x1FD3, 1, -7235),
    case_run(0x1FD8, 0x1FD9, 1, -8),
    case_run(0x1FDA, 0x1FDB, 1, -100),
    case_run(0x1FE3, 0x1FE3, 1, -7219),
    case_run(0x1FE8, 0x1FE9, 1, -8),
    case_run(0x1FEA, 0x1FEB, 1, -112),
    case_run(0x1FEC, 0x1FEC, 1, -7),
    case_run(0x1FF8, 0x1FF9, 1, -128),
    case_run(0x1FFA, 0x1FFB, 1, -126),
    case_run(0x1FFC, 0x1FFC, 1, -9),
    case_run(0x2126, 0x2126, 1, -7517),
    case_run(0x212A, 0x212A, 1, -8383),
    case_run(0x212B, 0x212B, 1, -8262),
    case_run(0x2132, 0x2132, 1, 28),
    case_run(0x2160, 0x216F, 1, 16),
    case_run(0x2183, 0x2183, 1, 1),
    case_run(0x24B6, 0x24CF, 1, 26),
    case_run(0x2C00, 0x2C2F, 1, 48),
    case_run(0x2C60, 0x2C60, 1, 1),
    case_run(0x2C62, 0x2C62, 1, -10743),
    case_run(0x2C63, 0x2C63, 1, -3814),
    case_run(0x2C64, 0x2C64, 1, -10727),
    case_run(0x2C67, 0x2C6B, 2, 1),
    case_run(0x2C6D, 0x2C6D, 1, -10780),
    case_run(0x2C6E, 0x2C6E, 1, -10749),
    case_run(0x2C6F, 0x2C6F, 1, -10783),
    case_run(0x2C70, 0x2C70, 1, -10782),
    case_run(0x2C72, 0x2C72, 1, 1),
    case_run(0x2C75, 0x2C75, 1, 1),
    case_run(0x2C7E, 0x2C7F, 1, -10815),
    case_run(0x2C80, 0x2CE2, 2, 1),
    case_run(0x2CEB, 0x2CED, 2, 1),
    case_run(0x2CF2, 0x2CF2, 1, 1),
    case_run(0xA640, 0xA66C, 2, 1),
    case_run(0xA680, 0xA69A, 2, 1),
    case_run(0xA722, 0xA72E, 2, 1),
    case_run(0xA732, 0xA76E, 2, 1),
    case_run(0xA779, 0xA77B, 2, 1),
    case_run(0xA77D, 0xA77D, 1, -35332),
    case_run(0xA77E, 0xA786, 2, 1),
    case_run(0xA78B, 0xA78B, 1, 1),
    case_run(0xA78D, 0xA78D, 1, -42280),
    case_run(0xA790, 0xA792, 2, 1),
    case_run(0xA796, 0xA7A8, 2, 1),
    case_run(0xA7AA, 0xA7AA, 1, -42308),
    case_run(0xA7AB, 0xA7AB, 1, -42319),
    case_run(0xA7AC, 0xA7AC, 1, -42315),
    case_run(0xA7AD, 0xA7AD, 1, -42305),
    case_run(0xA7AE, 0xA7AE, 1, -42308),
    case_run(0xA7B0, 0xA7B0, 1, -42258),
    case_run(0xA7B1, 0xA7B1, 1, -42282),
    case_run(0xA7B2, 0xA7B2, 1, -42261),
    case_run(0xA7B3, 0xA7B3, 1, 928),
    case_run(0xA7B4, 0xA7C2, 2, 1),
    case_run(0xA7C4, 0xA7C4, 1, -48),
    case_run(0xA7C5, 0xA7C5, 1, -42307),
    case_run(0xA7C6, 0xA7C6, 1, -35384),
    case_run(0xA7C7, 0xA7C9, 2, 1),
    case_run(0xA7CB, 0xA7CB, 1, -42343),
    case_run(0xA7CC, 0xA7DA, 2, 1),
    case_run(0xA7DC, 0xA7DC, 1, -42561),
    case_run(0xA7F5, 0xA7F5, 1, 1),
    case_run(0xAB70, 0xABBF, 1, -38864),
    case_run(0xFB05, 0xFB05, 1, 1),
    case_run(0xFF21, 0xFF3A, 1, 32),
    case_run(0x0001_0400, 0x0001_0427, 1, 40),
    case_run(0x0001_04B0, 0x0001_04D3, 1, 40),
    case_run(0x0001_0570, 0x0001_057A, 1, 39),
    case_run(0x0001_057C, 0x0001_058A, 1, 39),
    case_run(0x0001_058C, 0x0001_0592, 1, 39),
    case_run(0x0001_0594, 0x0001_0595, 1, 39),
    case_run(0x0001_0C80, 0x0001_0CB2, 1, 64),
    case_run(0x0001_0D50, 0x0001_0D65, 1, 32),
    case_run(0x0001_18A0, 0x0001_18BF, 1, 32),
    case_run(0x0001_6E40, 0x0001_6E5F, 1, 32),
    case_run(0x0001_6EA0, 0x0001_6EB8, 1, 27),
    case_run(0x0001_E900, 0x0001_E921, 1, 34),
];

/// Case mapping of single code units by `toUpperCase`, as ECMA-262 restricts it.
#[rustfmt::skip]
pub(super) static UPPER: [CaseRun; 184] = [
    case_run(0x61, 0x7A, 1, -32),
    case_run(0xB5, 0xB5, 1, 743),
    case_run(0xE0, 0xF6, 1, -32),
    case_run(0xF8, 0xFE, 1, -32),
    case_run(0xFF, 0xFF, 1, 121),
    case_run(0x101, 0x12F, 2, -1),
    case_run(0x133, 0x137, 2, -1),
    case_run(0x13A, 0x148, 2, -1),
    case_run(0x14B, 0x177, 2, -1),
    case_run(0x17A, 0x17E, 2, -1),
    case_run(0x180, 0x180, 1, 195),
    case_run(0x183, 0x185, 2, -1),
    case_run(0x188, 0x188, 1, -1),
    case_run(0x18C, 0x18C, 1, -1),
    case_run(0x192, 0x192, 1, -1),
    case_run(0x195, 0x195, 1, 97),
    case_run(0x199, 0x199, 1, -1),
    case_run(0x19A, 0x19A, 1, 163),
    case_run(0x19B, 0x19B, 1, 42561),
    case_run(0x19E, 0x19E, 1, 130),
    case_run(0x1A1, 0x1A5, 2, -1),
    case_run(0x1A8, 0x1A8, 1, -1),
    case_run(0x1AD, 0x1AD, 1, -1),
    case_run(0x1B0, 0x1B0, 1, -1),
    case_run(0x1B4, 0x1B6, 2, -1),
    case_run(0x1B9, 0x1B9, 1, -1),
    case_run(0x1BD, 0x1BD, 1, -1),
    case_run(0x1BF, 0x1BF, 1, 56),
    case_run(0x1C5, 0x1C5, 1, -1),
    case_run(0x1C6, 0x1C6, 1, -2),
    case_run(0x1C8, 0x1C8, 1, -1),
    case_run(0x1C9, 0x1C9, 1, -2),
    case_run(0x1CB, 0x1CB, 1, -1),
    case_run(0x1CC, 0x1CC, 1, -2),
    case_run(0x1CE, 0x1DC, 2, -1),
    case_run(0x1DD, 0x1DD, 1, -79),
    case_run(0x1DF, 0x1EF, 2, -1),
    case_run(0x1F2, 0x1F2, 1, -1),
    case_run(0x1F3, 0x1F3, 1, -2),
    case_run(0x1F5, 0x1F5, 1, -1),
    case_run(0x1F9, 0x21F, 2, -1),
    case_run(0x223, 0x233, 2, -1),
    case_run(0x23C, 0x23C, 1, -1),
    case_run(0x23F, 0x240, 1, 10815),
    case_run(0x242, 0x242, 1, -1),
    case_run(0x247, 0x24F, 2, -1),
    case_run(0x250, 0x250, 1, 10783),
    case_run(0x251, 0x251, 1, 10780),
    case_run(0x252, 0x252, 1, 10782),
    case_run(0x253, 0x253, 1, -210),
    case_run(0x254, 0x254, 1, -206),
    case_run(0x256, 0x257, 1, -205),
    case_run(0x259, 0x259, 1, -202),
    case_run(0x25B, 0x25B, 1, -203),
    case_run(0x25C, 0x25C, 1, 42319),
    case_run(0x260, 0x260, 1, -205),
    case_run(0x261, 0x261, 1, 42315),
    case_run(0x263, 0x263, 1, -207),
    case_run(0x264, 0x264, 1, 42343),
    case_run(0x265, 0x265, 1, 42280),
    case_run(0x266, 0x266, 1, 42308),
    case_run(0x268, 0x268, 1, -209),
    case_run(0x269, 0x269, 1, -211),
    case_run(0x26A, 0x26A, 1, 42308),
    case_run(0x26B, 0x26B, 1, 10743),
    case_run(0x26C, 0x26C, 1, 42305),
    case_run(0x26F, 0x26F, 1, -211),
    case_run(0x271, 0x271, 1, 10749),
    case_run(0x272, 0x272, 1, -213),
    case_run(0x275, 0x275, 1, -214),
    case_run(0x27D, 0x27D, 1, 10727),
    case_run(0x280, 0x280, 1, -218),
    case_run(0x282, 0x282, 1, 42307),
    case_run(0x283, 0x283, 1, -218),
    case_run(0x287, 0x287, 1, 42282),
    case_run(0x288, 0x288, 1, -218),
    case_run(0x289, 0x289, 1, -69),
    case_run(0x28A, 0x28B, 1, -217),
    case_run(0x28C, 0x28C, 1, -71),
    case_run(0x292, 0x292, 1, -219),
    case_run(0x29D, 0x29D, 1, 42261),
    case_run(0x29E, 0x29E, 1, 42258),
    case_run(0x345, 0x345, 1, 84),
    case_run(0x371, 0x373, 2, -1),
    case_run(0x377, 0x377, 1, -1),
    case_run(0x37B, 0x37D, 1, 130),
    case_run(0x3AC, 0x3AC, 1, -38),
    case_run(0x3AD, 0x3AF, 1, -37),
    case_run(0x3B1, 0x3C1, 1, -32),
    case_run(0x3C2, 0x3C2, 1, -31),
    case_run(0x3C3, 0x3CB, 1, -32),
    case_run(0x3CC, 0x3CC, 1, -64),
    case_run(0x3CD, 0x3CE, 1, -63),
    case_run(0x3D0, 0x3D0, 1, -62),
    case_run(0x3D1, 0x3D1, 1, -57),
    case_run(0x3D5, 0x3D5, 1, -47),
    case_run(0x3D6, 0x3D6, 1, -54),
    case_run(0x3D7, 0x3D7, 1, -8),
    case_run(0x3D9, 0x3EF, 2, -1),
    case_run(0x3F0, 0x3F0, 1, -86),
    case_run(0x3F1, 0x3F1, 1, -80),
    case_run(0x3F2, 0x3F2, 1, 7),
    case_run(0x3F3, 0x3F3, 1, -116),
    case_run(0x3F5, 0x3F5, 1, -96),
    case_run(0x3F8, 0x3F8, 1, -1),
    case_run(0x3FB, 0x3FB, 1, -1),
    case_run(0x430, 0x44F, 1, -32),
    case_run(0x450, 0x45F, 1, -80),
    case_run(0x461, 0x481, 2, -1),
    case_run(0x48B, 0x4BF, 2, -1),
    case_run(0x4C2, 0x4CE, 2, -1),
    case_run(0x4CF, 0x4CF, 1, -15),
    case_run(0x4D1, 0x52F, 2, -1),
    case_run(0x561, 0x586, 1, -48),
    case_run(0x10D0, 0x10FA, 1, 3008),
    case_run(0x10FD, 0x10FF, 1, 3008),
    case_run(0x13F8, 0x13FD, 1, -8),
    case_run(0x1C80, 0x1C80, 1, -6254),
    case_run(0x1C81, 0x1C81, 1, -6253),
    case_run(0x1C82, 0x1C82, 1, -6244),
    case_run(0x1C83, 0x1C84, 1, -6242),
    case_run(0x1C85, 0x1C85, 1, -6243),
    case_run(0x1C86, 0x1C86, 1, -6236),
    case_run(0x1C87, 0x1C87, 1, -6181),
    case_run(0x1C88, 0x1C88, 1, 35266),
    case_run(0x1C8A, 0x1C8A, 1, -1),
    case_run(0x1D79, 0x1D79, 1, 35332),
    case_run(0x1D7D, 0x1D7D, 1, 3814),
    case_run(0x1D8E, 0x1D8E, 1, 35384),
    case_run(0x1E01, 0x1E95, 2, -1),
    case_run(0x1E9B, 0x1E9B, 1, -59),
    case_run(0x1EA1, 0x1EFF, 2, -1),
    case_run(0x1F00, 0x1F07, 1, 8),
    case_run(0x1F10, 0x1F15, 1, 8),
    case_run(0x1F20, 0x1F27, 1, 8),
    case_run(0x1F30, 0x1F37, 1, 8),
    case_run(0x1F40, 0x1F45, 1, 8),
    case_run(0x1F51, 0x1F57, 2, 8),
    case_run(0x1F60, 0x1F67, 1, 8),
    case_run(0x1F70, 0x1F71, 1, 74),
    case_run(0x1F72, 0x1F75, 1, 86),
    case_run(0x1F76, 0x1F77, 1, 100),
    case_run(0x1F78, 0x1F79, 1, 128),
    case_run(0x1F7A, 0x1F7B, 1, 112),
    case_run(0x1F7C, 0x1F7D, 1, 126),
    case_run(0x1FB0, 0x1FB1, 1, 8),
    case_run(0x1FBE, 0x1FBE, 1, -7205),
    case_run(0x1FD0, 0x1FD1, 1, 8),
    case_run(0x1FE0, 0x1FE1, 1, 8),
    case_run(0x1FE5, 0x1FE5, 1, 7),
    case_run(0x214E, 0x214E, 1, -28),
    case_run(0x2170, 0x217F, 1, -16),
    case_run(0x2184, 0x2184, 1, -1),
    case_run(0x24D0, 0x24E9, 1, -26),
    case_run(0x2C30, 0x2C5F, 1, -48),
    case_run(0x2C61, 0x2C61, 1, -1),
    case_run(0x2C65, 0x2C65, 1, -10795),
    case_run(0x2C66, 0x2C66, 1, -10792),
    case_run(0x2C68, 0x2C6C, 2, -1),
    case_run(0x2C73, 0x2C73, 1, -1),
    case_run(0x2C76, 0x2C76, 1, -1),
    case_run(0x2C81, 0x2CE3, 2, -1),
    case_run(0x2CEC, 0x2CEE, 2, -1),
    case_run(0x2CF3, 0x2CF3, 1, -1),
    case_run(0x2D00, 0x2D25, 1, -7264),
    case_run(0x2D27, 0x2D27, 1, -7264),
    case_run(0x2D2D, 0x2D2D, 1, -7264),
    case_run(0xA641, 0xA66D, 2, -1),
    case_run(0xA681, 0xA69B, 2, -1),
    case_run(0xA723, 0xA72F, 2, -1),
    case_run(0xA733, 0xA76F, 2, -1),
    case_run(0xA77A, 0xA77C, 2, -1),
    case_run(0xA77F, 0xA787, 2, -1),
    case_run(0xA78C, 0xA78C, 1, -1),
    case_run(0xA791, 0xA793, 2, -1),
    case_run(0xA794, 0xA794, 1, 48),
    case_run(0xA797, 0xA7A9, 2, -1),
    case_run(0xA7B5, 0xA7C3, 2, -1),
    case_run(0xA7C8, 0xA7CA, 2, -1),
    case_run(0xA7CD, 0xA7DB, 2, -1),
    case_run(0xA7F6, 0xA7F6, 1, -1),
    case_run(0xAB53, 0xAB53, 1, -928),
    case_run(0xAB70, 0xABBF, 1, -38864),
    case_run(0xFF41, 0xFF5A, 1, -32),
];
