//! Packs Python web applications for IIS and Web Deploy.

pub mod archive;
pub mod contents;
pub mod diagnostic;
pub mod fix;
pub mod limits;
pub mod path;
pub mod python;
pub mod text;
pub mod tree;
pub mod xml;
