//! LAY031: a database file with somebody's data in it.

use crate::diagnostic::{Diagnostic, Location};
use crate::fix::{Edit, Fix};
use crate::limits;
use crate::rules::support::shown;
use crate::rules::{Context, own, sqlite};

declare_rule! {
    /// ## What it does
    /// Looks into the files of SQLite for tables that have rows.
    /// What Django and Alembic note about themselves does not count: a database that was only made and migrated is left alone.
    ///
    /// ## Why it matters
    /// The rows of the developer's machine are in the package: accounts with their passwords' hashes, sessions, orders.
    /// Everybody who has the package can read them, and visitors may be able to download the file.
    /// When the package is installed again, the file of the server is replaced by it.
    ///
    /// ## Example
    /// ```text
    /// shop/db.sqlite3 with rows in auth_user
    /// ```
    ///
    /// ## Use instead
    /// ```text
    /// shop/manage.py, whose migrate makes the database on the server
    /// ```
    ///
    /// ## Fix
    /// Leaves the file out; please review it, since the application may need what is in it.
    ///
    /// ## References
    /// - SQLite, "Database File Format"
    /// - Microsoft, "Windows Web Application Gallery Principles": applications are safe
    "layout/database-with-data", LAY031, gallery: Warning, webdeploy: Warning
}

const ENDINGS: [&str; 5] = ["sqlite3", "sqlite", "db", "db3", "s3db"];

/// How many tables are named.
const NAMED: usize = 3;

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let may_be = |path: &crate::path::PackagePath| ENDINGS.contains(&path.extension().as_str());
    for entry in own::files(cx).filter(|entry| entry.size >= 512 && may_be(&entry.path)) {
        let magic = cx.contents.head(&entry.path, 16).is_some_and(|head| sqlite::is_database(&head));
        if !magic {
            continue;
        }
        let Some(bytes) = cx.contents.head(&entry.path, limits::DATABASE_BYTES) else { continue };
        let tables = sqlite::tables_with_rows(&bytes);
        if tables.is_empty() {
            continue;
        }
        let name = shown(entry.path.as_str());
        let edit = Edit::Remove { path: entry.path.clone() };
        out.push(
            Diagnostic::new(Location::file(&entry.path), format!("`{name}` has data in it: {}", told(&tables)))
                .consequence(
                    "Everybody who has the package can read the rows, and an update replaces the server's file by this one.",
                )
                .help("Leave it out when the application makes its database itself, or empty it.")
                .fix(Fix::review(format!("Leave out `{name}`"), vec![edit])),
        );
    }
}

fn told(tables: &[String]) -> String {
    let named: Vec<String> = tables.iter().take(NAMED).map(|name| format!("`{}`", shown(name))).collect();
    match tables.len().saturating_sub(NAMED) {
        0 => format!("rows in {}", named.join(", ")),
        1 => format!("rows in {} and 1 more table", named.join(", ")),
        more => format!("rows in {} and {more} more tables", named.join(", ")),
    }
}
