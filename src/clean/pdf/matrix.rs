//! Transformations of the plane, as PDF writes them (ISO 32000-1, 8.3.3).

use super::syntax::Object;

/// `[a b c d e f]`: a point (x, y) goes to (ax + cy + e, bx + dy + f).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix(pub(super) [f64; 6]);

impl Matrix {
    pub(super) const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    pub(super) fn moved(right: f64, up: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, right, up])
    }

    /// The matrix of six operands; numbers that are missing or no numbers are 0.
    pub(super) fn of(operands: &[Object]) -> Self {
        Self(std::array::from_fn(|place| operands.get(place).and_then(Object::number).unwrap_or(0.0)))
    }

    /// This one first, then `after`.
    pub(super) fn times(self, after: Self) -> Self {
        let (first, then) = (self.0, after.0);
        let row = |one: usize, two: usize| {
            [first[one] * then[0] + first[two] * then[2], first[one] * then[1] + first[two] * then[3]]
        };
        let ([right, up], [tilt, rise], [x, y]) = (row(0, 1), row(2, 3), row(4, 5));
        Self([right, up, tilt, rise, x + then[4], y + then[5]])
    }

    pub(super) fn apply(self, x: f64, y: f64) -> (f64, f64) {
        let by = &self.0;
        (by[0] * x + by[2] * y + by[4], by[1] * x + by[3] * y + by[5])
    }

    pub(super) fn origin(self) -> (f64, f64) {
        (self.0[4], self.0[5])
    }

    /// How long a step upwards becomes.
    pub(super) fn height(self) -> f64 {
        self.0[2].hypot(self.0[3])
    }
}
