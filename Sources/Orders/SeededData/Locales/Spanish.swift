let spanishData = LocaleData(
    femaleNames: list(
        """
        Adela, Adriana, Ainhoa, Alba, Alejandra, Alicia, Almudena, Amaia, Amalia, Amelia, Amparo, Ana, Ana Belén,
        Anabel, Andrea, Ángela, Ángeles, Antonia, Araceli, Ariadna, Aurora, Azucena, Bárbara, Beatriz, Begoña, Belén,
        Berta, Blanca, Candela, Caridad, Carla, Carlota, Carmen, Carolina, Catalina, Cecilia, Celia, Clara, Claudia,
        Concepción, Consuelo, Cristina, Daniela, Débora, Diana, Dolores, Edurne, Elena, Elisa, Elsa, Elvira, Emilia,
        Encarnación, Esperanza, Estefanía, Estela, Ester, Estrella, Eugenia, Eulalia, Eva, Fátima, Felisa, Fernanda,
        Francisca, Gabriela, Gema, Gloria, Gracia, Guadalupe, Helena, Inés, Inmaculada, Irene, Iria, Isabel, Itziar,
        Jimena, Josefa, Juana, Julia, Juliana, Laia, Lara, Laura, Leire, Leonor, Leticia, Lidia, Lola, Lorena, Lourdes,
        Lucía, Luisa, Macarena, Magdalena, Maite, Manuela, Mar, Marcela, Margarita, María, María del Mar, María José,
        María Luisa, Mariana, Marina, Marta, Martina, Matilde, Mercedes, Míriam, Mónica, Montserrat, Natalia, Nerea,
        Nieves, Noa, Noelia, Nuria, Olga, Olivia, Paloma, Patricia, Paula, Paz, Penélope, Petra, Pilar, Raquel, Rebeca,
        Remedios, Rocío, Rosa, Rosalía, Rosario, Sandra, Sara, Silvia, Sofía, Soledad, Sonia, Susana, Tamara, Tatiana,
        Teresa, Trinidad, Úrsula, Valentina, Valeria, Vanesa, Vega, Verónica, Victoria, Violeta, Virginia, Ximena,
        Yolanda, Zaida
        """),
    maleNames: list(
        """
        Abel, Adán, Adolfo, Adrián, Agustín, Aitor, Alberto, Aleix, Alejandro, Alejo, Alfonso, Alfredo, Álvaro, Amadeo,
        Andrés, Ángel, Antonio, Ariel, Armando, Arturo, Asier, Augusto, Baltasar, Bartolomé, Bautista, Benito, Benjamín,
        Bernardo, Blas, Borja, Bruno, Camilo, Carlos, Cayetano, César, Claudio, Clemente, Cristian, Cristóbal, Dámaso,
        Damián, Daniel, Darío, David, Diego, Domingo, Edgar, Eduardo, Efraín, Elías, Eloy, Emiliano, Emilio, Enrique,
        Ernesto, Esteban, Eugenio, Eusebio, Fabián, Federico, Felipe, Félix, Fermín, Fernando, Fidel, Francisco,
        Francisco Javier, Gabriel, Gaspar, Gerardo, Germán, Gilberto, Ginés, Gonzalo, Gregorio, Guillermo, Gustavo,
        Héctor, Hernán, Hugo, Ignacio, Íker, Íñigo, Isaac, Isidro, Ismael, Iván, Jacinto, Jacobo, Jaime, Javier,
        Jerónimo, Jesús, Joaquín, Joel, Jordi, Jorge, José, José Antonio, José Luis, José María, Josué, Juan,
        Juan Carlos, Julián, Julio, Justo, Kevin, Lázaro, Leandro, Leonardo, Lope, Lorenzo, Lucas, Luciano, Luis,
        Manuel, Marcelo, Marcos, Mariano, Mario, Martín, Mateo, Matías, Mauricio, Máximo, Melchor, Miguel, Miguel Ángel,
        Moisés, Nicolás, Norberto, Octavio, Óscar, Pablo, Pascual, Patricio, Pedro, Rafael, Ramiro, Ramón, Raúl,
        Ricardo, Roberto, Rodrigo, Rogelio, Román, Rubén, Salvador, Samuel, Santiago, Saúl, Sebastián, Sergio, Simón,
        Teodoro, Tomás, Unai, Valentín, Vicente, Víctor, Xavier, Zacarías
        """),
    lastNames: list(
        """
        Abad, Acosta, Aguado, Aguilar, Aguirre, Alarcón, Alcántara, Alonso, Álvarez, Andrés, Antón, Aparicio, Aragón,
        Arce, Arias, Arroyo, Ávila, Ayala, Ballesteros, Barrera, Barrios, Bautista, Beltrán, Benítez, Bermejo, Bermúdez,
        Bernal, Blanco, Blázquez, Bravo, Bueno, Caballero, Cabrera, Calderón, Calvo, Camacho, Campos, Cano, Carmona,
        Carrasco, Carrillo, Castaño, Castellanos, Castillo, Castro, Cazorla, Cervantes, Conde, Contreras, Cordero,
        Córdoba, Corral, Correa, Cortés, Crespo, Cruz, Cuesta, Dávila, De la Fuente, Delgado, Díaz, Díez, Domínguez,
        Durán, Enríquez, Escobar, Escudero, Espinosa, Esteban, Estévez, Expósito, Fernández, Ferrer, Figueroa, Flores,
        Franco, Fuentes, Gálvez, Gallardo, Gallego, García, Garrido, Gil, Giménez, Gómez, González, Gracia, Granados,
        Guerra, Guerrero, Gutiérrez, Guzmán, Heredia, Hernández, Hernando, Herrera, Herrero, Hidalgo, Hurtado, Ibáñez,
        Iglesias, Izquierdo, Jiménez, Juárez, Jurado, Lara, León, Linares, Llorente, López, Lorenzo, Lozano, Lucas,
        Luque, Macías, Maldonado, Manzano, Marcos, Marín, Márquez, Martín, Martínez, Mateo, Mateos, Medina, Mejía,
        Méndez, Mendoza, Menéndez, Merino, Miguel, Millán, Miranda, Molina, Montero, Montes, Montoya, Mora, Morales,
        Moreno, Moya, Muñoz, Murillo, Naranjo, Navarro, Navas, Nieto, Núñez, Ojeda, Olivares, Ordóñez, Orozco, Ortega,
        Ortiz, Osorio, Otero, Pacheco, Palacios, Pardo, Paredes, Pascual, Pastor, Paz, Peña, Peralta, Perea, Pérez,
        Piñeiro, Plaza, Ponce, Prado, Prieto, Puente, Quesada, Quintana, Quintero, Ramírez, Ramos, Redondo, Reyes, Ríos,
        Rivas, Rivera, Rivero, Robles, Rodríguez, Rojas, Román, Romero, Rosales, Rubio, Rueda, Ruiz, Sáez, Sáinz, Salas,
        Salazar, Salgado, Salinas, Salvador, San José, Sánchez, Sancho, Santana, Santiago, Santos, Sanz, Segura,
        Serrano, Sierra, Silva, Simón, Solís, Soriano, Sosa, Soto, Suárez, Tapia, Téllez, Toledo, Tomás, Torres,
        Trujillo, Valdés, Valencia, Valero, Valle, Valverde, Vargas, Vázquez, Vega, Velasco, Velázquez, Vera, Vicente,
        Vidal, Villalba, Villanueva, Villar, Yáñez, Zamora, Zapata
        """),
    cities: list(
        """
        A Coruña, Albacete, Alcalá de Henares, Algeciras, Alicante, Almería, Aranjuez, Ávila, Avilés, Badajoz, Badalona,
        Barcelona, Benidorm, Bilbao, Burgos, Cáceres, Cádiz, Calatayud, Cartagena, Castellón de la Plana, Ceuta,
        Ciudad Real, Córdoba, Cuenca, Donostia-San Sebastián, Dos Hermanas, Elche, Ferrol, Figueres, Fuenlabrada,
        Getafe, Gijón, Girona, Granada, Guadalajara, Huelva, Huesca, Irun, Jaén, Jerez de la Frontera,
        Las Palmas de Gran Canaria, Leganés, León, Linares, Lleida, Logroño, Lorca, Lugo, Madrid, Málaga, Manresa,
        Marbella, Mataró, Melilla, Mérida, Móstoles, Murcia, Ourense, Oviedo, Palencia, Palma, Pamplona, Plasencia,
        Ponferrada, Pontevedra, Puertollano, Reus, Sabadell, Salamanca, San Fernando, Santa Cruz de Tenerife, Santander,
        Santiago de Compostela, Segovia, Sevilla, Soria, Talavera de la Reina, Tarragona, Terrassa, Teruel, Toledo,
        Tudela, Úbeda, Valencia, Valladolid, Vigo, Vitoria-Gasteiz, Zamora, Zaragoza
        """),
    regions: list(
        """
        Andalucía, Aragón, Asturias, Canarias, Cantabria, Castilla y León, Castilla-La Mancha, Cataluña,
        Comunidad de Madrid, Comunidad Valenciana, Extremadura, Galicia, Islas Baleares, La Rioja, Navarra, País Vasco,
        Región de Murcia
        """),
    countries: list(
        """
        Alemania, Argentina, Australia, Austria, Bélgica, Bolivia, Brasil, Canadá, Chequia, Chile, Colombia,
        Corea del Sur, Costa Rica, Croacia, Cuba, Dinamarca, Ecuador, Egipto, El Salvador, Eslovaquia, Eslovenia,
        España, Estados Unidos, Estonia, Filipinas, Finlandia, Francia, Ghana, Grecia, Guatemala, Honduras, Hungría,
        India, Indonesia, Irlanda, Islandia, Italia, Japón, Kenia, Letonia, Lituania, Luxemburgo, Marruecos, México,
        Nicaragua, Nigeria, Noruega, Nueva Zelanda, Países Bajos, Panamá, Paraguay, Perú, Polonia, Portugal,
        Reino Unido, República Dominicana, Rumanía, Senegal, Singapur, Sudáfrica, Suecia, Suiza, Tailandia, Turquía,
        Ucrania, Uruguay, Venezuela, Vietnam
        """),
    streets: list(
        """
        Avenida de América, Avenida de Andalucía, Avenida de Cervantes, Avenida de Europa, Avenida de la Constitución,
        Avenida de la Estación, Avenida de la Libertad, Avenida del Mar, Avenida del Puerto, Calle Ancha,
        Calle Antonio Machado, Calle de Alcalá, Calle de Atocha, Calle de Goya, Calle de la Iglesia, Calle de la Luna,
        Calle de la Paloma, Calle de la Paz, Calle de la Rosa, Calle de las Flores, Calle de los Olivos,
        Calle de Toledo, Calle de Velázquez, Calle del Agua, Calle del Arenal, Calle del Carmen, Calle del Castillo,
        Calle del Jardín, Calle del Mercado, Calle del Molino, Calle del Norte, Calle del Pez, Calle del Pozo,
        Calle del Prado, Calle del Príncipe, Calle del Río, Calle del Rosario, Calle del Sol, Calle Emilia Pardo Bazán,
        Calle Federico García Lorca, Calle Francisco Pizarro, Calle Gran Vía, Calle Isaac Albéniz,
        Calle Joaquín Sorolla, Calle Larga, Calle Lope de Vega, Calle Mayor, Calle Miguel Hernández, Calle Nueva,
        Calle Pablo Neruda, Calle Ramón y Cajal, Calle Real, Calle Rosalía de Castro, Calle San Antonio,
        Calle San Francisco, Calle San José, Calle San Juan, Calle San Pedro, Calle Santa Ana, Calle Santa Teresa,
        Camino de la Ermita, Camino Viejo, Carretera de Burgos, Paseo de Gracia, Paseo de la Alameda,
        Paseo de la Castellana, Paseo Marítimo, Pasaje del Comercio, Plaza de España, Plaza de la Constitución,
        Plaza de la Merced, Plaza del Ayuntamiento, Plaza Mayor, Ronda de los Tejares, Ronda del Sur,
        Travesía de la Fuente
        """),
    addressForm: .init(
        numberComesFirst: false, numberSeparator: ", ", highestHouseNumber: 150, zips: 1_001...52_080, zipDigits: 5),
    phonePatterns: list(
        """
        91# ### ###, 93# ### ###, 95# ### ###, 96# ### ###, 942 ## ## ##, 985 ## ## ##, 988 ## ## ##, 60# ### ###,
        61# ### ###, 62# ### ###, 63# ### ###, 64# ### ###, 65# ### ###, 66# ### ###, 67# ### ###
        """),
    topLevelDomains: list("es, es, es, com, net, org, info, eu"),
    companyPatterns: list(
        "# S.L., # S.A., # e Hijos, # y Asociados, Hermanos #, Grupo #, Talleres #, Construcciones #, Bodegas #, # & #"),
    products: list(
        """
        Abrecartas, Almohada, Armario, Balda, Banco, Bandeja, Banqueta, Bolso, Botella, Butaca, Caja, Candelabro,
        Cartera, Cepillo, Cesta, Cojín, Cuaderno, Cuchara, Cuchillo, Cuenco, Escalera, Escritorio, Espejo, Estantería,
        Florero, Gorra, Jarra, Jarrón, Lámpara, Maleta, Manta, Marco, Martillo, Mesa, Mochila, Molinillo, Paraguas,
        Peine, Plato, Reloj, Silla, Taburete, Taza, Tetera, Tirador, Vaso
        """),
    materials: list(
        """
        de acero, de algodón, de aluminio, de arce, de bambú, de barro, de bronce, de caucho, de cedro, de cerámica,
        de cerezo, de cobre, de corcho, de cristal, de cuero, de fieltro, de fresno, de granito, de haya, de hierro,
        de lana, de latón, de lino, de mármol, de mimbre, de nogal, de pino, de porcelana, de roble, de seda
        """)
)
