//! Text that somebody has typed, as a part of a link: what would end or change the part is written as `%` and two digits,
//! as addresses do.

use std::fmt::Write;

/// What stays as it is: the signs of formulas.
const SIGNS: &[u8] = b"()*+-./^_~!";
/// The same within a table: its commas, too, and no `~`, which ends its lines.
const FIELDS: &[u8] = b"()*+-./^_!,";

/// Letters, digits and the signs of formulas as they are, all else escaped.
pub(super) fn escaped(text: &str) -> String {
    all_but(SIGNS, text)
}

fn all_but(signs: &[u8], text: &str) -> String {
    let mut escaped = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || signs.contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            write!(escaped, "%{byte:02X}").expect("a string takes all");
        }
    }
    escaped
}

/// What was escaped, and whatever else an address bar has escaped; what is no text is replaced.
pub(super) fn unescaped(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, behind @ ..] = rest {
        let escaped = behind.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = escaped.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match (first, byte) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &behind[2..];
            }
            _ => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The same of a table: its commas stay, and its lines end in `~`.
pub(super) fn escaped_lines(text: &str) -> String {
    text.split('\n').map(|line| all_but(FIELDS, line)).collect::<Vec<_>>().join("~")
}

/// A table that was escaped.
pub(super) fn unescaped_lines(text: &str) -> String {
    text.split('~').map(unescaped).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formulas_stay_readable() {
        assert_eq!(escaped("sin(2*x)^2-1/x"), "sin(2*x)^2-1/x");
        assert_eq!(escaped("x − 1 & y"), "x%20%E2%88%92%201%20%26%20y");
        assert_eq!(unescaped("x%20%e2%88%92 1%"), "x − 1%");
    }

    proptest! {
        #[test]
        fn whatever_is_escaped_comes_back(text: String) {
            let escaped = escaped(&text);
            prop_assert!(escaped.is_ascii() && !escaped.contains(['&', '=', '#', ' ']));
            prop_assert_eq!(unescaped(&escaped), text);
        }

        #[test]
        fn whatever_lines_are_escaped_come_back(text: String) {
            let escaped = escaped_lines(&text);
            prop_assert!(escaped.is_ascii() && !escaped.contains(['&', '=', '#', ' ', '\n']));
            prop_assert_eq!(unescaped_lines(&escaped), text);
        }

        #[test]
        fn any_text_can_be_read(text: String) {
            unescaped(&text);
        }
    }
}
