let brazilianData = LocaleData(
    femaleNames: list(
        """
        Adélia, Adriana, Ágata, Alana, Alessandra, Alice, Aline, Amanda, Amélia, Ana, Ana Beatriz, Ana Carolina,
        Ana Clara, Ana Júlia, Ana Luísa, Ana Paula, Andréa, Andressa, Angélica, Antônia, Aparecida, Ariane, Aurora,
        Bárbara, Beatriz, Benedita, Bianca, Brenda, Bruna, Camila, Carla, Carolina, Catarina, Cecília, Célia, Clara,
        Clarice, Cláudia, Conceição, Cristiane, Cristina, Daiane, Daniela, Débora, Denise, Diana, Dulce, Edna, Elaine,
        Eliana, Elisa, Elisabete, Eloá, Emanuelly, Emília, Érica, Ester, Eva, Evelyn, Fabiana, Fátima, Fernanda, Flávia,
        Francisca, Gabriela, Geovana, Giovanna, Gisele, Glória, Graça, Heloísa, Helena, Iara, Ingrid, Inês, Íris, Irene,
        Isabel, Isabela, Isadora, Ivone, Janaína, Jaqueline, Jéssica, Joana, Josefa, Joyce, Juliana, Júlia, Jussara,
        Karina, Lara, Larissa, Laura, Lavínia, Leila, Letícia, Lia, Lídia, Lígia, Lívia, Lorena, Luana, Lúcia, Luciana,
        Luísa, Luiza, Luzia, Madalena, Maitê, Manuela, Mara, Márcia, Margarida, Maria, Maria Clara, Maria Eduarda,
        Maria Luíza, Mariana, Marina, Marlene, Marta, Mayara, Melissa, Micaela, Milena, Mirela, Mônica, Nair, Natália,
        Nayara, Neusa, Nicole, Olívia, Patrícia, Paula, Poliana, Priscila, Rafaela, Raimunda, Raquel, Rebeca, Regina,
        Renata, Rita, Roberta, Rosa, Rosana, Rosângela, Sabrina, Samara, Sandra, Sara, Selma, Silvana, Sílvia, Simone,
        Solange, Sônia, Sophia, Stella, Sueli, Tainá, Talita, Tânia, Tatiane, Teresa, Thaís, Valentina, Valéria,
        Vanessa, Vera, Verônica, Vitória, Viviane, Yasmin, Zélia
        """),
    maleNames: list(
        """
        Abel, Adão, Ademir, Adílson, Adriano, Afonso, Aílton, Alan, Alberto, Alessandro, Alex, Alexandre, Alfredo,
        Aloísio, Álvaro, Amaro, Anderson, André, Ângelo, Antônio, Arnaldo, Artur, Ary, Augusto, Aurélio, Benedito,
        Benício, Benjamin, Bernardo, Breno, Bruno, Caio, Carlos, Carlos Eduardo, Cássio, Cauã, Celso, César, Cícero,
        Claudemir, Cláudio, Cleber, Cristiano, Damião, Daniel, Danilo, Dario, Davi, Denílson, Diego, Diogo, Domingos,
        Douglas, Edgar, Edmílson, Edson, Eduardo, Elias, Emanuel, Emílio, Enzo, Érico, Eugênio, Evandro, Everton, Fábio,
        Fabrício, Felipe, Fernando, Flávio, Francisco, Frederico, Gabriel, Geraldo, Germano, Gérson, Gilberto, Gílson,
        Gonçalo, Guilherme, Gustavo, Heitor, Hélio, Henrique, Hugo, Humberto, Ícaro, Ígor, Inácio, Isaac, Itamar, Ivan,
        Jaime, Jair, Jefferson, Jeremias, João, João Gabriel, João Paulo, João Pedro, João Vítor, Joaquim, Joel, Jonas,
        Jorge, José, José Carlos, Josué, Juliano, Júlio, Kauê, Laerte, Lauro, Leandro, Leonardo, Levi, Lorenzo,
        Lourenço, Luan, Lucas, Luciano, Lúcio, Luís, Luiz Felipe, Manoel, Marcelo, Márcio, Marco Antônio, Marcos, Mário,
        Mateus, Matias, Maurício, Mauro, Miguel, Milton, Moisés, Murilo, Natanael, Nélson, Nicolas, Noel, Olavo,
        Orlando, Oscar, Osvaldo, Otávio, Paulo, Paulo Henrique, Pedro, Pedro Henrique, Plínio, Rafael, Raimundo, Ramon,
        Raul, Reginaldo, Reinaldo, Renan, Renato, Ricardo, Roberto, Rodolfo, Rodrigo, Rogério, Romeu, Ronaldo, Rubens,
        Ruan, Ryan, Salvador, Samuel, Sandro, Saulo, Sebastião, Sérgio, Sidnei, Sílvio, Simão, Tadeu, Thiago, Tomás,
        Ubirajara, Ulisses, Valdir, Valentim, Vicente, Vinícius, Vítor, Wagner, Wallace, Washington, Wellington,
        William, Yago, Yuri
        """),
    lastNames: list(
        """
        Abreu, Aguiar, Albuquerque, Alencar, Almeida, Alves, Amaral, Amorim, Andrade, Anjos, Antunes, Aragão, Araújo,
        Arruda, Assis, Assunção, Azevedo, Barbosa, Barcelos, Barreto, Barros, Bastos, Batista, Belmonte, Bernardes,
        Bezerra, Bispo, Bittencourt, Borges, Braga, Branco, Brandão, Brito, Bueno, Cabral, Caldas, Câmara, Camargo,
        Campos, Cardoso, Carneiro, Carvalho, Castro, Cavalcanti, Chagas, Chaves, Coelho, Conceição, Cordeiro, Correia,
        Costa, Coutinho, Cruz, Cunha, Custódio, Damasceno, Dantas, da Costa, da Cruz, da Cunha, da Luz, da Mata,
        da Rocha, da Silva, das Neves, de Almeida, de Assis, de Jesus, de Oliveira, de Paula, de Souza, do Carmo,
        do Nascimento, do Prado, dos Anjos, dos Reis, dos Santos, Dias, Diniz, Domingues, Dorneles, Duarte, Dutra,
        Espíndola, Esteves, Falcão, Faria, Farias, Feitosa, Félix, Fernandes, Ferraz, Ferreira, Figueiredo, Fonseca,
        Fontes, Fontoura, Fraga, França, Franco, Freire, Freitas, Frota, Furtado, Galvão, Gama, Garcia, Gaspar, Godói,
        Gomes, Gonçalves, Gouveia, Guedes, Guerra, Guimarães, Gusmão, Henriques, Holanda, Jardim, Junqueira, Lacerda,
        Lago, Leal, Leão, Leite, Leme, Lemos, Lima, Linhares, Lins, Lisboa, Lobato, Lobo, Lopes, Lourenço, Lucena, Luz,
        Macedo, Machado, Maciel, Magalhães, Maia, Malta, Marinho, Marques, Martins, Mascarenhas, Matos, Mattos,
        Medeiros, Meireles, Melo, Mendes, Mendonça, Menezes, Mesquita, Miranda, Monteiro, Moraes, Morais, Moreira, Mota,
        Moura, Muniz, Nascimento, Navarro, Neves, Nóbrega, Nogueira, Novaes, Nunes, Oliveira, Pacheco, Padilha, Paiva,
        Paixão, Paz, Peçanha, Pedrosa, Peixoto, Pereira, Peres, Pessoa, Pimenta, Pimentel, Pinheiro, Pinto, Pires,
        Porto, Prado, Queiroz, Quintão, Rabelo, Ramalho, Ramos, Rangel, Rebouças, Rego, Reis, Rezende, Ribas, Ribeiro,
        Rios, Rocha, Rodrigues, Rosa, Sá, Sales, Salgado, Sampaio, Sanches, Santana, Santiago, Santos, Saraiva, Seixas,
        Sena, Serra, Silva, Silveira, Simões, Siqueira, Soares, Sobral, Souza, Tavares, Teixeira, Telles, Toledo,
        Torres, Trindade, Valadares, Valença, Valente, Vargas, Vasconcelos, Vaz, Veiga, Veloso, Ventura, Viana, Vidal,
        Vieira, Vilela, Xavier, Ximenes
        """),
    cities: list(
        """
        Anápolis, Aracaju, Araçatuba, Araraquara, Barueri, Bauru, Belém, Belo Horizonte, Blumenau, Boa Vista, Brasília,
        Cabo Frio, Cachoeirinha, Campina Grande, Campinas, Campo Grande, Campos dos Goytacazes, Canoas, Cascavel,
        Caxias do Sul, Chapecó, Contagem, Criciúma, Cuiabá, Curitiba, Diadema, Dourados, Feira de Santana,
        Florianópolis, Fortaleza, Foz do Iguaçu, Franca, Goiânia, Governador Valadares, Guarulhos, Ilhéus, Imperatriz,
        Ipatinga, Itabuna, Jaboatão dos Guararapes, João Pessoa, Joinville, Juazeiro do Norte, Juiz de Fora, Jundiaí,
        Londrina, Macaé, Macapá, Maceió, Manaus, Marabá, Maringá, Montes Claros, Mossoró, Natal, Niterói, Nova Iguaçu,
        Novo Hamburgo, Olinda, Osasco, Palmas, Parnaíba, Passo Fundo, Pelotas, Petrolina, Petrópolis, Piracicaba,
        Poços de Caldas, Ponta Grossa, Porto Alegre, Porto Velho, Recife, Ribeirão Preto, Rio Branco, Rio de Janeiro,
        Rio Grande, Salvador, Santa Maria, Santarém, Santo André, Santos, São Bernardo do Campo, São Carlos,
        São Gonçalo, São José dos Campos, São Luís, São Paulo, Serra, Sobral, Sorocaba, Taubaté, Teresina, Teresópolis,
        Uberaba, Uberlândia, Vila Velha, Vitória, Vitória da Conquista, Volta Redonda
        """),
    regions: list(
        "AC, AL, AP, AM, BA, CE, DF, ES, GO, MA, MT, MS, MG, PA, PB, PR, PE, PI, RJ, RN, RS, RO, RR, SC, SP, SE, TO"),
    countries: list(
        """
        África do Sul, Alemanha, Angola, Argentina, Austrália, Áustria, Bélgica, Bolívia, Brasil, Cabo Verde, Canadá,
        Chile, Colômbia, Coreia do Sul, Croácia, Cuba, Dinamarca, Egito, Equador, Eslováquia, Eslovênia, Espanha,
        Estados Unidos, Estônia, Filipinas, Finlândia, França, Gana, Grécia, Guatemala, Guiné-Bissau, Hungria, Índia,
        Indonésia, Irlanda, Islândia, Itália, Japão, Letônia, Lituânia, Luxemburgo, Marrocos, México, Moçambique,
        Nigéria, Noruega, Nova Zelândia, Países Baixos, Panamá, Paraguai, Peru, Polônia, Portugal, Quênia, Reino Unido,
        Romênia, Senegal, Singapura, Suécia, Suíça, Tailândia, Tchéquia, Timor-Leste, Turquia, Ucrânia, Uruguai,
        Venezuela, Vietnã
        """),
    streets: list(
        """
        Alameda das Acácias, Alameda dos Ipês, Alameda Santos, Avenida Amazonas, Avenida Atlântica, Avenida Beira-Mar,
        Avenida Brasil, Avenida da Saudade, Avenida das Américas, Avenida Dom Pedro II, Avenida Getúlio Vargas,
        Avenida Independência, Avenida Paraná, Avenida Paulista, Avenida Presidente Kennedy, Avenida Rio Branco,
        Avenida Santos Dumont, Avenida São João, Avenida Sete de Setembro, Ladeira da Misericórdia, Largo da Matriz,
        Praça da Bandeira, Praça da República, Praça da Sé, Praça Quinze de Novembro, Praça Tiradentes, Rodovia do Sol,
        Rua Amazonas, Rua Augusta, Rua Bahia, Rua Barão de Mauá, Rua Bela Vista, Rua Boa Esperança, Rua Castro Alves,
        Rua Ceará, Rua Cecília Meireles, Rua da Aurora, Rua da Consolação, Rua da Fonte, Rua da Paz, Rua da Praia,
        Rua das Acácias, Rua das Camélias, Rua das Flores, Rua das Hortênsias, Rua das Laranjeiras, Rua das Palmeiras,
        Rua das Rosas, Rua do Comércio, Rua do Ouvidor, Rua do Sol, Rua Dom Bosco, Rua dos Girassóis, Rua dos Ipês,
        Rua dos Jacarandás, Rua dos Pinheiros, Rua Duque de Caxias, Rua Espírito Santo, Rua Euclides da Cunha,
        Rua Gonçalves Dias, Rua Goiás, Rua Joaquim Nabuco, Rua José Bonifácio, Rua Machado de Assis,
        Rua Marechal Deodoro, Rua Maranhão, Rua Minas Gerais, Rua Monteiro Lobato, Rua Nossa Senhora Aparecida,
        Rua Olavo Bilac, Rua Pará, Rua Pernambuco, Rua Princesa Isabel, Rua Quinze de Novembro, Rua Rui Barbosa,
        Rua Santa Catarina, Rua Santa Luzia, Rua Santo Antônio, Rua São Francisco, Rua São José, Rua São Paulo,
        Rua São Pedro, Rua São Sebastião, Rua Sergipe, Rua Tiradentes, Rua Treze de Maio, Rua Vinte e Um de Abril,
        Rua Voluntários da Pátria, Travessa do Rosário, Travessa São Jorge
        """),
    addressForm: .init(
        numberComesFirst: false, numberSeparator: ", ", highestHouseNumber: 2_500, zips: 1_001_000...99_990_999,
        zipDigits: 8),
    phonePatterns: list(
        """
        (11) 9####-####, (21) 9####-####, (31) 9####-####, (41) 9####-####, (51) 9####-####, (61) 9####-####,
        (71) 9####-####, (81) 9####-####, (85) 9####-####, (91) 9####-####, (92) 9####-####, (11) 3###-####,
        (19) 3###-####, (21) 3###-####, (27) 3###-####, (31) 3###-####, (41) 3###-####, (48) 3###-####, (51) 3###-####,
        (61) 3###-####, (62) 3###-####, (71) 3###-####, (81) 3###-####
        """),
    topLevelDomains: list("com.br, com.br, com.br, com, net.br, org.br, net, org"),
    companyPatterns: list(
        "# Ltda., # S.A., # e Filhos, # e Filhas, Irmãos #, Grupo #, # & #, # Comércio Ltda., Indústrias #, # e Associados"
    ),
    products: list(
        """
        Abajur, Almofada, Armário, Bandeja, Banco, Banqueta, Bolsa, Bule, Cadeira, Caderno, Caixa, Caneca, Carteira,
        Castiçal, Cesta, Chapéu, Cobertor, Colher, Copo, Cômoda, Escada, Escrivaninha, Espelho, Estante, Faca, Garrafa,
        Guarda-chuva, Jarra, Luminária, Mala, Martelo, Mesa, Mochila, Moedor de pimenta, Moldura, Pente, Poltrona,
        Prateleira, Prato, Puxador, Relógio, Tábua de corte, Tigela, Vaso, Xícara
        """),
    materials: list(
        """
        de aço, de algodão, de alumínio, de argila, de bambu, de borracha, de bronze, de carvalho, de cedro,
        de cerâmica, de cerejeira, de cobre, de cortiça, de couro, de feltro, de ferro, de granito, de ipê,
        de jacarandá, de latão, de linho, de lã, de mármore, de mogno, de nogueira, de pinho, de porcelana, de seda,
        de vidro, de vime
        """)
)
