//! Packs Python web applications for IIS and Web Deploy.

pub mod contents;
pub mod detect;
pub mod diagnostic;
pub mod fix;
pub mod limits;
pub mod model;
pub mod path;
pub mod pipeline;
pub mod python;
pub mod report;
pub mod rules;
#[cfg(test)]
mod testing;
pub mod text;
pub mod tree;
pub mod xml;
