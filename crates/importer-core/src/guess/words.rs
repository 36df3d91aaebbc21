//! Names of columns as words: without capitals, accents and signs, so that `Bestell-Nr.` and
//! `bestell_nr` are the same.

/// Codes of currencies that names of columns end with; others are words of some language, too.
/// Set apart by `|`.
const CODES: &str = "eur|usd|gbp|chf|sek|nok|dkk|pln|czk|huf|ron|cad|aud|nzd|jpy|inr|\
    brl|mxn|zar|sgd|hkd|cny";

/// Words for "number", set apart by `|`.
const NUMBER: &str = "no|nr|num|nro|numero|nummer|number|n|numeros|cislo|numer|numarasi|numara";

/// The words of a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Its words in order.
    pub tokens: Vec<String>,
    /// The currency that it names, as a code.
    pub code: Option<String>,
}

/// How well a name fits a phrase, in percent; 0 if not at all.
pub type Fit = u8;

/// All words of the phrase and no other.
pub const EXACT: Fit = 100;

impl Words {
    /// Splits a name.
    pub fn of(name: &str) -> Self {
        let mut text = String::new();
        let mut before = ' ';
        let mut code = None;
        for character in name.chars() {
            if character.is_uppercase() && (before.is_lowercase() || before.is_ascii_digit()) {
                text.push(' ');
            }
            match character {
                '€' => code = Some("EUR".to_owned()),
                '£' => code = Some("GBP".to_owned()),
                '$' => code = Some("USD".to_owned()),
                _ => fold(character, &mut text),
            }
            before = character;
        }
        let mut tokens: Vec<String> = text.split_whitespace().map(alike).collect();
        // The capital within "MwSt" begins no word.
        if let Some(at) = tokens.windows(2).position(|pair| pair == ["mw", "st"]) {
            tokens.splice(at..at.saturating_add(2), ["mwst".to_owned()]);
        }
        let named = tokens.iter().position(|token| CODES.split('|').any(|code| code == token));
        if let Some(at) = named.filter(|_| tokens.len() > 1) {
            code = Some(tokens.remove(at).to_uppercase());
        }
        Self { tokens, code }
    }

    /// The words with blanks between them.
    pub fn text(&self) -> String {
        self.tokens.join(" ")
    }

    /// How well the name fits a phrase.
    pub fn fit(&self, phrase: &Self) -> Fit {
        let (own, wanted) = (&self.tokens, &phrase.tokens);
        if wanted.is_empty() || wanted.len() > own.len() {
            return 0;
        }
        if own == wanted {
            return EXACT;
        }
        let extra = u8::try_from(own.len().saturating_sub(wanted.len())).unwrap_or(u8::MAX);
        let is_short = wanted.len() == 1 && wanted[0].len() < 3;
        let base = if is_short {
            0
        } else if own.ends_with(wanted) {
            75_u8
        } else if own.starts_with(wanted) {
            70
        } else if own.windows(wanted.len()).any(|part| part == wanted) {
            60
        } else {
            0
        };
        base.saturating_sub(extra.saturating_mul(5))
    }

    /// The name without words that say whether tax is in it: "Order Total (inc tax)" is an order total.
    pub fn without_tax(&self) -> Option<Self> {
        const WITH: [&str; 9] =
            ["inc", "incl", "including", "ex", "exc", "excl", "excluding", "inkl", "exkl"];
        const TAX: [&str; 8] = ["tax", "taxes", "vat", "gst", "mwst", "ust", "btw", "tva"];
        if !self.has(&WITH) {
            return None;
        }
        let is_of_tax =
            |token: &&String| WITH.contains(&token.as_str()) || TAX.contains(&token.as_str());
        let tokens: Vec<String> =
            self.tokens.iter().filter(|token| !is_of_tax(token)).cloned().collect();
        (!tokens.is_empty()).then(|| Self { tokens, code: self.code.clone() })
    }

    /// Whether one of some words is among those of the name.
    pub fn has(&self, words: &[&str]) -> bool {
        self.tokens.iter().any(|token| words.contains(&token.as_str()))
    }

    /// The same of words that are set apart by `|`.
    pub fn has_any(&self, words: &str) -> bool {
        words.split('|').any(|word| self.has(&[word]))
    }

