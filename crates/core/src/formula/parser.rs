//! From text to steps: one character after the other, never back.

use std::f64::consts;

use super::{Formula, FormulaError, Function, Step};
use crate::experiment::decimal;

pub(super) fn parse(text: &str) -> Result<Vec<Step>, FormulaError> {
    let text: Vec<char> = text.chars().take(Formula::MOST + 1).collect();
    if text.len() > Formula::MOST {
        return Err(FormulaError::FormulaTooLong { most: Formula::MOST });
    }
    let mut parser = Parser { text, position: 0, steps: Vec::new() };
    parser.sum()?;
    match parser.next() {
        Some(found) => Err(parser.unexpected(found)),
        None => Ok(parser.steps),
    }
}

struct Parser {
    text: Vec<char>,
    position: usize,
    steps: Vec<Step>,
}

impl Parser {
    /// The next character that is no space; it is not taken.
    fn next(&mut self) -> Option<char> {
        while self.text.get(self.position).is_some_and(|c| c.is_whitespace()) {
            self.position += 1;
        }
        self.text.get(self.position).copied()
    }

    /// Takes the next character if it is one of these.
    fn take(&mut self, one_of: &[char]) -> Option<char> {
        let found = self.next().filter(|c| one_of.contains(c))?;
        self.position += 1;
        Some(found)
    }

    fn sum(&mut self) -> Result<(), FormulaError> {
        self.product()?;
        while let Some(sign) = self.take(&['+', '-', '−']) {
            self.product()?;
            self.steps.push(if sign == '+' { Step::Plus } else { Step::Minus });
        }
        Ok(())
    }

    fn product(&mut self) -> Result<(), FormulaError> {
        self.signed()?;
        while let Some(sign) = self.take(&['*', '×', '·', '/', '÷']) {
            self.signed()?;
            self.steps.push(if matches!(sign, '/' | '÷') { Step::Over } else { Step::Times });
        }
        Ok(())
    }

    fn signed(&mut self) -> Result<(), FormulaError> {
        match self.take(&['+', '-', '−']) {
            None => self.power(),
            Some('+') => self.signed(),
            Some(_) => {
                self.signed()?;
                self.steps.push(Step::Call(Function::Negative));
                Ok(())
            }
        }
    }

    fn power(&mut self) -> Result<(), FormulaError> {
        self.atom()?;
        if self.take(&['^']).is_some() {
            self.signed()?;
            self.steps.push(Step::Power);
        }
        Ok(())
    }

    fn atom(&mut self) -> Result<(), FormulaError> {
        match self.next() {
            None => Err(FormulaError::FormulaEnds { position: self.text.len() }),
            Some('(') => self.parentheses(),
            Some('π') => {
                self.position += 1;
                self.steps.push(Step::Number(consts::PI));
                Ok(())
            }
            Some(c) if c.is_ascii_digit() || c == '.' => self.number(),
            Some(c) if c.is_ascii_alphabetic() => self.word(),
            Some(found) => Err(self.unexpected(found)),
        }
    }

    fn parentheses(&mut self) -> Result<(), FormulaError> {
        if self.take(&['(']).is_none() {
            return Err(self.missing());
        }
        self.sum()?;
        if self.take(&[')']).is_none() {
            return Err(self.missing());
        }
        Ok(())
    }

    /// Digits with a point, and a power of ten where digits follow the `e`: 2e3 is 2000, 2*e is 2·2.718….
    fn number(&mut self) -> Result<(), FormulaError> {
        let start = self.position;
        self.digits();
        if self.text.get(self.position) == Some(&'.') {
            self.position += 1;
            self.digits();
        }
        let exponent = |at: usize| self.text.get(at).is_some_and(char::is_ascii_digit);
        let sign = usize::from(matches!(self.text.get(self.position + 1), Some('-' | '+')));
        if self.text.get(self.position) == Some(&'e') && exponent(self.position + 1 + sign) {
            self.position += 1 + sign;
            self.digits();
        }
        let written: String = self.text[start..self.position].iter().collect();
        let number = decimal::read64(&written).ok_or_else(|| self.unexpected_at(start))?;
        self.steps.push(Step::Number(number));
        Ok(())
    }

    fn digits(&mut self) {
        while self.text.get(self.position).is_some_and(char::is_ascii_digit) {
            self.position += 1;
        }
    }

    fn word(&mut self) -> Result<(), FormulaError> {
        let start = self.position;
        while self.text.get(self.position).is_some_and(char::is_ascii_alphabetic) {
            self.position += 1;
        }
        let name: String = self.text[start..self.position].iter().collect();
        let number = match name.as_str() {
            "x" => Step::X,
            "pi" => Step::Number(consts::PI),
            "e" => Step::Number(consts::E),
            _ => {
                let Some(function) = Function::named(&name) else {
                    return Err(FormulaError::FormulaUnknown { position: start, name });
                };
                self.parentheses()?;
                Step::Call(function)
            }
        };
        self.steps.push(number);
        Ok(())
    }

    /// Something else stands where a parenthesis is needed, or nothing.
    fn missing(&mut self) -> FormulaError {
        match self.next() {
            Some(found) => self.unexpected(found),
            None => FormulaError::FormulaEnds { position: self.text.len() },
        }
    }

    fn unexpected(&self, found: char) -> FormulaError {
        FormulaError::FormulaUnexpected { position: self.position, found }
    }

    fn unexpected_at(&self, position: usize) -> FormulaError {
        FormulaError::FormulaUnexpected { position, found: self.text[position] }
    }
}
