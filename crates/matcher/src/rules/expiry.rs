//! When a rule expires: a day of the calendar or a time, as ISO 8601 writes them.
//!
//! What is accepted, `Date.parse` accepts, too, and reads as the same moment. The reverse does not
//! hold: a time without an offset is one in the time zone of whatever machine reads it, and
//! `2026-02-30` is no day.

use crate::moment::Moment;

const DAY: i64 = 24 * 60 * 60 * 1000;

/// When a rule expires.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expiry {
    /// From then on the rule is not in force.
    pub at: Moment,
    /// As the list has it.
    pub written: Box<str>,
}

impl Expiry {
    /// Reads `YYYY-MM-DD`, which ends with that day in UTC, or `YYYY-MM-DDThh:mm`, with or without
    /// `:ss` and `.s…`, and then `Z` or `±hh:mm`.
    ///
    /// # Errors
    ///
    /// What to do about it, if that can be told.
    pub fn parse(text: &[u16]) -> Result<Self, Option<&'static str>> {
        let written = String::from_utf16(text).map_err(|_| None)?;
        let mut rest = Cursor(written.as_bytes());
        let at = rest.expiry()?;
        if !rest.0.is_empty() {
            return Err(None);
        }
        Ok(Self { at: Moment(at), written: written.into() })
    }
}

/// What is still to be read.
struct Cursor<'t>(&'t [u8]);

