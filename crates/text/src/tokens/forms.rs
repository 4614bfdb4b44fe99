//! Lists of forms that decide where a word ends, counted in the train halves of the EWT and GUM treebanks.

/// Prefixes that keep their hyphen.
pub(super) const PREFIXES: &[&str] = &[
    "non", "e", "anti", "re", "co", "pre", "pro", "mid", "cross", "post", "over", "semi", "multi", "ex",
    "sub", "counter", "mini", "socio", "inter", "intra", "micro", "un", "arch",
];

/// Words written together, and contractions that lost their apostrophe; a bar where they are cut.
pub(super) const JOINED: &[&str] = &[
    "can|not", "gon|na", "got|ta", "wan|na", "wan|a", "lot|ta", "out|ta", "du|n|no", "gim|me", "lem|me",
    "i|'m|a", "i|m|a", "y'|all", "do|nt", "does|nt", "did|nt", "is|nt", "was|nt", "are|nt", "ar|nt",
    "were|nt", "ai|nt", "have|nt", "has|nt", "had|nt", "ca|nt", "wo|nt", "could|nt", "would|nt", "should|nt",
    "must|nt", "i|m", "i|ve", "you|re", "you|ve", "you|ll", "they|re", "they|ve", "they|ll", "we|ve",
    "it|ll", "that|ll", "could|ve", "should|ve", "would|ve", "that|s", "there|s", "here|s", "what|s",
    "where|s", "how|s", "who|s", "he|s", "she|s", "let|s", "else|s", "today|s", "yesterday|s", "children|s",
    "women|s",
];

/// Words behind "its" that show it to be "it" and "s".
pub(super) const AFTER_IT_IS: &[&str] = &[
    "a", "an", "the", "not", "been", "really", "like", "just", "for", "from", "getting", "going",
    "definitely", "also", "too", "so", "because", "this", "that", "no",
];

/// Words that open a sentence stuck to the point before it ("small.but").
pub(super) const STUCK: &[&str] =
    &["and", "but", "i", "im", "they", "the", "we", "this", "that", "then", "when", "if", "also", "lol"];

/// Measures written close to their number.
pub(super) const UNITS: &[&str] = &[
    "km", "m", "M", "mm", "MM", "cm", "kg", "ft", "lb", "lbs", "Hz", "kHz", "MHz", "GHz", "am", "AM", "pm",
    "PM", "bn", "mn", "b", "B", "k", "K", "t", "x", "f", "F", "p", "mph", "kph", "KB", "MB", "GB", "gb",
    "TB", "kW", "MW", "hr", "hrs", "min", "mins", "minutes", "hours", "yrs", "watt", "watts", "hh", "sqft",
];

/// Words cut short that stand with a small initial too, without their point.
pub(super) const SHORTENED: &[&str] = &[
    "vs", "inc", "co", "corp", "ltd", "dept", "est", "approx", "fig", "vol", "pp", "cit", "eds", "ed", "esp",
    "ext", "attn", "div", "lbs", "tel", "govt", "assn", "mlle", "mme", "messrs", "blvd", "ave", "eg", "ph.d",
    "m.sc", "jr", "sr", "mr", "mrs", "ms", "dr", "prof", "st", "rd", "mt", "ft",
];

/// Words cut short that have a capital: ranks, titles, months, days.
pub(super) const SHORTENED_NAMES: &[&str] = &[
    "Gen", "Col", "Lt", "Maj", "Capt", "Cpt", "Sgt", "Cmdr", "Brig", "Adm", "Gov", "Sen", "Sens", "Rep",
    "Reps", "Rev", "Hon", "Pres", "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct",
    "Nov", "Dec", "Mon", "Tue", "Tues", "Wed", "Thu", "Thur", "Thurs", "Fri", "Sat", "Sun", "Sec", "Conf",
    "Bros", "Univ",
];

/// Ends of names of files and of hosts.
pub(super) const FILE_ENDS: &[&str] = &[
    "doc", "docx", "xls", "xlsx", "pdf", "ppt", "txt", "zip", "jpg", "jpeg", "gif", "png", "htm", "html",
    "exe", "mp3", "mp4", "csv", "com", "org", "net", "edu", "gov", "mil",
];

/// Faces made of marks, as whole stretches between spaces; the others have eyes, perhaps a nose, and a mouth.
pub(super) const FACES: &[&str] =
    &["^_^", "^^", "-_-", "<3", ">:(", ">:)", ":'(", "(:", "(-:", "(;", ":/", ":-/", ":\\", ":|"];
