let frenchData = LocaleData(
    femaleNames: list(
        """
        Adèle, Adeline, Agathe, Agnès, Aïcha, Alexandra, Alice, Aliénor, Alix, Amandine, Amélie, Anaïs, Andrée, Angèle,
        Anne, Anne-Marie, Annick, Anouk, Ariane, Arlette, Aude, Audrey, Aurélie, Aurore, Axelle, Béatrice, Bénédicte,
        Bérénice, Bernadette, Brigitte, Camille, Capucine, Carole, Caroline, Catherine, Cécile, Céleste, Céline,
        Chantal, Charlène, Charlotte, Chloé, Christelle, Christiane, Christine, Claire, Clara, Clarisse, Claudine,
        Clémence, Clémentine, Clotilde, Colette, Constance, Coralie, Corinne, Cyrielle, Danielle, Daphné, Delphine,
        Denise, Diane, Dominique, Dorothée, Édith, Éléonore, Élise, Élodie, Éloïse, Elsa, Émeline, Émilie, Emma,
        Emmanuelle, Estelle, Esther, Eugénie, Eva, Ève, Fabienne, Fanny, Faustine, Félicité, Flavie, Fleur, Flora,
        Florence, France, Françoise, Frédérique, Gabrielle, Gaëlle, Geneviève, Georgette, Ginette, Gisèle, Hélène,
        Héloïse, Henriette, Hortense, Inès, Irène, Isabelle, Jacqueline, Jade, Jeanne, Jeannine, Joëlle, Joséphine,
        Josiane, Judith, Julie, Juliette, Justine, Karine, Laetitia, Laure, Laurence, Léa, Léonie, Lilou, Line, Lise,
        Louise, Lucie, Lucienne, Ludivine, Lydie, Madeleine, Maëlle, Maëlys, Manon, Margaux, Margot, Marguerite, Marie,
        Marie-Christine, Marie-Claude, Marie-Hélène, Marine, Marion, Marthe, Martine, Maryse, Mathilde, Maud, Mélanie,
        Mélissa, Michèle, Mireille, Monique, Morgane, Muriel, Myriam, Nadège, Nathalie, Nicole, Ninon, Noémie, Océane,
        Odette, Odile, Olivia, Ophélie, Pascale, Paule, Pauline, Rachel, Raphaëlle, Raymonde, Régine, Renée, Romane,
        Rosalie, Rose, Sabine, Salomé, Sandrine, Sarah, Ségolène, Séverine, Simone, Solange, Sophie, Stéphanie, Suzanne,
        Sylvie, Thérèse, Tiphaine, Valentine, Valérie, Véronique, Victoire, Violette, Virginie, Viviane, Yvette, Yvonne,
        Zoé
        """),
    maleNames: list(
        """
        Abel, Achille, Adrien, Aimé, Alain, Albert, Alexandre, Alexis, Alphonse, Amaury, Anatole, André, Anselme,
        Antoine, Antonin, Armand, Arnaud, Arthur, Aubin, Auguste, Augustin, Aurélien, Aymeric, Baptiste, Barthélemy,
        Basile, Bastien, Benjamin, Benoît, Bernard, Bertrand, Boris, Bruno, Cédric, Célestin, Charles, Christian,
        Christophe, Clément, Côme, Constant, Corentin, Cyprien, Cyril, Damien, Daniel, David, Denis, Didier, Dimitri,
        Édouard, Éloi, Émile, Émilien, Éric, Ernest, Erwan, Étienne, Eugène, Évrard, Fabien, Fabrice, Félix, Ferdinand,
        Fernand, Firmin, Florent, Florian, François, Franck, Frédéric, Gabin, Gabriel, Gaël, Gaspard, Gaston, Gauthier,
        Georges, Gérald, Gérard, Gilbert, Gilles, Grégoire, Grégory, Guillaume, Gustave, Guy, Hector, Henri, Hervé,
        Hippolyte, Honoré, Hubert, Hugo, Hugues, Ismaël, Jacques, Jean, Jean-Baptiste, Jean-Claude, Jean-François,
        Jean-Luc, Jean-Marie, Jean-Michel, Jean-Paul, Jean-Pierre, Jérémie, Jérémy, Jérôme, Joachim, Joël, Jonathan,
        Joseph, Jules, Julien, Kévin, Lambert, Laurent, Lazare, Léandre, Léo, Léon, Léonard, Léopold, Lilian, Loïc,
        Louis, Luc, Lucas, Lucien, Ludovic, Maël, Marc, Marcel, Marin, Marius, Martin, Mathéo, Mathias, Mathieu, Mathis,
        Maurice, Maxence, Maxime, Michaël, Michel, Nathan, Nicolas, Noé, Noël, Octave, Olivier, Oscar, Pascal, Patrice,
        Patrick, Paul, Philippe, Pierre, Pierre-Yves, Quentin, Rafaël, Raoul, Raphaël, Raymond, Régis, Rémi, René,
        Richard, Robert, Robin, Rodolphe, Roger, Roland, Romain, Samuel, Sébastien, Serge, Siméon, Simon, Stéphane,
        Sylvain, Tanguy, Théo, Théodore, Théophile, Thibault, Thierry, Thomas, Timothée, Titouan, Tristan, Ulysse,
        Urbain, Valentin, Valère, Victor, Vincent, Xavier, Yann, Yannick, Yves, Zacharie
        """),
    lastNames: list(
        """
        Adam, Allard, Andrieu, Antoine, Arnaud, Aubert, Aubry, Bailly, Barbier, Baron, Barre, Barthélemy, Baudry, Bazin,
        Benoît, Berger, Bernard, Berthelot, Bertin, Bertrand, Besnard, Besson, Bigot, Blanc, Blanchard, Blondel, Bodin,
        Boisson, Bonnet, Boucher, Boulanger, Bourdon, Bourgeois, Boutin, Bouvet, Bouvier, Boyer, Breton, Briand, Brun,
        Brunel, Brunet, Buisson, Camus, Carlier, Caron, Carpentier, Carré, Cartier, Chapuis, Charpentier, Charrier,
        Chartier, Chauvet, Chauvin, Chevalier, Chevallier, Clément, Colas, Colin, Collet, Collin, Cordier, Coste,
        Coulon, Cousin, Daniel, David, Delannoy, Delaunay, Delmas, Deschamps, Descamps, Devaux, Didier, Dubois, Duchêne,
        Dufour, Dumas, Dumont, Dupont, Dupré, Dupuis, Dupuy, Durand, Duval, Étienne, Evrard, Fabre, Faure, Fèvre,
        Fleury, Fontaine, Forestier, Fournier, François, Gaillard, Garnier, Gauthier, Gautier, Gay, Georges, Gérard,
        Germain, Gilbert, Gillet, Girard, Giraud, Godard, Grandjean, Gros, Guérin, Guichard, Guillaume, Guillet,
        Guillot, Guyot, Hamel, Hamon, Hardy, Henry, Hervé, Hoarau, Hubert, Huet, Humbert, Imbert, Jacob, Jacquet,
        Jacquot, Jean, Joly, Jourdan, Julien, Klein, Labbé, Lacombe, Lacroix, Lambert, Lamy, Langlois, Laporte, Laroche,
        Launay, Laurent, Lebon, Leblanc, Lebrun, Leclerc, Leclercq, Lecomte, Lefebvre, Lefèvre, Léger, Legrand, Lejeune,
        Lelièvre, Lemaire, Lemaître, Lemoine, Leroux, Leroy, Lesage, Lévêque, Lévy, Loiseau, Louis, Lucas, Macé, Mahé,
        Maillard, Mallet, Marchal, Marchand, Maréchal, Marie, Marion, Marty, Martin, Martinet, Masson, Mathieu, Maurin,
        Ménard, Mercier, Meunier, Meyer, Michaud, Michel, Millet, Monnier, Moreau, Morel, Morin, Moulin, Navarro,
        Nicolas, Noël, Olivier, Paris, Pascal, Pasquier, Paul, Payet, Pelletier, Pérez, Perret, Perrier, Perrin, Perrot,
        Petit, Philippe, Picard, Pichon, Pierre, Poirier, Pons, Poulain, Prévost, Raymond, Raynaud, Régnier, Rémy,
        Renard, Renaud, Renault, Rey, Reynaud, Ribeiro, Richard, Rivière, Robert, Robin, Roche, Roger, Rolland,
        Rousseau, Roussel, Roux, Royer, Salaün, Sauvage, Schmitt, Simon, Tanguy, Tessier, Texier, Thibault, Thomas,
        Toussaint, Valentin, Vallée, Vasseur, Verdier, Vial, Vidal, Vincent, Voisin, Weber
        """),
    cities: list(
        """
        Aix-en-Provence, Ajaccio, Albi, Amiens, Angers, Angoulême, Annecy, Arles, Arras, Aurillac, Auxerre, Avignon,
        Bayonne, Beauvais, Belfort, Besançon, Béziers, Blois, Bordeaux, Boulogne-sur-Mer, Bourg-en-Bresse, Bourges,
        Brest, Brive-la-Gaillarde, Caen, Cahors, Calais, Cannes, Carcassonne, Chalon-sur-Saône, Châlons-en-Champagne,
        Chambéry, Charleville-Mézières, Chartres, Châteauroux, Cherbourg-en-Cotentin, Cholet, Clermont-Ferrand, Colmar,
        Compiègne, Dieppe, Dijon, Dunkerque, Épinal, Évreux, Fréjus, Gap, Grenoble, La Rochelle, La Roche-sur-Yon,
        Laval, Le Havre, Le Mans, Lille, Limoges, Lorient, Lyon, Mâcon, Marseille, Metz, Montauban, Montpellier,
        Mulhouse, Nancy, Nantes, Narbonne, Nevers, Nice, Nîmes, Niort, Orléans, Paris, Pau, Périgueux, Perpignan,
        Poitiers, Quimper, Reims, Rennes, Roanne, Rodez, Rouen, Saint-Brieuc, Saint-Étienne, Saint-Malo, Saint-Nazaire,
        Strasbourg, Tarbes, Toulon, Toulouse, Tours, Troyes, Valence, Valenciennes, Vannes, Versailles, Vichy
        """),
    regions: list(
        """
        Auvergne-Rhône-Alpes, Bourgogne-Franche-Comté, Bretagne, Centre-Val de Loire, Corse, Grand Est, Hauts-de-France,
        Île-de-France, Normandie, Nouvelle-Aquitaine, Occitanie, Pays de la Loire, Provence-Alpes-Côte d'Azur
        """),
    countries: list(
        """
        Afrique du Sud, Allemagne, Argentine, Australie, Autriche, Belgique, Brésil, Canada, Chili, Colombie,
        Corée du Sud, Côte d'Ivoire, Croatie, Danemark, Égypte, Espagne, Estonie, États-Unis, Finlande, France, Ghana,
        Grèce, Hongrie, Inde, Indonésie, Irlande, Islande, Italie, Japon, Kenya, Lettonie, Lituanie, Luxembourg,
        Madagascar, Maroc, Mexique, Nigeria, Norvège, Nouvelle-Zélande, Pays-Bas, Pérou, Philippines, Pologne, Portugal,
        Roumanie, Royaume-Uni, Sénégal, Singapour, Slovaquie, Slovénie, Suède, Suisse, Tchéquie, Thaïlande, Tunisie,
        Turquie, Ukraine, Uruguay, Viêt Nam
        """),
    streets: list(
        """
        allée des Acacias, allée des Cerisiers, allée des Tilleuls, avenue Aristide-Briand, avenue de la Gare,
        avenue de la République, avenue de Verdun, avenue des Peupliers, avenue du Parc, avenue Gambetta,
        avenue Jean-Jaurès, avenue Victor-Hugo, boulevard Carnot, boulevard de la Liberté, boulevard Pasteur,
        boulevard Voltaire, chemin de la Colline, chemin des Vignes, chemin du Moulin, chemin Vert, cours Lafayette,
        impasse des Lilas, impasse du Puits, place d'Armes, place de l'Église, place de la Mairie, place du Marché,
        place Saint-Michel, quai de la Marine, quai des Tanneurs, route de Paris, route du Lac, rue Albert-Camus,
        rue Ampère, rue Anatole-France, rue Berlioz, rue Claude-Debussy, rue Condorcet, rue d'Alsace, rue de Bretagne,
        rue de l'Abbaye, rue de l'École, rue de l'Hôpital, rue de l'Industrie, rue de la Fontaine, rue de la Forge,
        rue de la Paix, rue de la Poste, rue de la République, rue de Metz, rue Denis-Diderot, rue des Champs,
        rue des Écoles, rue des Érables, rue des Fleurs, rue des Jardins, rue des Lavandières, rue des Marronniers,
        rue des Remparts, rue des Roses, rue du Chêne, rue du Château, rue du Commerce, rue du Faubourg, rue du Four,
        rue du Général-de-Gaulle, rue du Stade, rue Édouard-Manet, rue Émile-Zola, rue George-Sand, rue Haute,
        rue Jules-Ferry, rue Lamartine, rue Louis-Pasteur, rue Marcel-Proust, rue Marie-Curie, rue Molière,
        rue Nationale, rue Neuve, rue Notre-Dame, rue Pierre-Curie, rue Racine, rue Saint-Jacques, rue Saint-Martin,
        rue Traversière, rue Victor-Hugo, square des Ormes
        """),
    addressForm: .init(
        numberComesFirst: true, numberSeparator: " ", highestHouseNumber: 220, zips: 1_000...95_880, zipDigits: 5),
    phonePatterns: list(
        """
        01 99 00 ## ##, 02 61 91 ## ##, 03 53 01 ## ##, 04 65 71 ## ##, 05 36 49 ## ##, 06 39 98 ## ##
        """),
    topLevelDomains: list("fr, fr, fr, com, net, org, info, eu"),
    companyPatterns: list(
        "# SARL, # SA, # SAS, # et Fils, # et Filles, # et Associés, # & #, Établissements #, Maison #, Groupe #, # Frères"
    ),
    products: list(
        """
        Armoire, Assiette, Banc, Bol, Boîte, Bougeoir, Bouteille, Bureau, Cadre, Carafe, Chaise, Chapeau, Clé, Commode,
        Corbeille, Coupe, Coussin, Couteau, Couverture, Cruche, Cuillère, Échelle, Écharpe, Étagère, Fauteuil, Flacon,
        Gobelet, Horloge, Lampe, Marteau, Miroir, Moulin à poivre, Parapluie, Peigne, Planche à découper, Plateau,
        Poignée de porte, Sac, Saladier, Table, Tabouret, Tasse, Théière, Valise, Vase
        """),
    materials: list(
        """
        en acier, en aluminium, en ardoise, en bambou, en bronze, en caoutchouc, en cèdre, en céramique, en chêne,
        en coton, en cuir, en cuivre, en érable, en fer forgé, en feutre, en frêne, en granit, en grès, en hêtre,
        en laine, en laiton, en liège, en lin, en marbre, en merisier, en noyer, en pin, en porcelaine, en soie,
        en verre
        """)
)
