//! One native test binary: what users see, laws, hostile input, and the shape of the tree.

mod archive;
mod hostile;
