//! Numbers as JavaScript writes them.

/// `String(JSON.parse(json))` for a JSON number.
pub(super) fn from_json(json: &str) -> Box<[u16]> {
    // both languages round to the nearest double, and beyond the greatest one to infinity
    number_text(json.parse().unwrap_or(f64::NAN))
}

/// `String(number)`, by `Number::toString` of ECMA-262.
pub fn number_text(number: f64) -> Box<[u16]> {
    let text = if number.is_nan() {
        "NaN".into()
    } else if number == 0.0 {
        // of -0, too
        "0".into()
    } else {
        let sign = if number < 0.0 { "-" } else { "" };
        format!("{sign}{}", magnitude(number.abs()))
    };
    text.encode_utf16().collect()
}

/// The text of a positive number.
fn magnitude(number: f64) -> String {
    if number.is_infinite() {
        return "Infinity".into();
    }
    // Rust, too, takes the fewest digits that lead back to the number, and of those the nearest
    let scientific = format!("{number:e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let digits = mantissa.replace('.', "");
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let zeros = |count| "0".repeat(count);
    match usize::try_from(exponent) {
        // the point is behind the digits, among them, or before them
        Ok(whole) if whole < 21 && digits.len() <= whole + 1 => {
            format!("{digits}{}", zeros(whole + 1 - digits.len()))
        }
        Ok(whole) if whole < 21 => {
            let (whole, rest) = digits.split_at(whole + 1);
            format!("{whole}.{rest}")
        }
        Err(_) if exponent >= -6 => {
            format!("0.{}{digits}", zeros(exponent.unsigned_abs() as usize - 1))
        }
        _ => format!("{mantissa}e{exponent:+}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::boxed;

    #[test]
    fn numbers_are_written_as_javascript_writes_them() {
        for (json, text) in [
            ("0", "0"),
            ("-0", "0"),
            ("-0.0", "0"),
            ("1", "1"),
            ("-12", "-12"),
            ("1e3", "1000"),
            ("1.50", "1.5"),
            ("123456789012345678901", "123456789012345680000"),
            ("1e20", "100000000000000000000"),
            ("1e21", "1e+21"),
            ("1.25e22", "1.25e+22"),
            ("9007199254740993", "9007199254740992"),
            ("123456.789", "123456.789"),
            ("0.000001", "0.000001"),
            ("0.00000123", "0.00000123"),
            ("1e-7", "1e-7"),
            ("-1.5e-9", "-1.5e-9"),
            ("5e-324", "5e-324"),
            ("1e-999", "0"),
            ("1.7976931348623157e308", "1.7976931348623157e+308"),
            ("1e999", "Infinity"),
            ("-1e999", "-Infinity"),
        ] {
            assert_eq!(from_json(json), boxed(text), "{json}");
        }
        assert_eq!(number_text(f64::NAN), boxed("NaN"));
    }
}
