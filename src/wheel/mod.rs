//! Wheels: what their names say, which Python takes them, and what they put where.
//!
//! A wheel is a ZIP that is laid into the folder Python imports from, after a few rules: this room
//! knows the rules, and nothing of ZIPs. Source: "Binary distribution format" of the Python
//! Packaging User Guide.

mod layout;
mod name;
mod note;
mod record;
mod release;
mod tags;

pub use layout::{Damage, Layout, Left, layout};
pub use name::{NAME_ENDS, WheelName};
pub use note::Note;
pub use record::{Recorded, record};
pub use release::newer;
pub use tags::{fits, is_for_windows, wanted};
