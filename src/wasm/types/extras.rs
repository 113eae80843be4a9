//! What a person asks for beyond the application itself, as it comes from JavaScript.

use serde::Deserialize;
use tsify::Tsify;

use super::FromJs;

from_js! {
    /// A script that sets up a database.
    pub struct DatabaseAnswer {
        /// The file, below the application's root.
        pub script: String,
        /// What runs it; absent when the script shows it.
        #[serde(default)]
        #[tsify(optional, type = "\"SQL\" | \"MySQL\"")]
        pub engine: Option<String>,
        /// The setting of the application that gets the address of the database: `DATABASE_URL`.
        #[serde(default)]
        #[tsify(optional)]
        pub setting: Option<String>,
        /// The address, with `{server}`, `{database}`, `{user}` and `{password}`, when it is not
        /// `mssql://` or `mysql://` with these.
        #[serde(default)]
        #[tsify(optional)]
        pub url: Option<String>,
    }

    /// A folder whose files are served as they are.
    pub struct StaticFolderAnswer {
        /// What their addresses begin with: `/static/`.
        pub url: String,
        /// Below the application's root.
        pub folder: String,
    }

    /// A copy.
    pub struct AliasAnswer {
        /// A file below the application's root, or at the root of the package.
        pub from: String,
        /// Where the copy will be, below the application's root.
        pub to: String,
    }

    /// A question of the installer.
    pub struct ParameterAnswer {
        /// The name of the parameter.
        pub name: String,
        /// What people see instead.
        #[serde(default)]
        #[tsify(optional)]
        pub friendly_name: Option<String>,
        /// What people read beside it.
        #[serde(default)]
        #[tsify(optional)]
        pub description: Option<String>,
        /// What stands in the field at first; not of a password.
        #[serde(default)]
        #[tsify(optional)]
        pub default: Option<String>,
        /// Whether it is a password.
        #[serde(default)]
        #[tsify(optional)]
        pub password: Option<bool>,
        /// Which answers are accepted.
        #[serde(default)]
        #[tsify(optional)]
        pub validation: Option<ValidationAnswer>,
        /// What the answer replaces.
        pub target: ParameterTarget,
    }

    /// Which answers an installer accepts.
    pub struct ValidationAnswer {
        /// `AllowEmpty`, `Boolean`, `Enumeration`, `RegularExpression`; several with a comma between them.
        pub r#type: String,
        /// The values with commas between them, or the expression.
        #[serde(default)]
        #[tsify(optional)]
        pub value: Option<String>,
    }

    /// What an answer replaces: `{ appSetting }`, `{ file, xpath }` or `{ file, match }`.
    pub struct ParameterTarget {
        /// The value of a setting in web.config.
        #[serde(default)]
        #[tsify(optional)]
        pub app_setting: Option<String>,
        /// A file, below the application's root.
        #[serde(default)]
        #[tsify(optional)]
        pub file: Option<String>,
        /// What finds the elements or attributes in it.
        #[serde(default)]
        #[tsify(optional)]
        pub xpath: Option<String>,
        /// The expression that finds the text in it.
        #[serde(default)]
        #[tsify(optional)]
        pub r#match: Option<String>,
    }
}
