//! A stroke as a smooth line: centripetal Catmull-Rom through its joints, sharp where a joint is a corner.
//!
//! Centripetal, since the uniform kind overshoots where joints lie close together
//! (Yuksel, Schaefer and Keyser, *Parameterization and applications of Catmull-Rom curves*, 2011).

/// A place on the paper: x to the right, y down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// From left to right.
    pub x: f32,
    /// From top to bottom.
    pub y: f32,
}

impl Point {
    /// `Σ weight · point`.
    fn sum(terms: [(f32, Self); 4]) -> Self {
        let [(a, p), (b, q), (c, r), (d, s)] = terms;
        Self { x: a * p.x + b * q.x + c * r.x + d * s.x, y: a * p.y + b * q.y + c * r.y + d * s.y }
    }

    fn distance(self, other: Self) -> f32 {
        let (dx, dy) = (self.x - other.x, self.y - other.y);
        (dx * dx + dy * dy).sqrt()
    }
}

/// Straight pieces between two joints.
pub const PIECES: usize = 6;

/// Calls `visit` with the points of the polyline through `joints`, from the first to the last.
pub fn trace(joints: &[Point], mut visit: impl FnMut(Point)) {
    let Some(&first) = joints.first() else { return };
    visit(first);
    for k in 1..joints.len() {
        let (from, to) = (joints[k - 1], joints[k]);
        let before = if k >= 2 { joints[k - 2] } else { continued(to, from, joints.get(k + 1)) };
        let after = match joints.get(k + 1) {
            Some(&next) => next,
            None => continued(from, to, k.checked_sub(2).map(|k| &joints[k])),
        };
        span([before, from, to, after], &mut visit);
    }
}

/// The joint which would follow `from`, `to`: half as bent as the other end, `beyond`, suggests.
fn continued(from: Point, to: Point, beyond: Option<&Point>) -> Point {
    let beyond = beyond.copied().unwrap_or(Point::sum([(2.0, from), (-1.0, to), (0.0, to), (0.0, to)]));
    Point::sum([(2.5, to), (-2.0, from), (0.5, beyond), (0.0, to)])
}

/// One span, from the second point to the third, in Hermite form.
fn span([before, from, to, after]: [Point; 4], visit: &mut impl FnMut(Point)) {
    let knot = |p: Point, q: Point| p.distance(q).sqrt().max(1e-3);
    let (a, b, c) = (knot(before, from), knot(from, to), knot(to, after));
    let leave = Point::sum([
        (-b / a + b / (a + b), before),
        (b / a - 1.0, from),
        (1.0 - b / (a + b), to),
        (0.0, after),
    ]);
    let arrive = Point::sum([
        (0.0, before),
        (b / (b + c) - 1.0, from),
        (1.0 - b / c, to),
        (b / c - b / (b + c), after),
    ]);
    for piece in 1..=PIECES {
        let t = piece as f32 / PIECES as f32;
        let (t2, t3) = (t * t, t * t * t);
        visit(Point::sum([
            (2.0 * t3 - 3.0 * t2 + 1.0, from),
            (t3 - 2.0 * t2 + t, leave),
            (3.0 * t2 - 2.0 * t3, to),
            (t3 - t2, arrive),
        ]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn traced(joints: &[(f32, f32)]) -> Vec<Point> {
        let joints: Vec<Point> = joints.iter().map(|&(x, y)| Point { x, y }).collect();
        let mut line = Vec::new();
        trace(&joints, |p| line.push(p));
        line
    }

    #[test]
    fn it_passes_through_every_joint() {
        let line = traced(&[(0.0, 0.0), (1.0, 3.0), (4.0, 3.5), (4.0, 9.0)]);
        for (k, (x, y)) in [(0.0, 0.0), (1.0, 3.0), (4.0, 3.5), (4.0, 9.0)].into_iter().enumerate() {
            assert!(line[k * PIECES].distance(Point { x, y }) < 1e-5);
        }
    }

    #[test]
    fn joints_on_a_line_give_that_line() {
        for p in traced(&[(0.0, 0.0), (1.0, 2.0), (4.0, 8.0)]) {
            assert!((p.y - 2.0 * p.x).abs() < 1e-5);
        }
        for p in traced(&[(0.0, 0.0), (1.0, 2.0)]) {
            assert!((p.y - 2.0 * p.x).abs() < 1e-5);
        }
    }

    #[test]
    fn it_is_the_same_line_from_the_other_end() {
        let mut back = traced(&[(4.0, 9.0), (4.0, 3.5), (1.0, 3.0), (0.0, 0.0)]);
        back.reverse();
        for (p, q) in traced(&[(0.0, 0.0), (1.0, 3.0), (4.0, 3.5), (4.0, 9.0)]).into_iter().zip(back) {
            assert!(p.distance(q) < 1e-5);
        }
    }

    #[test]
    fn two_joints_in_one_place_do_no_harm() {
        assert!(
            traced(&[(1.0, 1.0), (1.0, 1.0), (2.0, 1.0)]).iter().all(|p| p.x.is_finite() && p.y.is_finite())
        );
    }
}
