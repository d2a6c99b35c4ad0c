"""Agencies: outlets whose copy others carry."""

AGENCIES = {
    "ap": "AP", "associated press": "AP", "the associated press": "AP", "afp": "AFP",
    "agence france-presse": "AFP", "reuters": "Reuters", "thomson reuters": "Reuters",
    "dpa": "dpa", "epa": "EPA", "efe": "EFE", "apa": "APA", "ansa": "ANSA", "anp": "ANP",
    "tass": "TASS", "tt": "TT", "ntb": "NTB", "pa media": "PA Media", "sda": "SDA", "sid": "SID",
    "keystone-sda": "Keystone-SDA", "belga": "Belga", "belta": "Belta", "xinhua": "Xinhua",
    "kyodo": "Kyodo", "kyodo news": "Kyodo", "jiji": "Jiji", "bloomberg": "Bloomberg",
    "lusa": "Lusa", "pap": "PAP", "mti": "MTI", "čtk": "ČTK", "ctk": "ČTK", "aap": "AAP",
    "canadian press": "The Canadian Press", "the canadian press": "The Canadian Press",
    "interfax": "Interfax", "ukrinform": "Ukrinform", "upi": "UPI", "pti": "PTI", "ani": "ANI",
    "europa press": "Europa Press", "kna": "KNA", "epd": "epd", "ria novosti": "RIA Novosti",
    "agência brasil": "Agência Brasil", "yonhap": "Yonhap", "anadolu": "Anadolu",
}  # fmt: skip
"""Names in lower case, and how the agency is usually written."""
