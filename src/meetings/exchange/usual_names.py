"""What States are called beside their official short names, by code. Pure.

Only names that mean one State and no other; who writes another is asked.
"""

USUAL = {
    "BOL": "Bolivia, Bolivie, Боливия, بوليفيا, 玻利维亚",
    "BRN": "Brunei, Бруней, 文莱",
    "CIV": "Ivory Coast, Costa de Marfil, Кот-д’Ивуар",
    "COD": "DR Congo, DRC, RDC, Democratic Republic of Congo, ДРК",
    "CPV": "Cape Verde, Cap-Vert",
    "CZE": "Czech Republic, République tchèque, República Checa",
    "FSM": "Micronesia, Micronésie, Микронезия",
    "GBR": "UK, United Kingdom, Great Britain, Royaume-Uni, Reino Unido, Великобритания, 英国",
    "IRN": "Iran, Irán, Иран, إيران, 伊朗",
    "KOR": "South Korea, Corée du Sud, Corea del Sur, Южная Корея, كوريا الجنوبية, 韩国",
    "LAO": "Laos, Лаос, لاوس, 老挝",
    "MDA": "Moldova, Moldavie, Moldavia, Молдова, مولدوفا, 摩尔多瓦",
    "MKD": "Macedonia, Macédoine du Nord",
    "NLD": "Netherlands, The Netherlands, Holland, Pays-Bas, Países Bajos, Нидерланды, 荷兰",
    "PRK": "North Korea, DPRK, Corée du Nord, Corea del Norte, Северная Корея, 朝鲜",
    "PSE": "Palestine, Palestina, Палестина, فلسطين, 巴勒斯坦",
    "RUS": "Russia, Russie, Rusia, Россия, روسيا, 俄罗斯",
    "SWZ": "Swaziland",
    "SYR": "Syria, Syrie, Siria, Сирия, سوريا, 叙利亚",
    "TLS": "East Timor, Timor oriental",
    "TUR": "Turkey, Turquie, Turquía",
    "TZA": "Tanzania, Tanzanie, Tanzanía, Танзания, تنزانيا, 坦桑尼亚",
    "USA": "USA, US, United States, États-Unis, Estados Unidos, EE. UU., США, 美国",
    "VEN": "Venezuela, Венесуэла, فنزويلا, 委内瑞拉",
    "VNM": "Vietnam, Viêt Nam, Вьетнам, فيتنام, 越南",
}


def usual_names(code: str) -> list[str]:
    """The other names of a State; none for most."""
    return [name.strip() for name in USUAL.get(code, "").split(",") if name.strip()]
