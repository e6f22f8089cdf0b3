"""Widgets that know nothing of the market: they take finished words and millimetres.

All are made once with the ``Theme``, get their words by ``say(...)``, take another look by ``retheme()`` and forget a
person by ``wipe()`` (``Page`` and ``Screen`` call the last two for everything below them).

=================  ====================================================================================================
``buttons``        ``BigButton`` (kinds ``Kind.ACTION``: one on a screen, ``PRIMARY``, ``PLAIN``, ``QUIET``, ``DANGER``;
                   ``upright``: a tile) and ``Choice``, which stays chosen
``choices``        ``ChoiceGrid`` of ``Option`` values: one of several or any of several; days, yes and no, kinds
``stepper``        ``Stepper``: − value +
``clocks``         ``TimePicker``: usual times as tiles, hour and minute to step to
``fields``         ``Field``: label, line, hint or error below
``numbers``        ``NumberField``: shows what was typed once more, large and in groups
``facts``          ``Facts``: rows of label and value
``frames``         ``Card``, ``Banner`` (info, warn, error, good)
``steps``          ``StepHeader``: the question, and step n of m
``grid``           ``TileGrid``: equal columns
``paged``          ``PagedGrid``: as many tiles as fit, pages for the rest
``pager``          ``Pager``: a page back, a page on
``picture``        ``Picture`` (a slip), ``QrView`` (a code in whole pixels)
``states``         ``PlaceNote``: nothing found, wait, something is wrong
``countdown``      ``CountdownRing``: seconds that are left
``text``           ``Text``: a label with role and tone
``icons``          ``icon(name, colour, px)`` from ``assets/icons``
``fitting``        measuring text, and making it smaller as far as it stays readable
=================  ====================================================================================================

``python -m tests.ui.widgets.gallery FOLDER`` paints them all; ``tests/ui/measure.py`` measures any screen.
"""
