//! One line for each kind of secret, and one for what only looks like it. What is found stands
//! between guillemets.

use super::*;

fn marked(text: &str, flavour: Flavour) -> String {
    let mut out = text.to_owned();
    for secret in find(text, flavour).into_iter().rev() {
        out.insert(secret.span.end, '»');
        out.insert(secret.span.start, '«');
    }
    out
}

fn check(flavour: Flavour, lines: &[&str]) {
    for line in lines {
        let text = line.replace(['«', '»'], "");
        assert_eq!(marked(&text, flavour), **line);
    }
}

fn kinds(text: &str, flavour: Flavour) -> Vec<Kind> {
    find(text, flavour).into_iter().map(|secret| secret.kind).collect()
}

#[test]
fn finds_the_tokens_of_services() {
    // Taken apart, so that nobody who scans this file takes them for real ones.
    let body = "R4nD0mZ9yX8wV7uT6sR5qP4oN3mL2kJ1hG0f";
    let hex = "3f9a1c7be2d84056a1b9c3d7e5f60248";
    for (token, service) in [
        (format!("AKIA{}", "Z7XQ4MND2RT5WLK3"), "Amazon Web Services"),
        (format!("ghp_{body}"), "GitHub"),
        (format!("github_pat_{body}_{body}"), "GitHub"),
        (format!("glpat-{}", &body[..20]), "GitLab"),
        (format!("xoxb-123456789-{}", &body[..24]), "Slack"),
        (format!("sk_live_{}", &body[..24]), "Stripe"),
        (format!("SG.{}.{body}1234567", &body[..22]), "SendGrid"),
        (format!("SK{hex}"), "Twilio"),
        (format!("npm_{body}"), "npm"),
        (format!("pypi-AgEIcHlwaS5vcmc{body}{body}"), "PyPI"),
        (format!("AIza{}", &body[..35]), "Google"),
        (format!("key-{hex}"), "Mailgun"),
        (format!("hf_{}", &body[..34]), "Hugging Face"),
        (format!("12345678:AA{}", &body[..33]), "Telegram"),
        (format!("eyJhbGciOiJIUzI1NiJ9.eyJ1c2VyIjoiYW5uYSJ9{body}.{body}"), "JSON Web Token"),
    ] {
        for text in [format!("TOKEN = '{token}'"), format!("x({token})"), token.clone(), format!("API_TOKEN={token}\n")]
        {
            let found = find(&text, Flavour::Settings);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(found[0].kind, Kind::Token(service), "{text}");
            let shown = text.find(&token).unwrap() + 4;
            assert!(found[0].span.start <= shown, "{text}");
        }
    }
}

#[test]
fn takes_no_word_or_example_for_a_token() {
    check(
        Flavour::Settings,
        &[
            "AKIAIOSFODNN7EXAMPLE",
            "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            "sk_live_............",
            "key-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "sk_learn_pipeline_with_a_long_name_of_things",
            "npm_config_registry_is_a_variable_not_a_token_at_all",
            "SKILLS and SKIN",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
            "sha512-R4nD0mZ9yX8wV7uT6sR5qP4oN3mL2kJ1hG0fR4nD0mZ9yX8wV7uT6sR5qP4oN3mL2kJ1hG0f==",
            "d41d8cd98f00b204e9800998ecf8427e",
            "3f9a1c7b-e2d8-4056-a1b9-c3d7e5f60248",
            "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg==",
        ],
    );
}