impl Cursor<'_> {
    fn expiry(&mut self) -> Result<i64, Option<&'static str>> {
        let day = self.day()? * DAY;
        if self.0.is_empty() {
            return Ok(day + DAY);
        }
        self.expect(b'T')?;
        let time = self.time()?;
        let offset = self.offset()?;
        Ok(day + time - offset)
    }

    /// A day, in days since 1970.
    fn day(&mut self) -> Result<i64, Option<&'static str>> {
        let year = self.number(4)?;
        self.expect(b'-')?;
        let month = self.number(2)?;
        self.expect(b'-')?;
        let day = self.number(2)?;
        if !(1..=12).contains(&month) || !(1..=days_of(year, month)).contains(&day) {
            return Err(Some("there is no such day in the calendar"));
        }
        Ok(days_since_1970(year, month) + day - 1)
    }

    /// A time of day, in milliseconds. 24:00 is the end of the day.
    fn time(&mut self) -> Result<i64, Option<&'static str>> {
        let hour = self.number(2)?;
        self.expect(b':')?;
        let minute = self.number(2)?;
        let (mut second, mut milliseconds) = (0, 0);
        if self.skip(b':') {
            second = self.number(2)?;
            if self.skip(b'.') {
                milliseconds = self.fraction()?;
            }
        }
        let time = ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds;
        if minute > 59 || second > 59 || time > DAY {
            return Err(Some("there is no such time of day"));
        }
        Ok(time)
    }

    /// The milliseconds of a fraction of a second. What is smaller is cut.
    fn fraction(&mut self) -> Result<i64, Option<&'static str>> {
        let digits = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (fraction, rest) = self.0.split_at(digits);
        self.0 = rest;
        if digits == 0 {
            return Err(None);
        }
        let padded = fraction.iter().map(|&digit| i64::from(digit - b'0')).chain([0, 0]);
        Ok(padded.take(3).fold(0, |number, digit| number * 10 + digit))
    }

    /// How far the clock is ahead of UTC, in milliseconds.
    fn offset(&mut self) -> Result<i64, Option<&'static str>> {
        if self.skip(b'Z') {
            return Ok(0);
        }
        let sign = if self.skip(b'+') {
            1
        } else if self.skip(b'-') {
            -1
        } else {
            return Err(Some("a time needs `Z` or an offset like `+02:00` at its end"));
        };
        let hour = self.number(2)?;
        self.expect(b':')?;
        let minute = self.number(2)?;
        if hour > 23 || minute > 59 {
            return Err(Some("there is no such offset"));
        }
        Ok(sign * (hour * 60 + minute) * 60 * 1000)
    }

    /// A number of so many digits.
    fn number(&mut self, digits: usize) -> Result<i64, Option<&'static str>> {
        let (number, rest) = self.0.split_at_checked(digits).ok_or(None)?;
        self.0 = rest;
        number.iter().try_fold(0, |value, byte| match byte {
            b'0'..=b'9' => Ok(value * 10 + i64::from(byte - b'0')),
            _ => Err(None),
        })
    }

    fn expect(&mut self, byte: u8) -> Result<(), Option<&'static str>> {
        if self.skip(byte) { Ok(()) } else { Err(None) }
    }

    fn skip(&mut self, byte: u8) -> bool {
        match self.0.split_first() {
            Some((&first, rest)) if first == byte => {
                self.0 = rest;
                true
            }
            _ => false,
        }
    }
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_of(year: i64, month: i64) -> i64 {
    match month {
        2 => 28 + i64::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970 until a month of the years 0 to 9999.
fn days_since_1970(year: i64, month: i64) -> i64 {
    // leap years before a year, the year 0 included
    let leaps = |year: i64| (year + 3) / 4 - (year + 99) / 100 + (year + 399) / 400;
    let years = (year - 1970) * 365 + leaps(year) - leaps(1970);
    years + (1..month).map(|month| days_of(year, month)).sum::<i64>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::units;

    fn parsed(text: &str) -> Result<i64, Option<&'static str>> {
        Expiry::parse(&units(text)).map(|expiry| expiry.at.0)
    }

    /// The numbers are those of `Date.parse`, a day later for a day.
    #[test]
    fn a_day_ends_in_utc_and_a_time_has_an_offset() {
        for (text, at) in [
            ("1970-01-01", DAY),
            ("2026-12-31", 1_798_761_600_000),
            ("2024-02-29", 1_709_251_200_000),
            ("2000-02-29", 951_868_800_000),
            ("1969-12-31", 0),
            ("0000-01-01", -62_167_219_200_000 + DAY),
            ("9999-12-31", 253_402_300_800_000),
            ("2026-12-31T18:00Z", 1_798_740_000_000),
            ("2026-12-31T18:00:30Z", 1_798_740_030_000),
            ("2026-12-31T18:00:30.5Z", 1_798_740_030_500),
            ("2026-12-31T18:00:30.12399Z", 1_798_740_030_123),
            ("2026-12-31T18:00:00+02:00", 1_798_732_800_000),
            ("2026-12-31T18:00:00-03:30", 1_798_752_600_000),
            ("2026-12-31T24:00:00Z", 1_798_761_600_000),
        ] {
            assert_eq!(parsed(text), Ok(at), "{text}");
        }
    }

    #[test]
    fn what_is_no_day_and_no_time_is_refused() {
        for text in [
            "2025-02-30",
            "2025-02-29",
            "1900-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-04-31",
            "2026-01-00",
        ] {
            assert_eq!(parsed(text), Err(Some("there is no such day in the calendar")), "{text}");
        }
        for text in ["2026-01-01T18:00", "2026-01-01T18:00:00", "2026-01-01T18:00:00.5"] {
            assert!(parsed(text).unwrap_err().unwrap().contains("offset"), "{text}");
        }
        for text in ["2026-01-01T24:01Z", "2026-01-01T12:60Z", "2026-01-01T12:00:60Z"] {
            assert_eq!(parsed(text), Err(Some("there is no such time of day")), "{text}");
        }
        assert_eq!(parsed("2026-01-01T12:00+24:00"), Err(Some("there is no such offset")));
        for text in [
            "",
            "2026",
            "2026-01",
            "26-01-01",
            "2026-1-1",
            "01.02.2026",
            "2026/01/01",
            " 2026-01-01",
            "2026-01-01 ",
            "2026-01-01 12:00Z",
            "2026-01-01T",
            "2026-01-01T12Z",
            "2026-01-01t12:00z",
            "2026-01-01T12:00:00.Z",
            "2026-01-01T12:00Z ",
            "2026-01-01T12:00+0200",
            "+002026-01-01",
            "20260101",
            "next week",
            "２026-01-01",
            "2026-01-0é",
        ] {
            assert_eq!(parsed(text), Err(None), "{text}");
        }
        assert_eq!(Expiry::parse(&[0xD83D]), Err(None));
    }
}
