let englishData = LocaleData(
    femaleNames: list(
        """
        Abigail, Ada, Adele, Alexandra, Alice, Alicia, Allison, Amanda, Amber, Amelia, Amy, Andrea, Angela, Anita, Anna,
        Annette, April, Audrey, Ava, Barbara, Beatrice, Bella, Bernice, Beth, Beverly, Bonnie, Brenda, Bridget, Brooke,
        Carla, Carmen, Caroline, Catherine, Charlotte, Chelsea, Chloe, Christina, Claire, Clara, Cora, Daisy, Daphne,
        Dawn, Deborah, Diana, Dolores, Dorothy, Edith, Eileen, Elaine, Eleanor, Elena, Eliza, Elizabeth, Ella, Ellen,
        Elsie, Emily, Emma, Erica, Erin, Esther, Ethel, Eva, Evelyn, Faith, Felicity, Fiona, Florence, Frances, Gemma,
        Georgia, Gloria, Grace, Gwendolyn, Hannah, Harriet, Hazel, Heather, Heidi, Helen, Holly, Hope, Imogen, Irene,
        Iris, Isabel, Ivy, Jacqueline, Jane, Jasmine, Jean, Jenna, Jennifer, Jessica, Joan, Josephine, Joyce, Judith,
        Julia, June, Katherine, Kayla, Kimberly, Laura, Lauren, Leah, Lillian, Linda, Lucy, Lydia, Mabel, Madeline,
        Maggie, Margaret, Maria, Martha, Mary, Matilda, Maya, Megan, Melissa, Mildred, Molly, Naomi, Natalie, Nicole,
        Nora, Olive, Olivia, Paige, Pamela, Patricia, Paula, Phoebe, Priscilla, Rachel, Rebecca, Renée, Rosemary, Ruby,
        Ruth, Samantha, Sarah, Sophia, Stella, Susan, Sylvia, Tabitha, Teresa, Vanessa, Vera, Violet, Wendy, Zoë
        """),
    maleNames: list(
        """
        Aaron, Abraham, Adam, Adrian, Albert, Alexander, Alfred, Andrew, Anthony, Archie, Arnold, Arthur, Austin,
        Benjamin, Bernard, Blake, Bradley, Brandon, Brendan, Brian, Bruce, Bryan, Caleb, Calvin, Cameron, Carl, Charles,
        Christian, Christopher, Clarence, Clark, Clayton, Clifford, Clinton, Colin, Conor, Craig, Curtis, Daniel, Daryl,
        David, Dennis, Derek, Desmond, Dominic, Donald, Douglas, Duncan, Dustin, Dylan, Earl, Edgar, Edmund, Edward,
        Eli, Elijah, Elliot, Eric, Ernest, Ethan, Eugene, Evan, Felix, Floyd, Francis, Frank, Frederick, Gabriel,
        Gareth, Garrett, Gavin, George, Gerald, Gilbert, Glenn, Gordon, Graham, Grant, Gregory, Harold, Harry, Harvey,
        Henry, Herbert, Howard, Hugh, Ian, Isaac, Ivan, Jack, Jacob, James, Jason, Jasper, Jeffrey, Jeremy, Jerome,
        Joel, John, Jonathan, Jordan, Joseph, Joshua, Julian, Justin, Keith, Kenneth, Kevin, Kyle, Lawrence, Leo,
        Leonard, Lewis, Liam, Logan, Louis, Lucas, Malcolm, Marcus, Mark, Martin, Marvin, Mason, Matthew, Maurice,
        Maxwell, Michael, Miles, Mitchell, Nathan, Neil, Nicholas, Noah, Norman, Oliver, Oscar, Owen, Patrick, Paul,
        Peter, Philip, Ralph, Raymond, Reginald, Richard, Robert, Roger, Ronald, Rory, Russell, Ryan, Samuel, Scott,
        Sean, Simon, Spencer, Stanley, Stephen, Stuart, Theodore, Thomas, Timothy, Toby, Travis, Trevor, Tyler, Victor,
        Vincent, Walter, Warren, Wesley, William, Zachary
        """),
    lastNames: list(
        """
        Abbott, Adams, Alexander, Allen, Anderson, Andrews, Armstrong, Arnold, Atkinson, Austin, Bailey, Baker, Baldwin,
        Banks, Barker, Barnes, Barrett, Barton, Bates, Baxter, Becker, Bell, Bennett, Benson, Berry, Bishop, Black,
        Blake, Bowen, Bradley, Brady, Brooks, Brown, Bryant, Burke, Burns, Burton, Butler, Caldwell, Campbell, Carlson,
        Carpenter, Carr, Carroll, Carson, Carter, Chambers, Chandler, Chapman, Clark, Clarke, Coleman, Collins, Conway,
        Cook, Cooper, Cox, Craig, Crawford, Cross, Cunningham, Curtis, Dalton, Daniels, Davidson, Davies, Davis, Dawson,
        Day, Dean, Dixon, Douglas, Doyle, Drake, Duncan, Dunn, Edwards, Elliott, Ellis, Evans, Farmer, Ferguson, Fields,
        Fisher, Fitzgerald, Fleming, Fletcher, Flynn, Ford, Foster, Fowler, Fox, Francis, Franklin, Fraser, Freeman,
        Fuller, Gallagher, Gardner, George, Gibson, Gilbert, Glover, Goodwin, Gordon, Graham, Grant, Graves, Gray,
        Green, Greene, Griffin, Hale, Hall, Hamilton, Hancock, Hansen, Harper, Harris, Harrison, Hart, Harvey, Hawkins,
        Hayes, Henderson, Henry, Higgins, Hill, Hodges, Hoffman, Holland, Holmes, Hopkins, Howard, Hudson, Hughes, Hunt,
        Hunter, Ingram, Jackson, Jacobs, James, Jenkins, Jennings, Jensen, Johnson, Johnston, Jones, Jordan, Kelley,
        Kelly, Kennedy, King, Knight, Lambert, Lane, Larson, Lawrence, Lawson, Lee, Lewis, Little, Logan, Long, Lynch,
        Marsh, Marshall, Martin, Mason, Matthews, McCarthy, McDonald, McKenzie, Miller, Mitchell, Moore, Morgan, Morris,
        Murphy, Murray, Nelson, Newman, Nichols, Norris, O'Brien, O'Connor, O'Neill, Oliver, Osborne, Owens, Palmer,
        Parker, Parsons, Patterson, Payne, Perkins, Perry, Peters, Phillips, Porter, Powell, Price, Quinn, Ramsey, Reed,
        Reynolds, Rhodes, Richards, Riley, Roberts, Robinson, Rogers, Ross, Russell, Ryan, Sanders, Saunders, Schmidt,
        Scott, Sharp, Shaw, Shepherd, Simmons, Simpson, Sinclair, Smith, Snyder, Spencer, Stephens, Stevens, Stewart,
        Stone, Sullivan, Sutton, Taylor, Thompson, Thornton, Tucker, Turner, Vaughan, Wagner, Walker, Wallace, Walsh,
        Walters, Ward, Warner, Warren, Watkins, Watson, Weaver, Webb, Weber, Webster, Welch, Wells, Wheeler, White,
        Wilkinson, Williams, Williamson, Willis, Wilson, Winters, Wood, Woods, Wright, Wyatt, Young
        """),
    cities: list(
        """
        Albany, Albuquerque, Anchorage, Atlanta, Austin, Baltimore, Baton Rouge, Boise, Boston, Buffalo, Burlington,
        Charleston, Charlotte, Chattanooga, Chicago, Cincinnati, Cleveland, Columbus, Concord, Dallas, Dayton, Denver,
        Des Moines, Detroit, Duluth, Durham, El Paso, Eugene, Fargo, Fresno, Grand Rapids, Hartford, Helena, Honolulu,
        Houston, Indianapolis, Jacksonville, Juneau, Kansas City, Knoxville, Las Vegas, Lexington, Lincoln, Little Rock,
        Long Beach, Los Angeles, Louisville, Madison, Memphis, Miami, Milwaukee, Minneapolis, Mobile, Montgomery,
        Nashville, New Haven, New Orleans, New York, Newark, Norfolk, Oakland, Omaha, Orlando, Philadelphia, Phoenix,
        Pittsburgh, Portland, Providence, Raleigh, Reno, Richmond, Rochester, Sacramento, Salem, Salt Lake City,
        San Antonio, San Diego, Santa Fe, Savannah, Seattle, Spokane, Springfield, Syracuse, Tacoma, Tampa, Toledo,
        Topeka, Tucson, Tulsa, Wichita
        """),
    regions: list(
        """
        AL, AK, AZ, AR, CA, CO, CT, DE, FL, GA, HI, ID, IL, IN, IA, KS, KY, LA, ME, MD, MA, MI, MN, MS, MO, MT, NE, NV,
        NH, NJ, NM, NY, NC, ND, OH, OK, OR, PA, RI, SC, SD, TN, TX, UT, VT, VA, WA, WV, WI, WY
        """),
    countries: list(
        """
        Argentina, Australia, Austria, Belgium, Brazil, Canada, Chile, Colombia, Croatia, Czechia, Denmark, Egypt,
        Estonia, Finland, France, Germany, Ghana, Greece, Iceland, India, Indonesia, Ireland, Italy, Japan, Kenya,
        Latvia, Lithuania, Mexico, Morocco, Netherlands, New Zealand, Nigeria, Norway, Peru, Philippines, Poland,
        Portugal, Romania, Senegal, Singapore, Slovakia, Slovenia, South Africa, South Korea, Spain, Sweden,
        Switzerland, Thailand, Turkey, Ukraine, United Kingdom, United States, Uruguay, Vietnam
        """),
    streets: list(
        """
        Adams Street, Ash Street, Aspen Court, Beacon Street, Beech Lane, Birch Road, Bridge Street, Broadway,
        Canal Street, Cedar Avenue, Chapel Lane, Cherry Street, Chestnut Street, Church Road, Clover Lane,
        College Avenue, Court Street, Creek Road, Dogwood Drive, Elm Street, Fairview Avenue, Forest Drive,
        Franklin Street, Garden Street, Grove Street, Harbor Drive, Harrison Avenue, Hickory Lane, High Street,
        Highland Avenue, Hillside Drive, Jackson Street, Jefferson Avenue, King Street, Lake Street, Lakeview Drive,
        Laurel Lane, Liberty Street, Lincoln Avenue, Locust Street, Madison Avenue, Magnolia Drive, Main Street,
        Maple Street, Market Street, Meadow Lane, Mill Road, Monroe Street, Mulberry Street, Oak Street, Orchard Road,
        Park Avenue, Pearl Street, Pine Street, Pleasant Street, Poplar Street, Prospect Street, Railroad Avenue,
        Ridge Road, River Road, School Street, Spring Street, Spruce Street, State Street, Summit Avenue, Sunset Drive,
        Sycamore Street, Union Street, Valley Road, Vine Street, Walnut Street, Washington Street, Water Street,
        Willow Lane, Winding Way, Woodland Drive
        """),
    addressForm: .init(
        numberComesFirst: true, numberSeparator: " ", highestHouseNumber: 9_999, zips: 501...99_950, zipDigits: 5),
    phonePatterns: list(
        """
        (202) 555-01##, (205) 555-01##, (206) 555-01##, (212) 555-01##, (213) 555-01##, (215) 555-01##, (216) 555-01##,
        (303) 555-01##, (305) 555-01##, (312) 555-01##, (313) 555-01##, (314) 555-01##, (402) 555-01##, (404) 555-01##,
        (406) 555-01##, (412) 555-01##, (415) 555-01##, (504) 555-01##, (505) 555-01##, (512) 555-01##, (515) 555-01##,
        (602) 555-01##, (603) 555-01##, (612) 555-01##, (615) 555-01##, (617) 555-01##, (702) 555-01##, (713) 555-01##,
        (716) 555-01##, (801) 555-01##, (802) 555-01##, (808) 555-01##, (901) 555-01##, (904) 555-01##, (907) 555-01##,
        (919) 555-01##
        """),
    topLevelDomains: list("com, com, com, net, org, biz, info, name"),
    companyPatterns: list(
        "# Inc., # LLC, # Group, # Corporation, # Partners, # & #, # & Sons, # and Daughters, # Brothers"),
    products: list(
        """
        Armchair, Backpack, Bench, Blanket, Bookshelf, Bottle, Bowl, Box, Briefcase, Candlestick, Chair, Clock, Coaster,
        Coffee Mug, Comb, Cup, Cutting Board, Desk, Desk Lamp, Door Handle, Footstool, Frame, Hammer, Hat, Jug,
        Keyboard, Knife, Ladder, Mirror, Notebook, Pen, Plate, Salt Mill, Scarf, Shelf, Spoon, Stool, Table, Teapot,
        Tray, Umbrella, Vase, Wallet, Watering Can
        """),
    materials: list(
        """
        Aluminum, Ash, Bamboo, Beech, Brass, Bronze, Cedar, Ceramic, Cherry, Copper, Cork, Cotton, Felt, Glass, Granite,
        Iron, Leather, Linen, Maple, Marble, Oak, Pine, Porcelain, Rubber, Silk, Steel, Walnut, Wool
        """)
)