#[test]
fn finds_values_by_their_names() {
    check(
        Flavour::Code,
        &[
            "SECRET_KEY = '«k7#o1v2»'",
            "SECRET_KEY: str = r\"«9f$h2!kd»\"  # here",
            "app.config['SECRET_KEY'] = '«k7#o1v2%(3»'",
            "app.secret_key = b'«_5#y2L\\x01»'",
            "'''x''' + \"\"\"y\"\"\"\nSECRET_KEY = '«k7#o1v2»'",
            "SECRET_KEY = \"\"\"«k7#o1v2»\"\"\"\nDB_PASSWORD = '«Tr0ub4dor&3»'",
            "DB = {'PASSWORD': '«Tr0ub4dor&3»'}",
            "connect(user='shop', password='«Tr0ub4dor&3»')",
            "os.environ.setdefault('DB_PASSWORD', '«Tr0ub4dor&3»')",
            "STRIPE_API_KEY = '«51HxQ7vZ2eKlo2C0aBcDeF»'",
            "AWS_SECRET_ACCESS_KEY = '«wJalrXUtnFEMI/K7MDENG/bPxRfiCYzq8Lm2Nv5T»'",
        ],
    );
    check(
        Flavour::Settings,
        &[
            "DB_PASSWORD=«Tr0ub4dor&3»\nDEBUG=1",
            "export API_KEY=\"«51HxQ7vZ2eKlo2C0aBcDeF»\"",
            "password: «Tr0ub4dor&3» # of the shop",
            "\"client_secret\": \"«51HxQ7vZ2eKlo2C0aBcDeF»\",",
            "<add key=\"SECRET_KEY\" value=\"«k7#o1v2»\" />",
            "//registry.example.net/:_authToken=«51HxQ7vZ2eKlo2C0aBcDeF»",
        ],
    );
}

#[test]
fn takes_no_label_place_or_reference_for_a_secret() {
    check(
        Flavour::Code,
        &[
            "SECRET_KEY = os.environ['SECRET_KEY']",
            "SECRET_KEY = ''",
            "SECRET_KEY = '{{ secret_key }}'",
            "if SECRET_KEY == 'k7#o1v2':",
            "password = getpass('Enter your password: ')",
            "password = form.cleaned_data['password1']",
            "'password': 'Password2 of the user',",
            "password_reset_url = '/accounts/password/reset/key/1/'",
            "PASSWORD_HASHERS = ['django.contrib.auth.hashers.MD5PasswordHasher']",
            "AUTH_PASSWORD_VALIDATORS = 'Xy9$kk2Lm'",
            "password='changeme123'",
            "password = '<Password1!>'",
            "API_KEY = 'your-api-key-0123'",
            "API_KEY = 'xxxxxxxxxxxxxxxxxxxxxxxx1'",
            "'HTTP_API_KEY': 'X-Api-Key',",
            "password=\"%s1Aa\" % value",
            "csrf_token = 'kd83jsd82jsdKD83jsd'",
            "template = 'registration/password_change2.html'",
            "password: str",
            "\"\"\"Sign in:\n\npassword = 'Tr0ub4dor&3'\n\"\"\"",
            "SESSION_KEY = 'checkout_data'",
            "def login(password: str = None, name='Xy9$kk2Lm'):",
        ],
    );
    check(
        Flavour::Settings,
        &[
            "DB_PASSWORD=",
            "DB_PASSWORD=${DB_PASSWORD}",
            "DB_PASSWORD=changeme",
            "password: '{{ vault_pass1 }}'",
            "password = <password>",
        ],
    );
    check(Flavour::Script, &["var password = 'Tr0ub4dor&3';"]);
}

#[test]
fn tells_a_fallback_from_the_key_itself() {
    for text in ["K = environ.get('SECRET_KEY', 'k7#o1v2')", "K = config(\"SECRET_KEY\", default=\"k7#o1v2\")"] {
        assert_eq!(kinds(text, Flavour::Code), [Kind::FallbackKey], "{text}");
    }
    for text in
        ["SECRET_KEY = 'dev'", "SECRET_KEY='changeme'", "SECRET_KEY = 'my-secret-key'", "secret_key = 'shh, a key'"]
    {
        assert_eq!(kinds(text, Flavour::Code), [Kind::PlainKey], "{text}");
    }
    for key in ["django-insecure-4$h2k!d93jf0s8a7d6f5g4h3j2k1l0", "2%(k$s)=__x+f9d8", "$p1u7wa@m3"] {
        assert_eq!(kinds(&format!("SECRET_KEY = '{key}'"), Flavour::Code), [Kind::SigningKey], "{key}");
    }
}

