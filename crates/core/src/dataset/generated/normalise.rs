//! MNIST's own normalisation: any drawing becomes 28 × 28 grey values that look as if NIST had scanned them.
//!
//! The box around the ink is scaled into 20 × 20 with its aspect ratio kept, every new pixel being the mean of the
//! area it covers; the result is then moved by whole pixels until its centre of mass lies in pixel (14, 14), counted
//! from 0, as it does in MNIST's images. Source: LeCun, Cortes and Burges, *The MNIST database*. The original
//! program is lost (Yadav and Bottou, *Cold Case: The Lost MNIST Digits*, 2019), so its resampling may have differed
//! in details. The same function serves whatever a visitor draws.

/// The side of the finished field, in pixels.
pub const FIELD: usize = 28;
/// The side of the square into which the ink is scaled, in pixels.
pub const BOX: usize = 20;

/// Scales and centres a drawing.
///
/// `ink`: rows × `columns`, row by row, 0 paper, 255 ink. Without any ink the field stays blank.
pub fn normalise(ink: &[u8], columns: usize, field: &mut [u8; FIELD * FIELD]) {
    field.fill(0);
    if let Some(bounds) = Bounds::of(ink, columns) {
        centre(&shrink(ink, columns, &bounds), field);
    }
}

/// The smallest rectangle which holds all the ink; the far edges are exclusive.
struct Bounds {
    left: usize,
    right: usize,
    top: usize,
    bottom: usize,
}

impl Bounds {
    fn of(ink: &[u8], columns: usize) -> Option<Self> {
        let mut bounds = Self { left: columns, right: 0, top: usize::MAX, bottom: 0 };
        for (y, row) in ink.chunks_exact(columns).enumerate() {
            let Some(first) = row.iter().position(|&v| v > 0) else { continue };
            let last = row.iter().rposition(|&v| v > 0).unwrap_or(first);
            bounds.left = bounds.left.min(first);
            bounds.right = bounds.right.max(last + 1);
            bounds.top = bounds.top.min(y);
            bounds.bottom = y + 1;
        }
        (bounds.bottom > 0).then_some(bounds)
    }
}

/// Area averaging, first along the columns, then along the rows: a source pixel gives every target pixel the share
/// of its ink that lies on it.
fn shrink(ink: &[u8], columns: usize, bounds: &Bounds) -> [[f32; BOX]; BOX] {
    let (width, height) = (bounds.right - bounds.left, bounds.bottom - bounds.top);
    let scale = BOX as f32 / width.max(height) as f32;
    let mut lines = vec![0.0; BOX * width]; // BOX × width: already low, still wide
    for y in 0..height {
        let row = &ink[(bounds.top + y) * columns + bounds.left..][..width];
        spread(y, scale, |to, share| {
            for (sum, &value) in lines[to * width..][..width].iter_mut().zip(row) {
                *sum += share * f32::from(value);
            }
        });
    }
    let mut target = [[0.0; BOX]; BOX];
    for x in 0..width {
        spread(x, scale, |to, share| {
            for (row, line) in target.iter_mut().zip(lines.chunks_exact(width)) {
                row[to] += share * line[x];
            }
        });
    }
    target
}

/// Lays source pixel `from` onto the target's axis: calls `give(pixel, length covered)`.
fn spread(from: usize, scale: f32, mut give: impl FnMut(usize, f32)) {
    let start = from as f32 * scale;
    let end = (start + scale).min(BOX as f32);
    let mut to = start as usize;
    while to < BOX && (to as f32) < end {
        give(to, end.min((to + 1) as f32) - start.max(to as f32));
        to += 1;
    }
}

/// Copies the box into the field, its centre of mass as near to the middle of pixel (14, 14) as whole pixels allow.
fn centre(ink: &[[f32; BOX]; BOX], field: &mut [u8; FIELD * FIELD]) {
    let (mut mass, mut x_moment, mut y_moment) = (0.0, 0.0, 0.0);
    for (y, row) in ink.iter().enumerate() {
        for (x, &value) in row.iter().enumerate() {
            mass += value;
            x_moment += value * x as f32;
            y_moment += value * y as f32;
        }
    }
    let middle = FIELD as f32 / 2.0;
    let right = (middle - x_moment / mass + 0.5).floor() as i32;
    let down = (middle - y_moment / mass + 0.5).floor() as i32;
    for (y, row) in ink.iter().enumerate() {
        for (x, &value) in row.iter().enumerate() {
            let (to_x, to_y) = (x as i32 + right, y as i32 + down);
            let inside = 0..FIELD as i32;
            if inside.contains(&to_x) && inside.contains(&to_y) {
                field[to_y as usize * FIELD + to_x as usize] = (value + 0.5).min(255.0) as u8;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Paper of 50 × 40 with a filled rectangle on it.
    fn rectangle(left: usize, top: usize, width: usize, height: usize) -> Vec<u8> {
        let mut ink = vec![0; 50 * 40];
        for y in top..top + height {
            ink[y * 50 + left..][..width].fill(255);
        }
        ink
    }

    fn normalised(ink: &[u8]) -> [u8; 784] {
        let mut field = [9; 784];
        normalise(ink, 50, &mut field);
        field
    }

    #[test]
    fn a_blank_sheet_stays_blank() {
        assert_eq!(normalised(&[0; 2000]), [0; 784]);
    }

    #[test]
    fn the_longer_side_fills_twenty_pixels_and_the_aspect_ratio_stays() {
        let field = normalised(&rectangle(3, 5, 10, 30));
        let columns = (0..28).filter(|x| (0..28).any(|y| field[y * 28 + x] > 0)).count();
        let rows = (0..28).filter(|y| (0..28).any(|x| field[y * 28 + x] > 0)).count();
        assert_eq!((columns, rows), (7, 20)); // 6.67 columns
    }

    #[test]
    fn where_it_was_drawn_and_how_large_makes_no_difference() {
        let small = normalised(&rectangle(3, 5, 5, 15));
        assert_eq!(small, normalised(&rectangle(30, 20, 5, 15)));
        assert_eq!(small, normalised(&rectangle(1, 2, 10, 30)));
    }

    #[test]
    fn the_centre_of_mass_lies_in_pixel_fourteen_fourteen() {
        let mut ink = rectangle(5, 5, 30, 6);
        for y in 5..35 {
            ink[y * 50 + 5..][..6].fill(255); // a Γ, which is heavy at the top left
        }
        let field = normalised(&ink);
        let mass: f32 = field.iter().map(|&v| f32::from(v)).sum();
        let moment = |along: fn(usize) -> usize| -> f32 {
            (0..784).map(|i| f32::from(field[i]) * along(i) as f32).sum::<f32>() / mass
        };
        assert!((moment(|i| i % 28) - 14.0).abs() <= 0.5 && (moment(|i| i / 28) - 14.0).abs() <= 0.5);
    }

    #[test]
    fn a_drawing_smaller_than_the_box_is_enlarged() {
        let field = normalised(&rectangle(7, 7, 4, 4));
        assert_eq!(field.iter().filter(|&&v| v == 255).count(), 400);
    }
}
