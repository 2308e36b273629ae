use super::*;
use proptest::prelude::*;

fn numbers(table: &Table, name: &str) -> Vec<Option<f64>> {
    match &table.column(name).unwrap().values {
        Values::Numbers(numbers) => numbers.clone(),
        Values::Categories { .. } => panic!("{name} holds words"),
    }
}

#[test]
fn howell_is_read_as_it_is_written() {
    let text = "\"height\";\"weight\";\"age\";\"male\"\n151.765;47.8256065;63;1\n139.7;36.4858065;63;0\n";
    assert_eq!(Dialect::of(text), Dialect { separator: ';', decimal_comma: false, header: true });
    let table = Table::read(text.as_bytes()).unwrap();
    assert_eq!(table.rows(), 2);
    assert_eq!(numbers(&table, "weight"), [Some(47.825_606_5), Some(36.485_806_5)]);
    assert_eq!(
        table.columns().iter().map(|c| c.name.as_str()).collect::<Vec<_>>(),
        ["height", "weight", "age", "male"]
    );
}

#[test]
fn missing_values_and_words_have_their_columns() {
    let text = "species,mass,sex\r\nAdelie,3750,male\r\nGentoo,NA,female\r\nAdelie,3800.5,\r\n";
    let table = Table::read(text.as_bytes()).unwrap();
    assert_eq!(numbers(&table, "mass"), [Some(3750.0), None, Some(3800.5)]);
    let sex = table.column("sex").unwrap();
    assert_eq!(sex.missing(), 1);
    assert_eq!(
        sex.values,
        Values::Categories {
            names: vec!["female".into(), "male".into()],
            places: vec![Some(1), Some(0), None],
        }
    );
}

#[test]
fn commas_tabs_quotes_marks_and_missing_headers_are_found_out() {
    let german = "\u{feff}Größe;Gewicht\n1.234,5;47,8\n139,7;36,5\n";
    assert!(Dialect::of(german.trim_start_matches('\u{feff}')).decimal_comma);
    let table = Table::read(german.as_bytes()).unwrap();
    assert_eq!(numbers(&table, "Größe"), [Some(1234.5), Some(139.7)]);

    let bare = "1\t2\n3\t4\n";
    let table = Table::read(bare.as_bytes()).unwrap();
    assert_eq!(numbers(&table, "column 2"), [Some(2.0), Some(4.0)]);

    let quoted = "name,n\n\"Smith, \"\"J\"\"\nof two lines\",1\n\n\"\",2\n";
    let table = Table::read(quoted.as_bytes()).unwrap();
    assert_eq!(table.rows(), 2);
    let Values::Categories { names, places } = &table.column("name").unwrap().values else { panic!() };
    assert_eq!(names, &["Smith, \"J\"\nof two lines"]);
    assert_eq!(places, &[Some(0), None]);
}

#[test]
fn points_between_the_parts_of_a_date_or_an_address_tell_nothing_of_commas() {
    let text = "Datum;Temp;Adresse\n01.02.2024;1.5;10.0.0.1\n02.02.2024;2.25;192.168.100.200\n";
    assert_eq!(Dialect::of(text), Dialect { separator: ';', decimal_comma: false, header: true });
    let table = Table::read(text.as_bytes()).unwrap();
    assert_eq!(numbers(&table, "Temp"), [Some(1.5), Some(2.25)]);
    assert!(matches!(table.column("Datum").unwrap().values, Values::Categories { .. }));

    let german = "Datum;Menge;Preis\n01.02.2024;1.234;1.234.567,5\n02.02.2024;12;0,25\n";
    let table = Table::read(german.as_bytes()).unwrap();
    assert!(matches!(table.column("Datum").unwrap().values, Values::Categories { .. }));
    assert_eq!(numbers(&table, "Menge"), [Some(1234.0), Some(12.0)]);
    assert_eq!(numbers(&table, "Preis"), [Some(1234567.5), Some(0.25)]);
}

#[test]
fn what_is_wrong_is_told_with_its_line() {
    let error = |text: &[u8]| Table::read(text).unwrap_err();
    let ragged = "a,b,c,d\n1,2,3,4\n\n1,2,3,4,5\n";
    assert_eq!(error(ragged.as_bytes()), TableError::TableFields { line: 4, found: 5, expected: 4 });
    assert_eq!(error(b"a,b\n1,2\n\xff,4\n"), TableError::TableNotUtf8 { line: 3 });
    assert_eq!(error(b"a,b\n1,\0\n"), TableError::TableNul { line: 2 });
    assert_eq!(error(b""), TableError::TableTooSmall { rows: 0, columns: 0 });
    assert_eq!(error(b"a,b\n1,2\n"), TableError::TableTooSmall { rows: 1, columns: 2 });
    assert_eq!(error(b"a\n1\n2\n"), TableError::TableTooSmall { rows: 2, columns: 1 });
    assert_eq!(error(b"a,b\nx,y\nz,w\n"), TableError::TableNoNumbers);
    let wide = ",".repeat(1_000_000);
    assert_eq!(error(wide.as_bytes()), TableError::TableColumns { found: 1_000_001, most: 100 });
    let long = "1,2\n".repeat(200_001);
    assert_eq!(error(long.as_bytes()), TableError::TableRows { most: 200_000 });
}

#[test]
fn infinities_and_dates_are_words_not_numbers() {
    let table = Table::read(b"day,n,m\n2024-01-02,inf,1\n2024-01-03,2,2\n").unwrap();
    assert!(matches!(table.column("day").unwrap().values, Values::Categories { .. }));
    assert!(matches!(table.column("n").unwrap().values, Values::Categories { .. }));
}

#[test]
fn names_that_come_again_get_a_number() {
    let table = Table::read(b"a,a,,a 2\n1,2,3,4\n5,6,7,8\n").unwrap();
    let names: Vec<_> = table.columns().iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["a", "a 2", "column 3", "a 2 2"]);
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = Table::read(&bytes);
    }

    #[test]
    fn no_text_makes_it_panic(text in "[-0-9a-c,;|\t\"\r\n. é]{0,200}") {
        if let Ok(table) = Table::read(text.as_bytes()) {
            for column in table.columns() {
                prop_assert!(column.missing() <= table.rows());
            }
        }
    }

    #[test]
    fn what_is_written_is_read_again(
        rows in proptest::collection::vec((-1e6..1e6_f64, 0..1000_u32), 2..40), separator in 0..4_usize, header in any::<bool>(),
    ) {
        let separator = [',', ';', '\t', '|'][separator];
        let mut text = if header { format!("first{separator}second\n") } else { String::new() };
        for (a, b) in &rows {
            text += &format!("{a}{separator}{b}\n");
        }
        let dialect = Dialect::of(&text);
        prop_assert_eq!(dialect, Dialect { separator, decimal_comma: false, header });
        let table = Table::read(text.as_bytes()).unwrap();
        // To fifteen digits: see `decimal`.
        for (found, (a, _)) in numbers(&table, if header { "first" } else { "column 1" }).into_iter().zip(&rows) {
            prop_assert!((found.unwrap() - a).abs() <= 1e-15 * a.abs(), "{found:?} {a}");
        }
    }
}
