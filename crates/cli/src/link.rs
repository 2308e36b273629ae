//! The page's address as an argument. What the page would replace with a notice is refused here: a command
//! that runs another experiment than it was asked for helps nobody.

use brainbow::experiment::{Link, Notice, NoticeKind, parse_link};

use crate::failure::Failure;
use crate::suggestion;

/// All keys that a link may have, those of one optimizer included.
const KEYS: [&str; 39] = [
    "v",
    "data",
    "digits",
    "points",
    "noise",
    "draw",
    "f",
    "from",
    "to",
    "table",
    "target",
    "inputs",
    "rows",
    "missing",
    "csv",
    "fingerprint",
    "classes",
    "hidden",
    "act",
    "init",
    "drop",
    "loss",
    "opt",
    "momentum",
    "rho",
    "beta1",
    "beta2",
    "epsilon",
    "weightDecay",
    "lr",
    "warmup",
    "decay",
    "l2",
    "batch",
    "epochs",
    "stop",
    "scale",
    "seed",
    "val",
];

/// Reads a whole address or what stands behind its `#`.
pub fn read(text: &str) -> Result<Link, Failure> {
    let (address, behind) = text.split_once('#').unwrap_or(("", text));
    if address.is_empty() && behind.contains("://") {
        return Err(Failure::Usage(format!(
            "{text} has no # with an experiment behind it. Copy the address from the page while it learns."
        )));
    }
    // The page's language is no part of the run.
    let parts: Vec<_> = behind.split('&').filter(|part| !part.starts_with("lang=")).collect();
    let link = parse_link(&parts.join("&"));
    match link.notices.first() {
        None => Ok(link),
        Some(notice) => Err(Failure::Usage(format!("The link can't be used: {}", sentence(notice)))),
    }
}

fn sentence(Notice { kind, key, found, used, why }: &Notice) -> String {
    match kind {
        NoticeKind::Newer => {
            format!("it was written by a later Brainbow (v={found}, this one reads v={used}). Update it.")
        }
        NoticeKind::Clamped => format!("`{key}={found}` is out of range; the nearest allowed is {used}."),
        NoticeKind::Refused if let Some(why) = why => {
            format!("`{key}={found}` can't be learned from: {why}.")
        }
        NoticeKind::Refused if used.is_empty() => format!("`{key}={found}` is not understood."),
        NoticeKind::Refused => format!("`{key}={found}` is not understood; without it, {used} is used."),
        NoticeKind::Unknown if KEYS.contains(&key.as_str()) => {
            format!("`{key}` says nothing to the data set or the optimizer that it names.")
        }
        NoticeKind::Unknown => {
            format!("it knows no `{key}`; {}", suggestion::instead(key, &KEYS))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        read(text).unwrap_err().to_string()
    }

    #[test]
    fn an_address_and_its_end_are_the_same_experiment() {
        let whole = read("https://example.org/lab/?x=1#v=1&data=mnist&hidden=30&lang=es").unwrap();
        assert_eq!(whole, read("data=mnist&hidden=30").unwrap());
        assert_eq!(whole, read("#data=mnist&hidden=30").unwrap());
    }

    #[test]
    fn what_the_page_would_replace_is_refused_with_what_to_do() {
        assert!(refused("hiden=30").ends_with("it knows no `hiden`; did you mean `hidden`?"));
        assert!(refused("epochs=100000").ends_with("out of range; the nearest allowed is 10000."));
        assert!(refused("opt=sgd&momentum=0.5").contains("says nothing to the data set or the optimizer"));
        assert!(refused("data=moons&f=x").contains("`f` says nothing to the data set or the optimizer"));
        assert!(refused("v=9").contains("later Brainbow"));
        assert!(refused("https://example.org/").contains("no #"));
        let words = "data=table&table=mine&target=y&inputs=x&csv=x,y~0,low~1,high~2,low";
        assert!(
            refused(words)
                .ends_with(r#"`table=mine` can't be learned from: column "y" holds words, not numbers."#)
        );
    }

    /// Keys of other optimizers and other data.
    const OF_OTHERS: &str =
        "momentum rho points noise draw f from to table target inputs rows missing csv fingerprint";

    #[test]
    fn every_key_is_one_that_the_engine_reads() {
        for key in KEYS {
            let link = parse_link(&format!("opt=adamw&{key}=?"));
            let unknown = link.notices.iter().any(|notice| notice.kind == NoticeKind::Unknown);
            assert_eq!(unknown, OF_OTHERS.split(' ').any(|other| other == key), "{key}");
        }
    }
}
