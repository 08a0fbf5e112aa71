"""Files that people attach, made for a test."""

import io

import pikepdf
from PIL import Image


def jpeg(width: int = 60, height: int = 40) -> bytes:
    """Return a photo with camera and position in its EXIF."""
    picture, written = Image.new("RGB", (width, height), "red"), io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825)[2] = (30.0, 34.0, 22.0)
    picture.save(written, "JPEG", exif=exif)
    return written.getvalue()


def pdf(*, active: bool = False, password: str = "") -> bytes:
    """Return a PDF of one page; ``active`` with everything that must not stay, in several hiding places."""
    document, written = pikepdf.new(), io.BytesIO()
    document.add_blank_page()
    if active:
        _arm(document)
    locked = pikepdf.Encryption(owner=password, user=password) if password else None
    document.save(written, encryption=locked or False)
    return written.getvalue()


def _arm(document: pikepdf.Pdf) -> None:
    name = pikepdf.Name
    script = document.make_indirect(pikepdf.Dictionary(S=name.JavaScript, JS="app.alert(1)"))
    launch = pikepdf.Dictionary(S=name.Launch, F="evil.exe")
    visit = pikepdf.Dictionary(S=name.URI, URI="https://example.org", Next=pikepdf.Array([launch, script]))
    links = [
        pikepdf.Dictionary(Type=name.Annot, Subtype=name.Link, Rect=[0, 0, 9, 9], A=action)
        for action in (launch, visit)
    ]
    document.Root.OpenAction = script
    document.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=["a", script]))
    document.pages[0].AA = pikepdf.Dictionary(O=script)
    document.pages[0].Annots = document.make_indirect(pikepdf.Array(links))
    document.attachments["evil.exe"] = pikepdf.AttachedFileSpec(document, b"SecretPayload")
    document.docinfo["/Author"] = "SecretAuthor"
    photo = pikepdf.Stream(document, b"")
    photo.write(jpeg(), filter=name.DCTDecode)
    photo.Type, photo.Subtype, photo.Width, photo.Height = name.XObject, name.Image, 60, 40
    photo.ColorSpace, photo.BitsPerComponent = name.DeviceRGB, 8
    document.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Photo=photo))