#[test]
fn finds_private_keys_but_no_certificates() {
    let body = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7";
    for kind in ["RSA PRIVATE KEY", "PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "OPENSSH PRIVATE KEY"] {
        let text = format!("-----BEGIN {kind}-----\n{body}\n-----END {kind}-----\n");
        assert_eq!(kinds(&text, Flavour::Script), [Kind::PrivateKey], "{kind}");
        let json = format!("{{\"private_key\": \"-----BEGIN {kind}-----\\n{body}\\n-----END {kind}-----\\n\"}}");
        assert_eq!(kinds(&json, Flavour::Settings), [Kind::PrivateKey], "{kind}");
    }
    check(
        Flavour::Code,
        &[
            "-----BEGIN CERTIFICATE-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7\n-----END CERTIFICATE-----",
            "-----BEGIN PUBLIC KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7\n-----END PUBLIC KEY-----",
            "text.startswith('-----BEGIN RSA PRIVATE KEY-----')\n\n-----END",
        ],
    );
}

#[test]
fn finds_passwords_in_addresses_and_connection_strings() {
    check(
        Flavour::Settings,
        &[
            "DATABASE_URL=postgres://shop:«Tr0ub4dor»@db.shop.net:5432/shop",
            "git+https://anna:«hunter22»@code.shop.net/x.git",
            "redis://:«Tr0ub4dor»@cache.shop.net/0",
            "value=\"Server=db;Uid=shop;Pwd=«hunter22»;Database=x\"",
            "AccountName=shop;AccountKey=«3kd9JS82jd83JSKD93jsd82KSDJ93jsdk29SJD83jsd92KD83jsdk29Sx8w==»;",
        ],
    );
    check(
        Flavour::Settings,
        &[
            "postgres://user:password@localhost/shop",
            "postgres://postgres:postgres@db/shop",
            "https://user:hunter22@example.com/",
            "postgres://{user}:{password}@{host}/",
            "https://shop.net/a:b@c",
            "http://shop.net:8000/x@y",
            "Server=db;Uid=shop;Pwd={dbPassword};",
        ],
    );
}

#[test]
fn takes_a_line_for_each_place_however_long_it_is() {
    let text = "password=".repeat(4_000);
    assert_eq!(find(&text, Flavour::Settings), []);
    let text = "://a:".repeat(4_000);
    assert_eq!(find(&text, Flavour::Settings), []);
    let text = "a".repeat(1_000_000);
    assert_eq!(find(&text, Flavour::Code), []);
}

#[test]
fn knows_how_a_file_writes_its_values() {
    for (name, flavour) in [
        ("settings.py", Some(Flavour::Code)),
        (".env", Some(Flavour::Settings)),
        (".env.production", Some(Flavour::Settings)),
        (".env.example", None),
        ("settings_example.py", None),
        ("dummycert.pem", None),
        ("server.key", Some(Flavour::Script)),
        ("app.min.js", None),
        ("package-lock.json", None),
        ("README.md", None),
        ("test_settings.py", None),
        ("distance.py", Some(Flavour::Code)),
    ] {
        assert_eq!(Flavour::of(name), flavour, "{name}");
    }
}

#[test]
fn hides_every_password_in_an_address() {
    let shown = |line: &str| {
        super::address_passwords(line).iter().map(|span| line[span.start..span.end].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(shown("a = 'postgresql://admin:Sup3r@db.example.com/x' # redis://:p4ss@host"), ["Sup3r", "p4ss"]);
    assert_eq!(shown("see http://example.com:80/a@b and https://user@host"), Vec::<String>::new());
}