    /// The same as [`Self::has_part`] of parts that are set apart by `|`.
    pub fn has_any_part(&self, parts: &str) -> bool {
        parts.split('|').any(|part| self.has_part(&[part]))
    }

    /// Whether a word of the name begins or ends with one of some parts, as words that are put
    /// together do.
    pub fn has_part(&self, parts: &[&str]) -> bool {
        let within = |token: &String| {
            parts.iter().any(|part| token.starts_with(part) || token.ends_with(part))
        };
        self.tokens.iter().any(within)
    }
}

/// A word under the one name for all of its kind.
fn alike(token: &str) -> String {
    if NUMBER.split('|').any(|word| word == token) { "nr".to_owned() } else { token.to_owned() }
}

/// Adds a character as small letters without accents, or a blank.
fn fold(character: char, text: &mut String) {
    let plain = match character {
        '#' | '№' => " nr ",
        '%' => " percent ",
        'º' | '°' | 'ª' => "",
        'ß' | 'ẞ' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ø' | 'Ø' => "o",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' => "d",
        'ı' | 'İ' => "i",
        // An accent that stands for itself, behind its letter.
        '\u{300}'..='\u{36f}' => "",
        other => {
            for small in other.to_lowercase() {
                match bare(small) {
                    Some(letter) => text.push(letter),
                    None if small.is_alphanumeric() => text.push(small),
                    None => text.push(' '),
                }
            }
            return;
        }
    };
    text.push_str(plain);
}

/// A small letter without its accent.
fn bare(letter: char) -> Option<char> {
    Some(match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ą' | 'ă' => 'a',
        'ç' | 'č' | 'ć' => 'c',
        'ď' => 'd',
        'è' | 'é' | 'ê' | 'ë' | 'ę' | 'ě' | 'ē' | 'ė' => 'e',
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' => 'i',
        'ğ' => 'g',
        'ĺ' | 'ľ' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ő' => 'o',
        'ř' | 'ŕ' => 'r',
        'š' | 'ś' | 'ş' | 'ș' => 's',
        'ť' | 'ţ' | 'ț' => 't',
        'ù' | 'ú' | 'û' | 'ü' | 'ű' | 'ů' | 'ū' | 'ų' => 'u',
        'ý' | 'ÿ' => 'y',
        'ž' | 'ź' | 'ż' => 'z',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_same_without_capitals_accents_and_signs() {
        for (name, text) in [
            ("InvoiceNo", "invoice nr"),
            ("CustomerID", "customer id"),
            ("Bestell-Nr.", "bestell nr"),
            ("N° de commande", "nr de commande"),
            ("Nº pedido", "nr pedido"),
            ("Order #", "order nr"),
            ("Stückpreis", "stuckpreis"),
            ("amazon-order-id", "amazon order id"),
            ("Total (EUR)", "total"),
            ("price_usd", "price"),
            ("EUR", "eur"),
            ("MwSt.-Satz", "mwst satz"),
            ("Größe", "grosse"),
            ("\u{feff}Date\u{200b}", "date"),
            ("Číslo objednávky", "nr objednavky"),
            ("Sipariş Numarası", "siparis nr"),
            ("SİPARİŞ NO", "siparis nr"),
            ("C\u{30c}i\u{301}slo objedna\u{301}vky", "nr objednavky"),
            ("订单号", "订单号"),
            ("", ""),
        ] {
            assert_eq!(Words::of(name).text(), text, "{name}");
        }
        assert_eq!(Words::of("Umsatz in €").code.as_deref(), Some("EUR"));
        assert_eq!(Words::of("price_usd").code.as_deref(), Some("USD"));
    }

    #[test]
    fn the_whole_name_fits_best() {
        let fit = |name: &str, phrase: &str| Words::of(name).fit(&Words::of(phrase));
        assert_eq!(fit("Order ID", "order_id"), EXACT);
        assert!(fit("Billing City", "city") > fit("City of the shop", "city"));
        assert!(fit("Sub-Category", "category") < EXACT);
        assert_eq!(fit("Recorder", "order"), 0);
        assert_eq!(fit("order", "order id"), 0);
        assert_eq!(fit("ca total", "ca"), 0, "short words only count alone");
    }
}
