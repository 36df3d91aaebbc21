//! What a sign beside an amount, or in a column of currencies, stands for.

use super::visible::visible;

/// Signs between which and a number no currency stands: they say that money comes or goes.
const DASHES: [char; 9] = ['-', '‐', '‑', '‒', '–', '—', '−', '﹣', '－'];

/// What accounts write behind an amount for its sign.
const SIDES: [&str; 2] = ["cr", "dr"];

/// Letters of a sign for a currency, at most.
const LONGEST_SIGN: usize = 4;

/// Signs and names that stand for one currency only.
const NAMES: [(&str, &str); 20] = [
    ("€", "EUR"),
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("£", "GBP"),
    ("₹", "INR"),
    ("₽", "RUB"),
    ("₩", "KRW"),
    ("₺", "TRY"),
    ("₴", "UAH"),
    ("₫", "VND"),
    ("₪", "ILS"),
    ("฿", "THB"),
    ("zł", "PLN"),
    ("us$", "USD"),
    ("円", "JPY"),
    ("元", "CNY"),
    ("원", "KRW"),
    ("руб", "RUB"),
    ("руб.", "RUB"),
    ("грн", "UAH"),
];

/// True for a dash of any kind, which before a number is a minus.
pub fn is_dash(character: char) -> bool {
    DASHES.contains(&character)
}

/// The code of the currency that a text stands for, if it stands for one only.
fn named(text: &str) -> Option<&'static str> {
    let text = text.to_lowercase();
    NAMES.iter().find(|(name, _)| *name == text).map(|&(_, code)| code)
}

/// Whether a text is the code of a currency, or a sign or name of that alone.
pub fn is_of(text: &str, code: &str) -> bool {
    text.eq_ignore_ascii_case(code) || named(text) == Some(code)
}

/// Whether a mapping may call a text the sign of its currency: nothing in it is a part of a
/// number, or tells a negative one.
pub fn may_be_symbol(text: &str) -> bool {
    let is_part = |c: char| c.is_numeric() || is_dash(c) || "+()[]{}<>,'’\"%_/".contains(c);
    let is_side = SIDES.iter().any(|side| text.trim().eq_ignore_ascii_case(side));
    !is_side && !text.contains(is_part) && text.contains(|c: char| c.is_alphabetic() || is_sign(c))
}

/// What to say of a sign beside an amount; none if nothing tells that it is of a currency.
pub fn hint(sign: &str, code: &str) -> Option<String> {
    let letters = sign.chars().count();
    let is_known = named(sign).is_some();
    let is_letter = letters == 1 && sign.chars().all(char::is_alphabetic);
    if !is_known && (!may_be_symbol(sign) || letters > LONGEST_SIGN || is_letter) {
        return None;
    }
    let is_code = letters == 3 && sign.bytes().all(|byte| byte.is_ascii_uppercase());
    Some(if (is_code || is_known) && !is_of(sign, code) {
        format!("; {} is another currency than {code}", visible(sign))
    } else {
        format!("; if {} stands for {code}, say so with currency_symbol", visible(sign))
    })
}

/// Unicode's signs of currencies.
pub fn is_sign(character: char) -> bool {
    matches!(character,
        // The backslash has the place of the yen sign in Japanese encodings.
        '\\' | '$' | '¢'..='¥' | '֏' | '؋' | '৲' | '৳' | '૱' | '௹' | '฿' | '៛'
        | '\u{20a0}'..='\u{20cf}' | '﷼' | '﹩' | '＄' | '￠' | '￡' | '￥' | '￦')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_numbers_are_none_of_currencies() {
        for sign in ["-", "–", "−", "－", "CR", "Dr", "%", "_", ".", "1", "(", "'", " ", "-$"]
        {
            assert!(!may_be_symbol(sign), "{sign}");
            assert_eq!(hint(sign, "EUR"), None, "{sign}");
        }
        for sign in ["e", "x"] {
            assert_eq!(hint(sign, "EUR"), None, "{sign}");
        }
        for sign in ["€", "kr.", "R$", "Fr. ", "EUR", "R", "zł"] {
            assert!(may_be_symbol(sign), "{sign}");
        }
    }

    #[test]
    fn what_stands_for_another_currency_is_called_so() {
        for (sign, code, words) in [
            ("USD", "EUR", "USD is another currency than EUR"),
            ("€", "USD", "€ is another currency than USD"),
            ("€", "EUR", "if € stands for EUR, say so with currency_symbol"),
            ("EUR", "EUR", "if EUR stands for EUR"),
            ("$", "CAD", "if $ stands for CAD"),
            ("kr", "NOK", "if kr stands for NOK"),
        ] {
            assert!(hint(sign, code).is_some_and(|hint| hint.contains(words)), "{sign}");
        }
        assert!(is_of("Euro", "EUR") && is_of("eur", "EUR") && !is_of("$", "USD"));
    }
}
