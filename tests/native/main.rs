//! All native tests in one binary.

#[cfg(test)]
mod applications;
