//! Decimal numbers as people write them: in links, and in what an experiment looks like as JSON.
//!
//! Of `std`'s reading and writing, which are right to the last bit of every number, the tables alone would be a tenth
//! of what a page loads. This is right for numbers that people write: up to 15 digits that count, down to 10⁻²². Beyond
//! that a number may come out as its neighbour; what is written is read back as the same number in any case.

/// Ten to the powers that an f64 holds exactly.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22,
];

/// Reads `0.05`, `-3`, `1e-4`. Not `inf`, nor anything that is no number.
pub fn read(text: &str) -> Option<f32> {
    read64(text).map(|value| value as f32)
}

/// The same, to twice as many digits.
#[inline(never)]
pub fn read64(text: &str) -> Option<f64> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(text) => (true, text),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (digits, power) = match text.split_once(['e', 'E']) {
        // Beyond these limits it is zero or infinite in any case; the sum with the digits' number cannot overflow.
        Some((digits, power)) => (digits, power.parse::<i32>().ok()?.clamp(-10_000_000, 10_000_000)),
        None => (text, 0),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.len() + part.len() == 0 {
        return None;
    }
    let mut power = power - part.len() as i32;
    let mut number: u64 = 0;
    for digit in whole.bytes().chain(part.bytes()) {
        let digit = digit.checked_sub(b'0').filter(|&digit| digit < 10)?;
        // What is behind the eighteenth digit does not count.
        if number < 100_000_000_000_000_000 {
            number = 10 * number + u64::from(digit);
        } else {
            power += 1;
        }
    }
    let value = scaled(number as f64, power);
    Some(if negative { -value } else { value })
}

/// `number · 10^power`.
#[inline(never)]
fn scaled(mut number: f64, power: i32) -> f64 {
    let mut left = power.unsigned_abs() as usize;
    while left > 0 && number != 0.0 && number.is_finite() {
        let now = left.min(POWERS.len() - 1);
        number = if power < 0 { number / POWERS[now] } else { number * POWERS[now] };
        left -= now;
    }
    number
}

/// The shortest decimal that is read back as this number, as digits and the power of ten of the last one; an infinite
/// number and none are zero.
#[inline(never)]
fn shortest(value: f32) -> (u32, i32) {
    let size = f64::from(value.abs());
    if size == 0.0 || !size.is_finite() {
        return (0, 0);
    }
    // The power of ten of the first digit: by its binary exponent, never too high and at most one too low.
    let exponent = (size.to_bits() >> 52) as i32 - 1023;
    let mut first = (exponent * 1233 - 4096) >> 12;
    while scaled(1.0, first + 1) <= size {
        first += 1;
    }
    // Nine digits always suffice.
    for count in 0..9 {
        let power = first - count;
        let digits = (scaled(size, -power) + 0.5) as u32;
        if scaled(f64::from(digits), power) as f32 == value.abs() || count == 8 {
            // 9.9999999 is rounded to 10.
            return if digits.is_multiple_of(10) { (digits / 10, power + 1) } else { (digits, power) };
        }
    }
    unreachable!("the last count returns")
}

/// The f64 next to the shortest decimal: 0.1, not the f64 next to the f32 next to it.
pub fn as_f64(value: f32) -> f64 {
    let (digits, power) = shortest(value);
    if digits == 0 { f64::from(value) } else { scaled(f64::from(digits), power).copysign(f64::from(value)) }
}

/// The shortest decimal, without an exponent.
#[inline(never)]
pub fn write(value: f32) -> String {
    let (digits, power) = shortest(value);
    let mut text = digits.to_string();
    let behind = -power.min(0) as usize;
    if behind > 0 {
        let missing = (behind + 1).saturating_sub(text.len());
        text.insert_str(0, &"0".repeat(missing));
        text.insert(text.len() - behind, '.');
    } else {
        text.push_str(&"0".repeat(power as usize));
    }
    if value.is_sign_negative() {
        text.insert(0, '-');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_no_number_is_not_read() {
        for text in
            ["", "-", ".", "e5", "1e", "1.2.3", "0x10", "1_000", "inf", "NaN", "1 ", "٣", "--1", "1e1.5"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_are_read_as_std_reads_them() {
        for text in [
            "0",
            "-0",
            "+7",
            ".5",
            "5.",
            "1e-4",
            "1E3",
            "0.0000001",
            "16777217",
            "3.4e38",
            "1e-45",
            "1e99",
            "0e999999999",
        ] {
            assert_eq!(read(text).map(f32::to_bits), text.parse().ok().map(f32::to_bits), "{text}");
        }
        assert_eq!(read("1e-99999999999999"), None);
        assert_eq!(read(&format!("0.{}1e1000", "0".repeat(999))), Some(1.0));
    }

    #[test]
    fn numbers_are_written_as_std_writes_them() {
        for value in
            [0.0, 0.1, -0.05, 1.0, 10.0, 1000.0, 123_456.0, 0.999_999, 1e-6, 1e-12, 3.3e-10, 16_777_216.0]
        {
            assert_eq!(write(value), value.to_string());
            assert_eq!(as_f64(value).to_bits(), value.to_string().parse::<f64>().unwrap().to_bits());
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(5000))]

        #[test]
        fn what_is_written_is_read_back(bits: u32) {
            let value = f32::from_bits(bits);
            prop_assume!(value.is_finite());
            prop_assert_eq!(read(&write(value)).map(f32::to_bits), Some(bits));
            prop_assert_eq!((as_f64(value) as f32).to_bits(), bits);
        }

        #[test]
        fn numbers_of_people_are_std_s(digits in 0..1_000_000_000_u32, power in -12..3_i32) {
            let text = format!("{digits}e{power}");
            let value: f32 = text.parse().unwrap();
            prop_assert_eq!(read(&text).map(f32::to_bits), Some(value.to_bits()));
            prop_assert_eq!(write(value), value.to_string());
            prop_assert_eq!(as_f64(value).to_bits(), value.to_string().parse::<f64>().unwrap().to_bits());
        }
    }
}
