//! A round pen on a small sheet of paper, with soft edges.

use wide::f32x4;

use super::curve::Point;
use crate::kernel::LANES;

/// The side of the sheet, in pixels: three for each pixel of the finished box, and a margin.
pub const SIDE: usize = 64;

/// What has been drawn so far, `SIDE` × `SIDE` pixels, row by row.
pub struct Sheet {
    /// How far each pixel's centre lies inside the ink's edge, and half a pixel: from 1 on it is covered wholly.
    cover: [f32; SIDE * SIDE],
}

impl Sheet {
    /// A blank one.
    pub fn blank() -> Self {
        Self { cover: [0.0; SIDE * SIDE] }
    }

    /// Row by row, 0 paper, 255 ink.
    pub fn ink(&self) -> [u8; SIDE * SIDE] {
        self.cover.map(|cover| (cover.min(1.0) * 255.0) as u8)
    }

    /// Draws one straight piece with a pen whose radius goes from `radii.0` at `from` to `radii.1` at `to`.
    /// Pixel (x, y) has its centre at (x + ½, y + ½); what lies beyond the sheet is lost.
    pub fn line(&mut self, from: Point, to: Point, radii: (f32, f32)) {
        let (dx, dy) = (to.x - from.x, to.y - from.y);
        let inverse = 1.0 / (dx * dx + dy * dy).max(1e-12);
        let reach = radii.0.max(radii.1) + 0.5;
        let rows = range(from.y.min(to.y) - reach, from.y.max(to.y) + reach);
        let columns = range(from.x.min(to.x) - reach, from.x.max(to.x) + reach);
        // Four pixels at a time, from a multiple of four on: the pen does not reach those beyond its columns.
        let first = columns.start / LANES * LANES;
        let lanes = f32x4::new([0.0, 1.0, 2.0, 3.0]) - (columns.start - first) as f32;
        let start = columns.start as f32 + 0.5 - from.x;
        for y in rows {
            let py = y as f32 + 0.5 - from.y;
            let row = &mut self.cover[y * SIDE..][..SIDE][first..columns.end.next_multiple_of(LANES)];
            for (k, cover) in row.as_chunks_mut::<LANES>().0.iter_mut().enumerate() {
                // Where pieces overlap nearly all is covered by the one before.
                if f32x4::new(*cover).simd_ge(f32x4::ONE).all() {
                    continue;
                }
                let px = start + (lanes + (LANES * k) as f32);
                let along = ((px * dx + py * dy) * inverse).fast_max(f32x4::ZERO).fast_min(f32x4::ONE);
                let (rx, ry) = (px - along * dx, py - along * dy);
                let away = (rx * rx + ry * ry).sqrt();
                let inside = radii.0 + along * (radii.1 - radii.0) + 0.5 - away;
                *cover = inside.fast_max(f32x4::new(*cover)).to_array();
            }
        }
    }
}

/// The pixels between two places, as far as they lie on the sheet.
fn range(start: f32, end: f32) -> std::ops::Range<usize> {
    let place = |v: f32| v.clamp(0.0, SIDE as f32) as usize;
    place(start)..place(end.ceil())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(from: (f32, f32), to: (f32, f32), radius: f32) -> Sheet {
        let mut sheet = Sheet::blank();
        let point = |(x, y)| Point { x, y };
        sheet.line(point(from), point(to), (radius, radius));
        sheet
    }

    #[test]
    fn a_line_has_the_area_of_a_stadium() {
        let sheet = drawn((10.3, 20.1), (40.7, 31.9), 3.0);
        let area: f32 = sheet.ink().iter().map(|&v| f32::from(v) / 255.0).sum();
        let length = (30.4_f32 * 30.4 + 11.8 * 11.8).sqrt();
        let expected = 6.0 * length + std::f32::consts::PI * 9.0;
        assert!((area - expected).abs() < 0.02 * expected, "{area} for {expected}");
    }

    #[test]
    fn a_dot_is_round_and_where_it_was_put() {
        let sheet = drawn((20.5, 30.5), (20.5, 30.5), 2.0);
        let at = |x: usize, y: usize| sheet.ink()[y * SIDE + x];
        assert_eq!((at(20, 30), at(24, 30), at(20, 34)), (255, 0, 0));
        assert_eq!((at(22, 30), at(18, 30), at(20, 32)), (127, 127, 127));
    }

    #[test]
    fn ink_beyond_the_sheet_is_lost() {
        assert!(drawn((-30.0, -9.0), (-5.0, 90.0), 2.0).ink().iter().all(|&v| v == 0));
    }
}
