let germanData = LocaleData(
    femaleNames: list(
        """
        Adelheid, Agnes, Alexandra, Alina, Amelie, Andrea, Angela, Angelika, Anja, Anke, Anna, Anneliese, Annette,
        Antje, Astrid, Barbara, Bärbel, Beate, Bettina, Birgit, Brigitte, Britta, Carla, Carolin, Charlotte, Christa,
        Christina, Clara, Claudia, Cordula, Cornelia, Dagmar, Daniela, Doris, Dorothea, Edith, Elena, Elfriede,
        Elisabeth, Elke, Ella, Elsa, Emilia, Emma, Erika, Esther, Eva, Felicitas, Finja, Franziska, Frauke, Frieda,
        Gabriele, Gerda, Gertrud, Gisela, Greta, Gudrun, Hanna, Hannelore, Hedwig, Heide, Heike, Helene, Helga,
        Henriette, Hildegard, Ida, Ilse, Ina, Inge, Ingrid, Irene, Iris, Irmgard, Isabell, Jana, Janina, Jasmin,
        Johanna, Josefine, Jule, Julia, Juliane, Jutta, Karin, Karla, Katharina, Käthe, Katja, Katrin, Kerstin, Kirsten,
        Klara, Kristin, Larissa, Laura, Lea, Lena, Leni, Leonie, Liesel, Lieselotte, Lina, Linda, Lisa, Lotte, Louisa,
        Luise, Magdalena, Maike, Maja, Manuela, Mareike, Margarete, Maria, Marianne, Marie, Marlene, Martha, Martina,
        Mathilda, Melanie, Merle, Mia, Michaela, Miriam, Monika, Nadine, Nele, Nicole, Nina, Nora, Paula, Petra, Pia,
        Regina, Renate, Ricarda, Rita, Rosemarie, Ruth, Sabine, Sandra, Sarah, Sieglinde, Sigrid, Silke, Simone, Sofie,
        Sonja, Stefanie, Stella, Susanne, Svenja, Tanja, Theresa, Thea, Ulrike, Ursula, Uschi, Ute, Vanessa, Vera,
        Verena, Viktoria, Waltraud, Wiebke, Wilhelmine
        """),
    maleNames: list(
        """
        Achim, Albert, Albrecht, Alexander, Alfred, Andreas, Anton, Armin, Arne, Arnold, Arthur, August, Axel, Benedikt,
        Benjamin, Bernd, Bernhard, Björn, Bodo, Bruno, Burkhard, Carl, Carsten, Christian, Christoph, Clemens, Daniel,
        David, Detlef, Dieter, Dietmar, Dirk, Dominik, Eberhard, Eckart, Edgar, Egon, Elias, Emil, Erich, Ernst, Erwin,
        Eugen, Fabian, Felix, Ferdinand, Finn, Florian, Frank, Franz, Friedrich, Fritz, Georg, Gerd, Gerhard, Gernot,
        Gregor, Guido, Günter, Günther, Gustav, Götz, Hannes, Hans, Harald, Hartmut, Heiko, Heiner, Heinrich, Heinz,
        Helmut, Henning, Henrik, Herbert, Hermann, Holger, Horst, Hubert, Hugo, Ingo, Jakob, Jan, Jannik, Jens, Joachim,
        Jochen, Johann, Johannes, Jonas, Jonathan, Josef, Julian, Jürgen, Jörg, Jörn, Kai, Karl, Karsten, Kaspar,
        Kilian, Klaus, Konrad, Konstantin, Kurt, Lars, Lennart, Leo, Leon, Leonhard, Lorenz, Lothar, Ludwig, Luis,
        Lukas, Lutz, Malte, Manfred, Marcel, Mario, Markus, Martin, Mathis, Matthias, Max, Maximilian, Michael, Moritz,
        Nico, Nikolaus, Nils, Norbert, Olaf, Ole, Oliver, Oskar, Otto, Pascal, Patrick, Paul, Peter, Philipp, Rainer,
        Ralf, Raphael, Reinhard, René, Richard, Robert, Roland, Rolf, Rudolf, Rüdiger, Sebastian, Siegfried, Simon,
        Stefan, Steffen, Sven, Sönke, Theodor, Thomas, Thorsten, Till, Tim, Tobias, Tom, Torben, Udo, Ulrich, Uwe,
        Valentin, Viktor, Volker, Walter, Werner, Wilhelm, Winfried, Wolfgang
        """),
    lastNames: list(
        """
        Ackermann, Adam, Albrecht, Altmann, Arnold, Bachmann, Bader, Barth, Bauer, Baumann, Baumgartner, Beck, Becker,
        Behrens, Berger, Bergmann, Bischoff, Blum, Böhm, Böttcher, Brandt, Braun, Brenner, Brinkmann, Bruckner,
        Brückner, Brunner, Buchholz, Burger, Busch, Christ, Diekmann, Dietrich, Döring, Ebert, Eckert, Eder, Ehlers,
        Engel, Erdmann, Ernst, Esser, Fiedler, Fink, Fischer, Fleischer, Förster, Frank, Franke, Freitag, Freund,
        Friedrich, Fritsch, Fröhlich, Fuchs, Gärtner, Gebhardt, Geiger, Gerlach, Giese, Göbel, Götz, Graf, Groß,
        Günther, Haas, Hahn, Hamann, Hansen, Hartmann, Hartwig, Haupt, Hein, Heinrich, Heinze, Heller, Henke, Hermann,
        Herzog, Heß, Hesse, Hildebrandt, Hinz, Hirsch, Hoffmann, Hofmann, Hohmann, Holz, Horn, Huber, Hübner, Jäger,
        Jahn, Jakob, Janssen, Jung, Kaiser, Kaufmann, Keller, Kern, Kessler, Kiefer, Kirchner, Klein, Klose, Kluge,
        Knoll, Koch, Köhler, König, Konrad, Körner, Kraft, Krämer, Kramer, Kraus, Krebs, Kremer, Krieger, Kröger,
        Krüger, Kruse, Kuhn, Kühn, Kunz, Lang, Lange, Langer, Lehmann, Lenz, Lindner, Linke, Löffler, Lohmann, Lorenz,
        Ludwig, Lutz, Maier, Mann, Marquardt, Martens, Maurer, May, Meier, Meißner, Menzel, Merkel, Meyer, Michel,
        Möller, Moser, Müller, Münch, Nagel, Naumann, Neubauer, Neumann, Nickel, Noack, Nowak, Oswald, Ott, Otto, Pape,
        Paul, Peters, Pfeiffer, Pohl, Raabe, Rapp, Rausch, Reich, Reichert, Reimann, Reinhardt, Reuter, Richter, Riedel,
        Ritter, Römer, Rose, Roth, Rothe, Rudolph, Sauer, Schade, Schäfer, Schenk, Scherer, Schiller, Schlüter, Schmidt,
        Schmitt, Schneider, Scholz, Schön, Schreiber, Schröder, Schubert, Schulte, Schultz, Schulz, Schumacher,
        Schuster, Schütz, Schwarz, Seidel, Seifert, Simon, Sommer, Stahl, Stark, Stein, Steiner, Stephan, Stock, Strauß,
        Thiel, Thomas, Ullrich, Unger, Vogel, Vogt, Voigt, Volk, Wagner, Walter, Weber, Wegener, Weidner, Weiß, Wendt,
        Werner, Westphal, Wiegand, Wieland, Wild, Wilke, Winkler, Winter, Wirth, Witt, Wolf, Wolff, Wulf, Zander,
        Ziegler, Zimmer, Zimmermann
        """),
    cities: list(
        """
        Aachen, Aschaffenburg, Augsburg, Bamberg, Bayreuth, Berlin, Bielefeld, Bochum, Bonn, Brandenburg an der Havel,
        Braunschweig, Bremen, Bremerhaven, Celle, Chemnitz, Coburg, Cottbus, Darmstadt, Dortmund, Dresden, Duisburg,
        Düren, Düsseldorf, Eisenach, Emden, Erfurt, Erlangen, Essen, Esslingen am Neckar, Flensburg, Frankfurt am Main,
        Freiburg im Breisgau, Friedrichshafen, Fulda, Fürth, Gera, Gießen, Görlitz, Göttingen, Greifswald, Güstrow,
        Hagen, Halle (Saale), Hamburg, Hamm, Hannover, Heidelberg, Heilbronn, Hildesheim, Ingolstadt, Jena,
        Kaiserslautern, Karlsruhe, Kassel, Kiel, Koblenz, Köln, Konstanz, Krefeld, Landshut, Leipzig, Lübeck, Lüneburg,
        Magdeburg, Mainz, Mannheim, Marburg, Mönchengladbach, Mülheim an der Ruhr, München, Münster, Nürnberg,
        Oldenburg, Osnabrück, Paderborn, Passau, Plauen, Potsdam, Regensburg, Reutlingen, Rosenheim, Rostock,
        Saarbrücken, Schwerin, Siegen, Solingen, Stralsund, Stuttgart, Trier, Tübingen, Ulm, Weimar, Wiesbaden, Wismar,
        Wolfsburg, Wuppertal, Würzburg, Zwickau
        """),
    regions: list(
        """
        Baden-Württemberg, Bayern, Berlin, Brandenburg, Bremen, Hamburg, Hessen, Mecklenburg-Vorpommern, Niedersachsen,
        Nordrhein-Westfalen, Rheinland-Pfalz, Saarland, Sachsen, Sachsen-Anhalt, Schleswig-Holstein, Thüringen
        """),
    countries: list(
        """
        Ägypten, Argentinien, Australien, Belgien, Brasilien, Chile, Dänemark, Deutschland, Estland, Finnland,
        Frankreich, Ghana, Griechenland, Indien, Indonesien, Irland, Island, Italien, Japan, Kanada, Kenia, Kolumbien,
        Kroatien, Lettland, Litauen, Luxemburg, Marokko, Mexiko, Neuseeland, Niederlande, Nigeria, Norwegen, Österreich,
        Peru, Philippinen, Polen, Portugal, Rumänien, Schweden, Schweiz, Senegal, Singapur, Slowakei, Slowenien,
        Spanien, Südafrika, Südkorea, Thailand, Tschechien, Türkei, Ukraine, Ungarn, Uruguay, Vereinigte Staaten,
        Vereinigtes Königreich, Vietnam
        """),
    streets: list(
        """
        Ackerstraße, Ahornweg, Albert-Einstein-Straße, Alte Poststraße, Am Anger, Am Bahnhof, Am Mühlbach,
        Am Sportplatz, Amselweg, An der Kirche, Auf der Höhe, Bachstraße, Bahnhofstraße, Beethovenstraße, Bergstraße,
        Birkenweg, Blumenstraße, Brückenstraße, Brunnenweg, Buchenweg, Dorfstraße, Drosselweg, Eichendorffstraße,
        Eichenweg, Erlenweg, Eschenweg, Feldstraße, Fichtenweg, Finkenweg, Friedhofstraße, Friedrichstraße,
        Gartenstraße, Goethestraße, Grüner Weg, Hauptstraße, Heideweg, Hermann-Löns-Weg, Hirtenweg, Hohe Straße,
        Im Winkel, Industriestraße, Jahnstraße, Kantstraße, Kapellenweg, Kastanienallee, Kiefernweg, Kirchgasse,
        Kirchplatz, Kirchstraße, Klosterstraße, Königstraße, Kurze Straße, Lange Straße, Lerchenweg, Lessingstraße,
        Lindenallee, Lindenstraße, Marktplatz, Marktstraße, Meisenweg, Mittelstraße, Mozartstraße, Mühlenweg,
        Neue Straße, Parkstraße, Poststraße, Querstraße, Rathausplatz, Ringstraße, Rosenweg, Sandweg, Schillerstraße,
        Schlossallee, Schlossstraße, Schmiedegasse, Schubertstraße, Schulstraße, Seestraße, Sonnenweg, Steinweg,
        Talstraße, Tannenweg, Uferstraße, Ulmenweg, Veilchenweg, Waldstraße, Wallstraße, Weberstraße, Weidenweg,
        Weinbergstraße, Wiesenweg, Wilhelmstraße, Ziegeleistraße, Zum Wasserturm
        """),
    addressForm: .init(
        numberComesFirst: false, numberSeparator: " ", highestHouseNumber: 180, zips: 1_067...99_998, zipDigits: 5),
    phonePatterns: list(
        "030 23125###, 040 66969###, 069 90009###, 089 99998###, 0221 4710###, 0171 39200##, 0176 040690##"),
    topLevelDomains: list("de, de, de, com, net, org, info, biz"),
    companyPatterns: list(
        "# GmbH, # AG, # KG, # OHG, # GmbH & Co. KG, # & #, # & Söhne, # & Töchter, Gebrüder #, # und Partner, Autohaus #"
    ),
    products: list(
        """
        Bank, Becher, Beistelltisch, Besteck, Bilderrahmen, Brieföffner, Brotkasten, Decke, Dose, Flasche, Garderobe,
        Gießkanne, Hammer, Hocker, Hut, Kamm, Kanne, Kerzenhalter, Kissen, Koffer, Krug, Leiter, Leuchter, Löffel,
        Messer, Pfeffermühle, Regal, Rucksack, Schal, Schale, Schemel, Schneidebrett, Schreibtisch, Schüssel, Sessel,
        Spiegel, Stuhl, Tablett, Tasche, Tasse, Teller, Tisch, Tischleuchte, Türgriff, Uhr, Untersetzer, Vase
        """),
    materials: list(
        """
        aus Ahorn, aus Aluminium, aus Bambus, aus Baumwolle, aus Birke, aus Bronze, aus Buche, aus Eiche, aus Eisen,
        aus Esche, aus Filz, aus Glas, aus Granit, aus Gummi, aus Keramik, aus Kiefer, aus Kirschholz, aus Kork,
        aus Kupfer, aus Leder, aus Leinen, aus Marmor, aus Messing, aus Nussbaum, aus Porzellan, aus Seide, aus Stahl,
        aus Wolle
        """)
)
