//! What looks like a secret and is none: places to fill in, examples, words, references.

/// Words in a value that say that another is to come, or that it is no secret.
const PLACEHOLDERS: &[&str] = &[
    "changeme",
    "changethis",
    "example",
    "placeholder",
    "replace",
    "insert",
    "dummy",
    "sample",
    "redacted",
    "todo",
    "fixme",
    "xxx",
    "yourkey",
    "yoursecret",
    "yourpass",
    "yourtoken",
    "yourapi",
    "yourown",
    "notasecret",
    "notsecret",
    "nosecret",
    "fake",
    "foobar",
    "1234567890",
    "0123456789",
    "abcdefgh",
    "qwerty",
    "somesecret",
    "supersecret",
    "topsecret",
    "verysecret",
    "mysecret",
    "secretkey",
    "keepthis",
    "setme",
    "fillme",
    "enteryour",
    "putyour",
    "addyour",
    "usereal",
    "testtest",
    "testing",
    "unittest",
    "password",
    "passwd",
];

/// Values that are nothing but what they are called, or a default that everybody knows.
const PLAIN: &[&str] = &[
    "dev",
    "test",
    "secret",
    "password",
    "passwd",
    "pass",
    "none",
    "null",
    "true",
    "false",
    "default",
    "root",
    "admin",
    "user",
    "username",
    "postgres",
    "mysql",
    "guest",
    "empty",
    "unset",
    "required",
    "optional",
    "hidden",
    "string",
    "development",
    "production",
    "local",
    "localhost",
    "token",
    "key",
    "apikey",
    "private",
    "public",
    "pwd",
];

/// Whether a value waits for another, is taken from elsewhere, or is a word.
pub(super) fn is_placeholder(value: &str) -> bool {
    is_reference(value) || is_known(value)
}

/// Whether a value is a word that stands in for a secret, as anybody would guess it.
pub(super) fn is_known(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let plain: String = lower.chars().filter(char::is_ascii_alphanumeric).collect();
    PLAIN.contains(&plain.as_str()) || PLACEHOLDERS.iter().any(|word| plain.contains(word)) || is_repeated(&plain)
}

/// Whether a value is put together from something else, as `${NAME}`, `{{ name }}` or `%(name)s`.
pub(super) fn is_reference(value: &str) -> bool {
    let parts = ["%(", "$(", "%s", "..."].iter().any(|mark| value.contains(mark));
    let whole = |mark: &str| value.starts_with(mark) && value.ends_with(mark);
    parts || value.starts_with('$') || whole("%") || whole("*") || whole("__") || is_template(value)
}

/// Whether a value is filled in by a template: a random key may have a `$` or a `%` in it.
pub(super) fn is_template(value: &str) -> bool {
    let marks = ["${", "{{", "{%", "<%"].iter().any(|mark| value.contains(mark));
    let whole = |open: char, close: char| value.starts_with(open) && value.ends_with(close);
    marks || whole('<', '>') || whole('{', '}') || whole('[', ']') || value.contains("%(") && value.contains(")s")
}

fn is_repeated(value: &str) -> bool {
    let mut chars = value.chars();
    let first = chars.next();
    first.is_none() || chars.all(|char| Some(char) == first)
}

/// Shannon's entropy, in bits for each character.
pub(super) fn entropy(value: &str) -> f64 {
    let mut counts = [0_u32; 256];
    let mut total = 0_u32;
    for byte in value.bytes() {
        if let Some(count) = counts.get_mut(usize::from(byte)) {
            *count += 1;
            total += 1;
        }
    }
    let share = |count: u32| f64::from(count) / f64::from(total);
    counts.iter().filter(|count| **count > 0).map(|count| -share(*count) * share(*count).log2()).sum()
}

/// Whether a value is as random as what a machine makes: other values are words or paths.
pub(super) fn is_random(value: &str) -> bool {
    entropy(value) >= if value.len() >= 20 { 3.0 } else { 2.5 }
}

/// Whether a value may be a password that a person made up: no sentence, no name of a module, a
/// field or a file, no address, and not all letters.
pub(super) fn is_password(value: &str) -> bool {
    let has = |test: fn(&char) -> bool| value.chars().any(|char| test(&char));
    let digits = has(char::is_ascii_digit);
    let special = value.chars().any(|char| char.is_ascii_punctuation() && !"._-/:".contains(char));
    let cases = has(char::is_ascii_uppercase) && has(char::is_ascii_lowercase);
    (6..=256).contains(&value.len())
        && value.is_ascii()
        && !value.contains(char::is_whitespace)
        && !value.contains("://")
        && !value.contains('(')
        && (digits || special && cases)
        && has(char::is_ascii_alphabetic)
        && !is_name(value)
        && is_random(value)
}

/// Whether a value reads as names put together with digits at most at the end of one, as
/// `auth.views.password_reset2` or `id_password1`.
fn is_name(value: &str) -> bool {
    let parts = value.split(['.', '_', '-', '/', ':']);
    parts.clone().count() > 1
        && parts.clone().all(|part| {
            let letters = part.trim_end_matches(|char: char| char.is_ascii_digit());
            part.len() - letters.len() <= 2 && letters.chars().all(|char| char.is_ascii_lowercase())
        })
}
