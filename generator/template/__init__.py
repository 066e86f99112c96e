"""The volunteers' workbook: as a file (:mod:`.workbook`) or laid out in a Google spreadsheet (:mod:`.google`)."""
