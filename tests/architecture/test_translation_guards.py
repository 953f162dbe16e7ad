"""The English catalogue is complete, and Indonesian shows what stands in the code."""

from django.utils import translation

from toolkit import translations


def test_the_catalogue_is_complete() -> None:
    assert translations.faults() == []


def test_indonesian_shows_the_texts_as_written() -> None:
    """A text that equals an English one of Django's would be shown in Django's translation."""
    other = {}
    with translation.override("id"):
        for message in translations.collect():
            if isinstance(message.id, str) and message.id and not message.context:
                shown = translation.gettext(message.id)
                if shown != message.id:
                    other[message.id] = shown
    assert other == {}
