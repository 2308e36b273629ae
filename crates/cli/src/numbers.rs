//! Numbers as people read them.

/// 60000 → `60,000`.
pub fn count(value: impl Into<u64>) -> String {
    let digits = value.into().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// 0.9128 → `91.28 %`.
pub fn percent(share: f64) -> String {
    format!("{:.2} %", 100.0 * share)
}

/// A whole number as it is, another as the f32 that it came from: 0.1, not 0.10000000149.
pub fn setting(value: f64) -> String {
    if value.fract() == 0.0 { format!("{value}") } else { format!("{}", value as f32) }
}

/// Up to a minute `4.2 s`, then `1:05 min`.
pub fn duration(seconds: f64) -> String {
    if seconds < 60.0 {
        format!("{seconds:.1} s")
    } else {
        let whole = seconds as u64;
        format!("{}:{:02} min", whole / 60, whole % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_parted_and_singles_stay_short() {
        assert_eq!(
            [0_u32, 999, 1000, 60_000, 1_234_567].map(count),
            ["0", "999", "1,000", "60,000", "1,234,567"]
        );
        assert_eq!(
            [f64::from(0.1_f32), 1024.0, f64::from(1e-6_f32)].map(setting),
            ["0.1", "1024", "0.000001"]
        );
        assert_eq!([59.94, 65.2, 3600.0].map(duration), ["59.9 s", "1:05 min", "60:00 min"]);
    }
}
