//! Numbers as descriptions write them, exact to a millionth.

/// Whether a text has the form that JSON gives to numbers.
pub fn is_json(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let rest = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = rest.split_once(['e', 'E']).unwrap_or((rest, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    digits(whole)
        && (whole.len() == 1 || !whole.starts_with('0'))
        && digits(fraction)
        && digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))
}

/// Why a number cannot be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It has more than six decimal places.
    TooFine,
    /// It does not fit.
    TooLarge,
}

/// A number in the form of JSON, in millionths.
///
/// # Errors
/// If it has more than six decimal places or more than twelve digits before the point.
pub fn millionths(text: &str) -> Result<i64, Unfit> {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or((1, mantissa), |rest| (-1, rest));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let significant = || whole.bytes().chain(fraction.bytes()).skip_while(|&byte| byte == b'0');
    if significant().next().is_none() {
        return Ok(0);
    }
    let exponent: i64 = exponent.parse().map_err(|_| if exponent.starts_with('-') { Unfit::TooFine } else { Unfit::TooLarge })?;
    let trailing = significant().rev_zeros();
    let count = significant().count();
    // The number is its digits without trailing zeros, times ten to this power.
    let power = exponent.saturating_sub(length(fraction.len())).saturating_add(length(trailing));
    if power < -6 {
        return Err(Unfit::TooFine);
    }
    let digits = count - trailing;
    if power.saturating_add(length(digits)) > 12 {
        return Err(Unfit::TooLarge);
    }
    let value = significant().take(digits).fold(0i64, |sum, byte| sum * 10 + i64::from(byte - b'0'));
    let scale = u32::try_from(power + 6).ok().and_then(|scale| 10i64.checked_pow(scale));
    scale.and_then(|scale| value.checked_mul(scale)).map(|value| value * sign).ok_or(Unfit::TooLarge)
}

fn length(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX / 4)
}

trait Zeros {
    /// How many zeros stand at the end.
    fn rev_zeros(self) -> usize;
}

impl<I: Iterator<Item = u8>> Zeros for I {
    fn rev_zeros(self) -> usize {
        self.fold(0, |zeros, byte| if byte == b'0' { zeros + 1 } else { 0 })
    }
}

/// An amount such as `1200.50 EUR`: millionths of a unit, and the three letters as a number in base 26.
pub fn money(text: &str) -> Option<(i64, u16)> {
    let (amount, currency) = text.split_once(' ')?;
    if currency.len() != 3 || !is_json(amount) || !currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    let code = currency.bytes().fold(0u16, |sum, byte| sum * 26 + u16::from(byte - b'A'));
    Some((millionths(amount).ok()?, code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_exact_or_refused() {
        let ok = [
            ("0", 0),
            ("-0.0", 0),
            ("1", 1_000_000),
            ("1.10", 1_100_000),
            ("-2.5", -2_500_000),
            ("1e3", 1_000_000_000),
            ("25E-1", 2_500_000),
        ];
        for (text, value) in
            ok.into_iter().chain([("0.000001", 1), ("999999999999.999999", 999_999_999_999_999_999), ("0e99999999999999999999", 0)])
        {
            assert_eq!(millionths(text), Ok(value), "{text}");
        }
        assert_eq!(millionths("1.0000000000"), Ok(1_000_000));
        assert_eq!(millionths("0.0000001"), Err(Unfit::TooFine));
        assert_eq!(millionths("1e-99999999999999999999"), Err(Unfit::TooFine));
        assert_eq!(millionths("1000000000000"), Err(Unfit::TooLarge));
        assert_eq!(millionths("1e99999999999999999999"), Err(Unfit::TooLarge));
        assert_eq!(money("1200.50 EUR"), Some((1_200_500_000, 4 * 676 + 20 * 26 + 17)));
        assert_eq!(money("1200.50 eur"), None);
    }
}
